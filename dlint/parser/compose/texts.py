"""Texts of compose files that mean something of their own: durations, amounts of bytes, ports, volumes.

Each reader takes a text and returns what is wrong with it, as the rest of a sentence that begins with
``it``, and what to do; None where Docker Compose 2.40 takes it. Sources: Go's time.ParseDuration with
days and weeks, docker/go-units RAMInBytes, docker/go-connections nat.ParsePortSpec, compose-go.
"""

from dlint.parser.compose.casts import decimal
from dlint.regex import lazy

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    Wrong = tuple[str, str | None] | None

_DURATION = lazy(r"[-+]?(?:0|(?:(?:\d+\.?\d*|\.\d+)(?:ns|us|µs|μs|ms|s|m|h|d|w))+)\Z")
_PART = lazy(r"(\d+\.?\d*|\.\d+)(ns|us|µs|μs|ms|s|m|h|d|w)")
_SECONDS = {
    "ns": 1e-9, "us": 1e-6, "µs": 1e-6, "μs": 1e-6, "ms": 1e-3, "s": 1.0, "m": 60.0, "h": 3600.0, "d": 86400.0,
    "w": 604800.0,
}  # fmt: skip
_UNITS = {"": 0, "k": 1, "m": 2, "g": 3, "t": 4, "p": 5}
_TRUTHS = frozenset({"true", "false", "y", "n", "yes", "no", "on", "off"})
_PROTOCOLS = frozenset({"tcp", "udp", "sctp"})
_WHOLE_PLAIN = lazy(r"[-+]?[\d_]+\Z")
_WHOLE = lazy(r"[-+]?\d{1,18}\Z")


def seconds(text: str) -> float | None:
    """Return a duration (``1m30s``) in seconds; None for what is none."""
    if len(text) > 100 or not _DURATION.match(text):
        return None
    total = sum(float(part[1]) * _SECONDS[part[2]] for part in _PART.finditer(text))
    return -total if text.startswith("-") else total


def byte_count(text: str) -> int | None:
    """Return an amount of bytes (``512m``, ``2gb``, ``1.5 GiB``); None for what is none."""
    last = max(text.rfind(character) for character in "0123456789. ")
    if last < 0 or len(text) > 100:
        return None
    number = decimal((text[:last] if text[last] == " " else text[: last + 1]).replace("_", ""))
    suffix = text[last + 1 :].lower()
    unit = suffix.removesuffix("ib") if len(suffix) == 3 else suffix.removesuffix("b")
    if number is None or not 0 <= number < 1e18 or unit not in _UNITS:
        return None
    return int(number * 1024 ** _UNITS[unit])


def duration(text: str) -> "Wrong":
    """Take ``1m30s``."""
    if seconds(text) is not None:
        return None
    number = text.strip()
    advice = f"write a unit: {number}s" if decimal(number) is not None else "write a number and a unit: 30s, 1m30s"
    return f"is {_shown(text)}, which is no duration", advice


def amount(text: str) -> "Wrong":
    """Take ``512m``; -1 is for numbers without quotes only."""
    if byte_count(text) is not None:
        return None
    lower = text.lower()
    advice = f"write {text}B" if lower.endswith("i") else "write a number and a unit: 512m, 2g"
    return f"is {_shown(text)}, which is no amount of bytes", advice


def truth(text: str) -> "Wrong":
    """Take ``true`` and ``false``."""
    return None if text.lower() in _TRUTHS else (f"must be true or false, not {_shown(text)}", None)


def processors(text: str) -> "Wrong":
    """Take ``0.5``."""
    if decimal(text) is not None:
        return None
    thousandths = decimal(text[:-1]) if text.endswith("m") else None
    advice = f'write "{thousandths / 1000:g}"' if thousandths is not None else 'write a number: "0.5"'
    return f"is {_shown(text)}, which is no number of processors", advice


def whole(text: str) -> "Wrong":
    """Take a whole number."""
    return None if _WHOLE.match(text) else (f"must be a whole number, not {_shown(text)}", None)


