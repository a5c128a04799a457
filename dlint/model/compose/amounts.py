"""Durations and amounts of bytes as compose files write them.

Sources: Go's time.ParseDuration, docker/go-units RAMInBytes, as Compose 2.40 uses them.
"""

from dlint.model.compose.values import Number, decimal, text_at
from dlint.parser.yaml import Node
from dlint.regex import lazy

TYPE_CHECKING = False
if TYPE_CHECKING:
    from dlint.model.compose.settings import ServiceSettings

_PART = lazy(r"(\d+\.?\d*|\.\d+)(ns|us|µs|μs|ms|s|m|h|d|w)")
_SECONDS = {
    "ns": 1e-9, "us": 1e-6, "µs": 1e-6, "μs": 1e-6, "ms": 1e-3, "s": 1.0, "m": 60.0, "h": 3600.0, "d": 86400.0, "w": 604800.0,  # noqa: E501
}  # fmt: skip
_BYTES = lazy(r"(\d+(?:\.\d*)?(?:[eE]\d+)?|\.\d+) ?(?:([kKmMgGtTpP])(?:[iI]?[bB])?|[bB])?\Z")
_UNITS = {"": 0, "k": 1, "m": 2, "g": 3, "t": 4, "p": 5}


def seconds(text: str | None) -> float | None:
    """Return a duration (``1m30s``) in seconds; None for what is none."""
    if text is None or len(text) > 100:
        return None
    if text == "0":
        return 0.0
    sign = -1.0 if text.startswith("-") else 1.0
    text = text[1:] if text[:1] in ("-", "+") else text
    end, total = 0, 0.0
    for match in _PART.finditer(text):
        if match.start() != end:
            return None
        end = match.end()
        total += float(match[1]) * _SECONDS[match[2]]
    return sign * total if text and end == len(text) else None


def byte_count(text: str | None) -> float | None:
    """Return an amount of memory (``512m``, ``2gb``, ``1.5G``) in bytes; None for what is none."""
    match = _BYTES.match(text) if text is not None and len(text) < 60 else None
    number = decimal(match[1]) if match else None
    if match is None or number is None:
        return None
    return float(int(number * 1024.0 ** _UNITS[(match[2] or "").lower()]))


def seconds_at(node: Node | None) -> Number | None:
    """Return a duration in seconds with its node."""
    text = text_at(node)
    return None if text is None else Number(text.node, seconds(text.value))


def bytes_at(node: Node | None) -> Number | None:
    """Return an amount of bytes with its node."""
    text = text_at(node)
    return None if text is None else Number(text.node, byte_count(text.value))


def cpus_of(service: "ServiceSettings") -> Number | None:
    """Return how many processors a service may use, with the node that says it."""
    for path in (("deploy", "resources", "limits", "cpus"), ("cpus",)):
        text = text_at(service.get(*path))
        if text is not None:
            value = decimal(text.value)
            # Compose reads 0 as no limit.
            return None if value == 0 else Number(text.node, value)
    quota, period = text_at(service.get("cpu_quota")), text_at(service.get("cpu_period"))
    if quota is None:
        return None
    most = decimal(quota.value)
    each = 100_000.0 if period is None else decimal(period.value)
    return Number(quota.node, most / each if most is not None and each else None)
