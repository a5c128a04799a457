"""The four ways BuildKit cuts the arguments of an instruction into words."""

from dlint import regex
from dlint.parser.dockerfile.ast import Flag, Word
from dlint.parser.dockerfile.lines import BLANK, BLANKS
from dlint.parser.mapped import MappedText
from dlint.regex import lazy

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

_PLAIN_FLAG = lazy(r"--[^\s\"'\\]*(?=[ \t\v\f\r\n\x85\xa0]|\Z)")
_WORD = lazy(r"[^\t\v\f\r ]+")
_SPACE = lazy(f"{BLANK}*")


def split_flags(line: MappedText, start: int) -> tuple[tuple[Flag, ...], int]:
    """Return the flags that stand at *start* and the index where the arguments begin.

    Flags are words that begin with ``--``; quotes are removed and a backslash takes the next
    character as it is. A lone ``--`` ends them.
    """
    text = line.text
    flags: list[Flag] = []
    position = start
    while True:
        position = _SPACE.match(text, position).end()  # type: ignore[union-attr]
        if not text.startswith("--", position):
            return tuple(flags), position
        match = _PLAIN_FLAG.match(text, position)
        if match:
            end, value = match.end(), line.slice(position, match.end())
        else:
            end, value = _quoted_flag(line, position)
        if value.text == "--":
            return tuple(flags), end
        flags.append(_make_flag(line, position, end, value))
        position = end


def _quoted_flag(line: MappedText, start: int) -> tuple[int, MappedText]:
    """Read a flag with quotes or escapes; return its end and its text without them."""
    text, position, quote = line.text, start, ""
    pieces: list[tuple[str, int]] = []
    while position < len(text):
        character = text[position]
        if not quote and character in BLANKS:
            break
        if character == quote:
            quote = ""
        elif not quote and character in "\"'":
            quote = character
        else:
            if character == "\\":
                position += 1
                if position == len(text):
                    break
            pieces.append((text[position], position))
        position += 1
    return position, line.compose(MappedText.join(pieces))


def _make_flag(line: MappedText, start: int, end: int, text: MappedText) -> Flag:
    span = line.span(start, end)
    name, equals, value = text.text[2:].partition("=")
    if not equals:
        return Flag(name, None, span.start, span.end, span.end, None)
    mapped = text.slice(len(name) + 3, len(text.text))
    value_start = mapped.offset(0) if value else span.end
    return Flag(name, value, span.start, span.end, value_start, mapped)


def blank_separated(arguments: MappedText) -> tuple[Word, ...]:
    """Return the words between blanks: FROM, EXPOSE, and COPY without JSON."""
    if len(arguments.starts) == 1:
        base = arguments.offsets[0]
        return tuple(
            Word(match[0], base + match.start(), base + match.end()) for match in _WORD.finditer(arguments.text)
        )
    return tuple(_word(arguments, match.start(), match.end()) for match in _WORD.finditer(arguments.text))


def _word(line: MappedText, start: int, end: int, value: str | None = None) -> Word:
    span = line.span(start, end)
    return Word(line.text[start:end] if value is None else value, span.start, span.end)


def _quoted_pattern(escape: str) -> "regex.Pattern[str]":
    e = f"\\{escape}"
    return lazy(
        rf"(?:(?:[^\s\"'{e}]|[\x1c-\x1f])+"  # plain characters
        rf"|{e}(?:.|\Z)"  # an escaped character, or the escape at the end
        rf'|"(?:[^"{e}]|{e}(?:.|\Z))*(?:"|\Z)'
        r"|'[^']*(?:'|\Z))+",
        regex.DOTALL,
    )


_QUOTED = {"\\": _quoted_pattern("\\"), "`": _quoted_pattern("`")}


def quoted_words(arguments: MappedText, escape: str) -> list[tuple[str, int, int]]:
    """Return text, start and end of the words of ENV, LABEL and ARG; quotes stay in the text."""
    text = arguments.text
    found = []
    for match in _QUOTED[escape].finditer(text):
        value = match[0]
        if match.end() == len(text) and _ends_in_escape(value, escape):
            value = value[:-1]
            if not value:
                continue
        found.append((value, match.start(), match.end()))
    return found


def _ends_in_escape(text: str, escape: str) -> bool:
    """Whether the last character is an escape that escapes nothing, outside single quotes."""
    if not text.endswith(escape):
        return False
    quote, position = "", 0
    while position < len(text):
        character = text[position]
        if character == escape and quote != "'":
            if position + 1 == len(text):
                return True
            position += 1
        elif character == quote:
            quote = ""
        elif not quote and character in "\"'":
            quote = character
        position += 1
    return False


_JSON_STRING = lazy(r'"((?:[^"\\\x00-\x1f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*)"')
_JSON_SPACE = lazy(r"[ \t\n\r]*")
_JSON_ESCAPE = lazy(r"\\(?:u([0-9a-fA-F]{4})|(.))")
_JSON_CHARACTERS = {"b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t"}


class NotStrings(Exception):
    """A JSON array with something else than strings in it, which BuildKit refuses."""


def json_words(arguments: MappedText) -> tuple[Word, ...] | None:
    """Return the strings of a JSON array, or None if the text is none (so in shell form).

    Raises NotStrings for a valid JSON array that holds anything but strings.
    """
    text = arguments.text
    if not text.startswith("["):
        return None
    skip: Callable[[int], int] = lambda place: _JSON_SPACE.match(text, place).end()  # type: ignore[union-attr]  # noqa: E731
    words: list[Word] = []
    position = skip(1)
    if text.startswith("]", position):
        position += 1
    else:
        while True:
            match = _JSON_STRING.match(text, position)
            if not match:
                return _no_array(text)
            words.append(_word(arguments, match.start(), match.end(), decode_json(match[1])))
            position = skip(match.end()) + 1
            end = text[position - 1 : position]
            if end == "]":
                break
            if end != ",":
                return _no_array(text)
            position = skip(position)
    return tuple(words) if skip(position) == len(text) else None


def decode_json(text: str) -> str:
    """Return the string that stands between the quotes of a JSON string."""
    if "\\" not in text:
        return text
    decoded = _JSON_ESCAPE.sub(
        lambda match: chr(int(match[1], 16)) if match[1] else _JSON_CHARACTERS.get(match[2], match[2]), text
    )
    # Escapes may spell a surrogate pair; Go puts U+FFFD for a lone one.
    return decoded.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def json_string_text(word: Word, source_text: str) -> MappedText:
    """Return the decoded text of a JSON string, mapped to its place in the file."""
    raw = source_text[word.start + 1 : word.end - 1]
    if "\\" not in raw and raw == word.value:
        return MappedText.whole(raw, word.start + 1)
    pieces: list[tuple[str, int]] = []
    place = 0
    for match in _JSON_ESCAPE.finditer(raw):
        pieces.append((raw[place : match.start()], word.start + 1 + place))
        pieces.append((decode_json(match[0]), word.start + 1 + match.start()))
        place = match.end()
    pieces.append((raw[place:], word.start + 1 + place))
    return MappedText.join(piece for piece in pieces if piece[0])


def _no_array(text: str) -> tuple[Word, ...] | None:
    """Return None, or raise NotStrings if *text* is a JSON array after all; rare, so json is loaded here."""
    import json

    try:
        value = json.loads(text, parse_constant=_refuse)
    except (ValueError, RecursionError):
        return None
    if isinstance(value, list):
        raise NotStrings
    return None


def _refuse(constant: str) -> None:
    raise ValueError(constant)