def device_count(text: str) -> "Wrong":
    """Take a whole number, or ``all``."""
    if text == "all" or _WHOLE.match(text):
        return None
    return f'must be a whole number or "all", not {_shown(text)}', None


def no_text(text: str) -> "Wrong":
    """Take no text at all: some keys need a number without quotes, whatever the schema says."""
    return f"must be a number without quotes, not {_shown(text)}", "write it without quotes, and without variables"


def command_line(text: str) -> "Wrong":
    """Take a command line whose quotes are closed."""
    quote, is_escaped = "", False
    for character in text:
        if is_escaped:
            is_escaped = False
        elif character == "\\" and quote != "'":
            is_escaped = True
        elif quote:
            quote = "" if character == quote else quote
        elif character in "'\"":
            quote = character
    if not quote and not is_escaped:
        return None
    words = "ends with a backslash" if is_escaped else f"has a quote that is never closed: {quote}"
    return words, "close it, write a backslash before it, or write a list of words"


def port(text: str) -> "Wrong":
    """Take ``[HOST:][PUBLISHED:]TARGET[/PROTOCOL]``."""
    shown = f"is {_shown(text)}"
    ports, _, protocol = text.partition("/")
    protocol = protocol.partition("/")[0]
    rest, _, target = ports.rpartition(":")
    host, colon, published = rest.rpartition(":")
    if not target:
        return f"{shown}, which has no port of the container", "write HOST:CONTAINER, as in 8080:80"
    if _range(target) is None:
        return f'{shown}; "{target}" is no {_noun(target)}', "ports go from 1 to 65535"
    if published and _range(published) is None:
        if not colon and (published.count(".") == 3 or published == "localhost"):
            return f"{shown}; an address needs a port of the host behind it", f"write {published}:{target}:{target}"
        return f'{shown}; "{published}" is no {_noun(published)}', "ports go from 1 to 65535"
    wrong = address(host) if host else None
    if wrong:
        return f'{shown}; "{host}" is no IP address', wrong[1]
    if protocol and protocol.lower() not in _PROTOCOLS:
        return f'{shown}; "{protocol}" is no protocol', "write tcp, udp or sctp"
    inside, outside = _range(target), _range(published) if published else None
    if inside == (0, 0):
        return f"{shown}; no container listens at port 0", None
    if inside and outside and inside[1] - inside[0] != outside[1] - outside[0] and inside[0] != inside[1]:
        return f"{shown}; {published} and {target} are not the same number of ports", "make both ranges equally long"
    return None


def plain_port(text: str) -> "Wrong":
    """Take a port without quotes."""
    if text.isdigit() and 0 < int(text[:9]) <= 65535:
        return None
    number = decimal(text.replace("_", ""))
    if number is not None and number.is_integer() and 0 < number <= 65535 and "." not in text and "e" not in text:
        return None  # 22:22 in the numbers of 60 is a text; 0o120 is a number.
    return f"is {text}, which is no port", "ports go from 1 to 65535"


def address(text: str) -> "Wrong":
    """Take an IP address, IPv6 in brackets or not."""
    import ipaddress

    bare = text[1:-1] if text.startswith("[") and text.endswith("]") else text
    if ":" in text and bare == text:
        return f"is {_shown(text)}, which is no IP address", f"write IPv6 in brackets: [{text}]"
    return _ip(bare, ipaddress)


def any_address(text: str) -> "Wrong":
    """Take an IP address as a value of its own."""
    import ipaddress

    return _ip(text, ipaddress)


def _ip(text: str, ipaddress: object) -> "Wrong":
    try:
        ipaddress.ip_address(text)  # type: ignore[attr-defined]
    except ValueError:
        advice = "write 127.0.0.1" if text == "localhost" else "write an address of the host, or leave it out"
        return f"is {_shown(text)}, which is no IP address", advice
    return None


