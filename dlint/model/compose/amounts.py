"""Durations, amounts of bytes and processors that a service names, each with its node."""

from dlint.model.compose.values import Number, decimal, text_at
from dlint.parser.compose.texts import byte_count, seconds
from dlint.parser.yaml import Node

TYPE_CHECKING = False
if TYPE_CHECKING:
    from dlint.model.compose.settings import ServiceSettings


def seconds_at(node: Node | None) -> Number | None:
    """Return a duration in seconds with its node."""
    text = text_at(node)
    return None if text is None else Number(text.node, None if text.value is None else seconds(text.value))


def bytes_at(node: Node | None) -> Number | None:
    """Return an amount of bytes with its node."""
    text = text_at(node)
    return None if text is None else Number(text.node, None if text.value is None else byte_count(text.value))


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
