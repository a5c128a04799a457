"""The grammar of ``.env`` files, as Compose reads them."""

from dlint.parser.compose.variables import InvalidError, Value, expand
from dlint.parser.unreadable import UnreadableError
from dlint.regex import lazy
from dlint.text import BYTE_ORDER_MARK, Source, Span

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

    from dlint.regex import Match

_SPACES = " \t\v\f\r\x85\xa0"
_KEY = lazy(r"[^=:\n]*")
_ESCAPE = lazy(r'\\([$"\\abfnrtv])')
MAX_ENTRIES = 10_000
MAX_LENGTH = 10_000_000
"""How many characters all values may have together, once variables are put in."""


class Entry:
    """One variable of a .env file. *span* is the place of its name, *value_span* that of its value with quotes."""

    __slots__ = ("name", "span", "value", "value_span")

    def __init__(self, name: str, span: Span, value: Value, value_span: Span) -> None:
        self.name = name
        self.span = span
        self.value = value
        self.value_span = value_span


def read_dotenv(
    source: Source, before: "Mapping[str, Value] | None" = None
) -> tuple[list[Entry], UnreadableError | None]:
    """Return the entries of a file, in order, up to the first error, and that.

    *before* holds variables that are already set: they go before those of the file.
    """
    reader = _Reader(source, dict(before or {}))
    try:
        reader.read()
    except UnreadableError as error:
        return reader.entries, error
    return reader.entries, None


class _Reader:
    def __init__(self, source: Source, values: dict[str, Value]) -> None:
        self.source = source
        self.text = source.text
        self.place = len(self.text) - len(self.text.lstrip(BYTE_ORDER_MARK))
        self.values = values
        self.fixed = set(values)
        self.entries: list[Entry] = []
        self.length = 0

    def read(self) -> None:
        """Read all entries.

        Raises UnreadableError.
        """
        text = self.text
        while True:
            while self.place < len(text) and text[self.place].isspace():
                self.place += 1
            if self.place >= len(text):
                return
            if text[self.place] == "#":
                self.place = self._line_end()
            else:
                self._entry()

    def _line_end(self) -> int:
        end = self.text.find("\n", self.place)
        return len(self.text) if end < 0 else end

    def _skip(self) -> None:
        while self.place < len(self.text) and self.text[self.place] in _SPACES:
            self.place += 1

    def _entry(self) -> None:
        if len(self.entries) >= MAX_ENTRIES:
            span = Span(self.place, self.place)
            raise UnreadableError(f"has more than {MAX_ENTRIES:,} variables", span, is_limit=True)
        if self.text.startswith("export", self.place) and self.text[self.place + 6 : self.place + 7] in tuple(_SPACES):
            self.place += len("export")
            self._skip()
        span, name = self._key()
        if self.place >= len(self.text) or self.text[self.place] == "\n":
            # A name alone takes its value from the environment, which is not ours to read.
            return
        self.place += 1
        self._skip()
        start = self.place
        value = self._quoted(self.text[start]) if self.text[start : start + 1] in ("'", '"') else self._unquoted()
        value_span = Span(start, self.place)
        self.length += len(value.text)
        if self.length > MAX_LENGTH:
            problem = f"has values of more than {MAX_LENGTH:,} characters once its variables are put in"
            raise UnreadableError(problem, span, is_limit=True)
        if name in self.fixed:
            value = self.values[name]
        if not name[:1].isdigit():
            self.values[name] = value
            self.entries.append(Entry(name, span, value, value_span))

    def _key(self) -> tuple[Span, str]:
        found = _KEY.match(self.text, self.place)
        assert found is not None
        name = found[0].rstrip()
        span = Span(found.start(), found.start() + len(name))
        for offset, character in enumerate(name):
            if not (character.isalnum() or character in "_.-[]" or character in _SPACES):
                place = span.start + offset
                raise UnreadableError(f"{character!r} cannot stand in the name of a variable", Span(place, place + 1))
        if " " in name:
            raise UnreadableError(f"the name of a variable cannot hold a space: {name[:40]}", span)
        self.place = found.end()
        return span, name

    def _unquoted(self) -> Value:
        start = self.place
        end = self._line_end()
        text = self.text[start:end]
        comment = text.find(" #")
        text = (text[:comment] if comment >= 0 else text).rstrip()
        self.place = start + len(text)
        value = self._expanded(text, start)
        self.place = end
        return value

    def _quoted(self, quote: str) -> Value:
        start = self.place
        place = start + 1
        while True:
            place = self.text.find(quote, place)
            if place < 0:
                raise UnreadableError("the quote that begins here is never closed", Span(start, self._line_end()))
            before = self.text[start + 1 : place]
            if (len(before) - len(before.rstrip("\\"))) % 2 == 0:
                break
            place += 1
        inside = self.text[start + 1 : place]
        self.place = place + 1
        if quote == "'":
            return Value(inside.replace("\\'", "'"))
        return self._expanded(_ESCAPE.sub(_unescaped, inside), start)

    def _expanded(self, text: str, start: int) -> Value:
        if "$" not in text:
            return Value(text)
        try:
            result, _, is_known = expand(text, self.values)
        except InvalidError as error:
            span = Span(start, max(start, self.place))
            raise UnreadableError(str(error), span, is_limit=error.is_limit) from None
        return Value(result, is_known=is_known)


_ESCAPED = {"a": "\a", "b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t", "v": "\v"}


def _unescaped(found: "Match[str]") -> str:
    character = found[1]
    # A dollar sign stays escaped until variables are put in.
    return "$$" if character == "$" else _ESCAPED.get(character, character)