def volume(text: str) -> "Wrong":
    """Take ``[SOURCE:]TARGET[:OPTIONS]``."""
    if not text:
        return "is empty", "write SOURCE:TARGET, as in ./data:/data"
    if len(text) <= 2:
        return None
    parts, start = [], 0
    for place, character in enumerate(text):
        if character == ":" and not (place - start == 1 and text[start].isalpha()):
            parts.append(text[start:place])
            start = place + 1
    parts.append(text[start:])
    if "" in parts:
        empty = {0: "the host", 1: "the container"}.get(parts.index(""))
        words = f"has no path of {empty}" if empty else "ends with a colon"
        return f"is {_shown(text)}, which {words}", "write SOURCE:TARGET, as in ./data:/data"
    if len(parts) > 3:
        return f"is {_shown(text)}, which has too many colons", "write SOURCE:TARGET:OPTIONS, or the long form"
    return None


def device(text: str) -> "Wrong":
    """Take ``SOURCE[:TARGET[:PERMISSIONS]]``."""
    if text.count(":") <= 2:
        return None
    return f"is {_shown(text)}, which has too many colons", "write SOURCE:TARGET:PERMISSIONS, as in /dev/a:/dev/b:rw"


def host_entry(text: str) -> "Wrong":
    """Take ``NAME:ADDRESS`` and ``NAME=ADDRESS``."""
    if ":" in text or "=" in text:
        return None
    return f"is {_shown(text)}, which has no address", f'write "{text}:ADDRESS"'


def pair(text: str) -> "Wrong":
    """Take ``NAME=VALUE``."""
    return None if "=" in text else (f"is {_shown(text)}, which has no `=`", f"write {text}=VALUE")


def ssh_key(text: str) -> "Wrong":
    """Take ``default`` and ``NAME=PATH``."""
    if "=" in text or text == "default":
        return None
    return f"is {_shown(text)}, which has no path", f"write default, or {text}=PATH"


def env_format(text: str) -> "Wrong":
    """Take ``raw``."""
    return None if text in ("", "raw") else (f"is {_shown(text)}; the only format is raw", "delete it, or write raw")


def filled(text: str) -> "Wrong":
    """Take anything but an empty text."""
    return None if text else ("is empty", "write a path")


def _noun(text: str) -> str:
    return "range of ports" if "-" in text else "port"


def _range(text: str) -> tuple[int, int] | None:
    first, dash, last = text.partition("-")
    if not dash:
        last = first
    if not all(part.isascii() and part.isdigit() and len(part) < 9 for part in (first, last)):
        return None
    start, end = int(first), int(last)
    return (start, end) if start <= end <= 65535 else None


def _shown(text: str) -> str:
    text = " ".join(text.split()) if len(text) > 40 or "\n" in text else text
    return f'"{text if len(text) <= 40 else text[:39] + "…"}"'


READERS: "dict[str, Callable[[str], Wrong]]" = {
    "duration": duration, "bytes": amount, "truth": truth, "processors": processors, "whole": whole, "mode": whole,
    "count": device_count, "no-text": no_text, "no-text-unsigned": no_text,
    "command": command_line, "port": port, "address": any_address,
    "volume": volume, "device": device, "host": host_entry, "pair": pair, "ssh": ssh_key, "format": env_format,
    "filled": filled,
}  # fmt: skip
# Where a number that is written with a point or an exponent is refused, though the schema takes it.
_INTEGRAL = frozenset({"mode", "count", "integral", "integral-cast", "no-text"})
_UNSIGNED = frozenset({"unsigned", "no-text-unsigned"})


def problem(reader: str, text: str, kind: str) -> "Wrong":
    """Return what a reader says of a text or a plain number, by the kind of value it is; None where it is right."""
    if reader == "text":
        return (
            None if kind == "string" else (f"must be text, not {text or 'empty'}", "give it a value, or delete the key")
        )
    if kind == "string":
        read = READERS.get(reader)
        return read(text) if read else None
    if kind not in ("integer", "number"):
        return None
    if reader == "port":
        return plain_port(text)
    number = decimal(text.replace("_", ""))
    if number is None:
        return None
    if reader in _UNSIGNED and number < 0:
        return f"is {text}; it must not be negative", None
    if reader in _INTEGRAL and (abs(number) >= 1 << 63 or not _WHOLE_PLAIN.match(text)):
        return f"is {text}; it must be a whole number" + (" without a point" if "." in text else ""), None
    return None
