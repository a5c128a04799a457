"""Suppression comments in compose files: above an entry, for the whole of it, or behind it, for its line."""

from dlint.engine.suppression import Suppressions
from dlint.parser.compose.comments import comments_of
from dlint.parser.dockerfile.ast import Comment
from dlint.text import Span

TYPE_CHECKING = False
if TYPE_CHECKING:
    from dlint.parser.yaml import Node
    from dlint.text import Source


class ComposeSuppressions(Suppressions):
    """All suppression comments of a compose file."""

    def __init__(self, source: "Source", root: "Node | None") -> None:
        super().__init__(source)
        regions: dict[str, list[tuple[Comment, Span, str]]] = {}
        for comment in comments_of(source, root):
            if comment.text.startswith("dlint"):
                self._own(comment, regions)
        self._close(regions)

    def _covered(self, comment: Comment) -> tuple[Span, ...]:
        """Return the entry below a comment with all that belongs to it, or the line of one behind an entry."""
        number = self.source.line_number(comment.start)
        if self.source.line(number)[: comment.start - self.source.line_starts[number - 1]].strip():
            return (self.source.line_span(number),)
        first = self._next_line(number + 1)
        if first is None:
            return ()
        indent, is_item = _indent(self.source.line(first))
        last = first
        for number in range(first + 1, self.source.line_count + 1):
            line = self.source.line(number)
            if not line.strip() or line.lstrip().startswith("#"):
                continue
            deeper, starts_item = _indent(line)
            if deeper < indent or (deeper == indent and (is_item or not starts_item)):
                break
            last = number
        return (Span(self.source.line_starts[first - 1], self.source.line_span(last).end),)

    def _next_line(self, number: int) -> int | None:
        """Return the number of the first line from *number* on that holds more than a comment."""
        for each in range(number, self.source.line_count + 1):
            line = self.source.line(each).strip()
            if line and not line.startswith("#"):
                return each
        return None


def _indent(line: str) -> tuple[int, bool]:
    """Return how far a line is indented, and whether it begins an item of a list."""
    text = line.lstrip(" ")
    return len(line) - len(text), text.startswith("- ") or text.rstrip() == "-"
