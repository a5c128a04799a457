"""Lines of a file with carets under a span and labels beside it."""

from dlint import regex
from dlint.diagnostic import masked
from dlint.report import Style
from dlint.text import Source, Span, printable

TAB = "    "
_ELLIPSIS = "…"


class Mark:
    """A span to point out, with what to say beside it."""

    __slots__ = ("is_primary", "message", "span")

    def __init__(self, span: Span, message: str, *, is_primary: bool) -> None:
        self.span = span
        self.message = message
        self.is_primary = is_primary


def width_of(text: str) -> int:
    """Return how many columns a text takes on a terminal."""
    if text.isascii():
        return len(text)
    from unicodedata import combining, east_asian_width

    return sum(0 if combining(c) else 2 if east_asian_width(c) in "WF" else 1 for c in text)


class Snippet:
    """Draws marks of one source; *gutter* is the width of its line numbers."""

    def __init__(self, source: Source, style: Style, color: int, gutter: int, hidden: tuple[Span, ...] = ()) -> None:
        self.source = source
        self.hidden = hidden
        self.style = style
        self.color = color
        self.gutter = gutter

    def render(self, marks: list[Mark]) -> list[str]:
        """Return the lines of the picture, without a line feed at their ends."""
        pieces: list[tuple[int, Mark, Span]] = []
        for mark in marks:
            pieces.extend(self._lines_of(mark))
        pieces.sort(key=lambda piece: (piece[0], piece[2].start, not piece[1].is_primary))
        lines = [self._bar("")]
        previous = 0
        for number, mark, span in pieces:
            if previous and number > previous + 1:
                lines.append(self.style.paint("." * max(3, self.gutter), 1, 34))
            if number != previous:
                shown, offset = self._window(number, [p for p in pieces if p[0] == number])
                lines.append(self._numbered(number, shown))
            lines.append(self._carets(number, span, mark, offset))
            previous = number
        return lines

    def _lines_of(self, mark: Mark) -> list[tuple[int, Mark, Span]]:
        """Cut a mark into lines: one, or the first and the last."""
        first = self.source.line_number(mark.span.start)
        last = self.source.line_number(max(mark.span.start, mark.span.end - 1))
        if first == last:
            return [(first, mark, mark.span)]
        head = self.source.line_span(first)
        tail = self.source.line_span(last)
        begin = tail.start + len(self.source.line(last)) - len(self.source.line(last).lstrip())
        quiet = Mark(mark.span, "", is_primary=mark.is_primary)
        return [
            (first, quiet, Span(mark.span.start, max(head.end, mark.span.start))),
            (last, mark, Span(min(begin, mark.span.end - 1), mark.span.end)),
        ]

    def _bar(self, text: str) -> str:
        bar = self.style.paint(f"{' ' * self.gutter} |", 1, 34)
        return f"{bar} {text}".rstrip() if text else bar

    def _numbered(self, number: int, text: str) -> str:
        bar = self.style.paint(f"{number:>{self.gutter}} |", 1, 34)
        return f"{bar} {text}".rstrip()

    def _window(self, number: int, pieces: "list[tuple[int, Mark, Span]]") -> tuple[str, int]:
        """Return the part of a line to show, and how many characters were cut in front."""
        line = masked(self.source.line(number), self.source.line_starts[number - 1], self.hidden)
        room = max(20, self.style.width - self.gutter - 3)
        if width_of(_visible(line)) <= room:
            return _visible(line), 0
        start = self.source.line_starts[number - 1]
        primary = next((span for _, mark, span in pieces if mark.is_primary), pieces[0][2])
        begin, end = primary.start - start, primary.end - start
        # Show the span with some of what stands around it; a label needs room too.
        if end <= room * 2 // 3:
            cut = 0
        else:
            cut = max(0, begin - max(8, (room - (end - begin)) // 3))
        shown = line[cut:]
        text = (_ELLIPSIS if cut else "") + _visible(shown)
        if width_of(text) > room:
            keep = room - 1
            while width_of(text[:keep]) > room - 1:
                keep -= 1
            text = text[:keep] + _ELLIPSIS
        return text, cut

    def _carets(self, number: int, span: Span, mark: Mark, cut: int) -> str:
        start = self.source.line_starts[number - 1]
        line = masked(self.source.line(number), start, self.hidden)
        before = line[cut : max(cut, span.start - start)]
        inside = line[max(cut, span.start - start) : span.end - start]
        indent = width_of(_visible(before)) + bool(cut)
        room = max(20, self.style.width - self.gutter - 3)
        width = max(1, min(width_of(_visible(inside)), max(1, room - indent - 1)))
        sign = "^" if mark.is_primary else "-"
        color = self.color if mark.is_primary else 34
        text = sign * width + (f" {mark.message}" if mark.message else "")
        return self._bar(" " * indent + self.style.paint(text, 1, color))


def _visible(text: str) -> str:
    return printable(text).replace("\t", TAB)


def one_line(text: str) -> str:
    """Return a message without line feeds and control characters."""
    return printable(regex.sub(r"\s*\n\s*", " ", text))
