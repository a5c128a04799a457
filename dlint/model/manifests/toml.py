"""TOML files: the data, or what is wrong and where."""

from dlint.parser.unreadable import UnreadableError
from dlint.regex import lazy
from dlint.text import BYTE_ORDER_MARK, Position, Source, Span

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

# A dotted key of n parts costs the standard library n * n steps.
_LONG_KEY = lazy(r"(?:\.[^.,=\n]{0,100}+){100}")
_PLACE = lazy(r" \(at (?:line (\d+), column (\d+)|end of document)\)\Z")


def read_toml(source: Source) -> "dict[str, Any]":
    """Return the data of a file.

    Raises UnreadableError.
    """
    import tomllib

    text = source.text.lstrip(BYTE_ORDER_MARK)
    long = _LONG_KEY.search(text)
    if long:
        place = long.start() + len(source.text) - len(text)
        raise UnreadableError("has a key of more than 100 parts", Span(place, place), is_limit=True)
    try:
        return tomllib.loads(text)
    except RecursionError:
        raise UnreadableError("is nested too deeply", Span(0, 0), is_limit=True) from None
    except ValueError as error:
        raise _at_its_place(str(error), source) from None


def _at_its_place(message: str, source: Source) -> UnreadableError:
    match = _PLACE.search(message)
    message = message[: match.start()] if match else message
    shown = f"is no valid TOML: {message[:1].lower()}{message[1:]}"
    if match is None:
        return UnreadableError(shown, Span(0, 0))
    place = len(source.text.rstrip())
    if match[1]:
        line = min(int(match[1]), len(source.line_starts))
        place = min(source.offset(Position(line, int(match[2]))), len(source.text))
    return UnreadableError(shown, Span(place, place))
