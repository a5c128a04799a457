"""The text of a file and the places in it.

Every position in dlint is an offset into ``Source.text``: a count of code points from
the start of the file. Lines and columns are computed from it when something is shown.
"""

from _bisect import bisect_right
from _operator import itemgetter

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import NamedTuple, TypeVar

    T = TypeVar("T")

    class Span(NamedTuple):
        """A half-open range of offsets, ``text[start:end]``."""

        start: int
        end: int

    class Position(NamedTuple):
        """A place as people count it: line and column start at 1."""

        line: int
        column: int
else:
    # What NamedTuple makes, at a tenth of what it costs to import.

    class _Pair(tuple):
        __slots__ = ()

        def __new__(cls, first: int, second: int) -> "_Pair":
            return tuple.__new__(cls, (first, second))

        def __getnewargs__(self) -> tuple[int, int]:
            return tuple(self)

        def __repr__(self) -> str:
            return f"{type(self).__name__}({self[0]}, {self[1]})"

    class Span(_Pair):
        """Start and end, as offsets."""

        __slots__ = ()
        start = property(itemgetter(0))
        end = property(itemgetter(1))

    class Position(_Pair):
        """Line and column, from 1."""

        __slots__ = ()
        line = property(itemgetter(0))
        column = property(itemgetter(1))


BYTE_ORDER_MARK = "\ufeff"


class Source:
    """One file: its path as shown to people, and its text.

    *text* keeps every byte of the file: bytes that are not UTF-8 are carried as lone
    surrogates (``surrogateescape``), so that ``data`` gives the same bytes back.
    """

    __slots__ = ("_cache", "_line_starts", "path", "text")

    def __init__(self, text: str, path: str = "<string>") -> None:
        self.text = text
        self.path = path
        self._line_starts: list[int] | None = None
        self._cache: dict[str, object] | None = None

    def __reduce__(self) -> "tuple[type[Source], tuple[str, str]]":
        return Source, (self.text, self.path)

    @classmethod
    def from_bytes(cls, data: bytes, path: str) -> "Source":
        """Return the source with the bytes of a file."""
        return cls(data.decode("utf-8", "surrogateescape"), path)

    @property
    def data(self) -> bytes:
        """The bytes of the file."""
        return self.text.encode("utf-8", "surrogateescape")

    def once(self, key: str, compute: "Callable[[], T]") -> "T":
        """Return what *compute* gives, computed once for this text; for readers that are asked again."""
        if self._cache is None:
            self._cache = {}
        if key not in self._cache:
            self._cache[key] = compute()
        return self._cache[key]  # type: ignore[return-value]

    @property
    def line_starts(self) -> list[int]:
        """The offset of the first character of each line; lines end at line feeds."""
        if self._line_starts is None:
            starts = [0]
            find = self.text.find
            place = find("\n")
            while place >= 0:
                starts.append(place + 1)
                place = find("\n", place + 1)
            self._line_starts = starts
        return self._line_starts

    @property
    def line_count(self) -> int:
        """How many lines the file has; a final line feed does not begin a new one."""
        starts = self.line_starts
        return len(starts) - (starts[-1] == len(self.text))

    def line_number(self, offset: int) -> int:
        """Return the number of the line that holds *offset*, from 1."""
        return bisect_right(self.line_starts, offset)

    def position(self, offset: int) -> Position:
        """Return line and column of *offset*; columns count code points."""
        line = bisect_right(self.line_starts, offset)
        return Position(line, offset - self.line_starts[line - 1] + 1)

    def offset(self, position: Position) -> int:
        """Return the offset of *position*, the inverse of :meth:`position`."""
        return self.line_starts[position.line - 1] + position.column - 1

    def utf8_column(self, offset: int) -> int:
        """Return the column of *offset* counted in UTF-8 bytes, from 1."""
        return len(self._before(offset).encode("utf-8", "surrogateescape")) + 1

    def utf16_column(self, offset: int) -> int:
        """Return the column of *offset* counted in UTF-16 code units, from 1."""
        return len(self._before(offset).encode("utf-16-le", "surrogatepass")) // 2 + 1

    def _before(self, offset: int) -> str:
        return self.text[self.line_starts[self.line_number(offset) - 1] : offset]

    def line(self, number: int) -> str:
        """Return the text of line *number* (from 1) without its line end."""
        starts = self.line_starts
        end = starts[number] - 1 if number < len(starts) else len(self.text)
        return self.text[starts[number - 1] : end].rstrip("\r")

    def line_span(self, number: int) -> Span:
        """Return the span of line *number* (from 1) without its line end."""
        start = self.line_starts[number - 1]
        return Span(start, start + len(self.line(number)))


def printable(text: str) -> str:
    """Return *text* with lone surrogates and control characters made visible."""
    if text.isprintable():
        return text
    return "".join(
        character
        if character.isprintable() or character in "\t\n"
        else f"\\x{ord(character) & 0xFF:02x}"
        if 0xDC80 <= ord(character) <= 0xDCFF or ord(character) < 0x100
        else f"\\u{ord(character):04x}"
        for character in text
    )
