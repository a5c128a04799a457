"""Suppression comments in compose files: above an entry, for the whole of it, or behind it, for its line.

Those of dclint are honoured as dclint 3.1 does, for its rules, and never written.
"""

from dlint.checks.suppressions import Suppression
from dlint.engine.suppression import Suppressions
from dlint.parser.dockerfile.ast import Comment
from dlint.parser.yaml_comments import read_comments
from dlint.regex import lazy
from dlint.text import Span

TYPE_CHECKING = False
if TYPE_CHECKING:
    from dlint.text import Source

_DCLINT = lazy(r"dclint\s+(disable-file|disable-line|disable)(?:\s+(.*))?\Z")


class ComposeSuppressions(Suppressions):
    """All suppression comments of a compose file."""

    def __init__(self, source: "Source") -> None:
        super().__init__(source)
        regions: dict[str, list[tuple[Comment, Span, str]]] = {}
        self._alone: set[int] = set()
        """Where the comments begin that have a line for themselves."""
        for found in read_comments(source):
            comment = Comment(found.text.strip(), *found.span, inside=False)
            if found.is_alone:
                self._alone.add(comment.start)
            if comment.text.startswith("dlint"):
                self._own(comment, regions)
            elif comment.text.startswith("dclint"):
                self._dclint(comment)
        self._close(regions)

    def _dclint(self, comment: Comment) -> None:
        from dlint.knowledge.dclint import REPORTED_AT_KEYS, RULES

        match = _DCLINT.match(comment.text)
        if match is None:
            return
        kind, given = match[1], (match[2] or "").split()
        names = [name for name in RULES if name in given or not given or kind == "disable-file"]
        if kind != "disable-line":
            if not self._is_first(comment):
                return
            covers = dict.fromkeys(names, (self._everything,))
        else:
            line, entry = self._dclint_line(comment)
            covers = {name: (entry if name in REPORTED_AT_KEYS else line,) for name in names}
        self.items += [
            Suppression(name, comment.span, covers[name], comment, reason="", is_own=False) for name in names
        ]

    def _is_first(self, comment: Comment) -> bool:
        """Whether a comment is on the first line that is not empty, or on the first one after ``---``."""
        number = self.source.line_number(comment.start)
        above = [line for line in map(self.source.line, range(1, number)) if line.strip()]
        return above in ([], ["---"])

    def _dclint_line(self, comment: Comment) -> tuple[Span, Span]:
        """Return the line that a comment of dclint covers, its own or the next one, and the entry that begins there."""
        number = self.source.line_number(comment.start)
        if not self._is_behind(comment):
            number += 1
        if number > self.source.line_count:
            return comment.span, comment.span
        return self.source.line_span(number), self._entry(number)

    def _is_behind(self, comment: Comment) -> bool:
        """Whether something stands before a comment on its line."""
        return comment.start not in self._alone

    def _covered(self, comment: Comment) -> tuple[Span, ...]:
        """Return the entry below a comment with all that belongs to it, or the line of one behind an entry."""
        number = self.source.line_number(comment.start)
        if self._is_behind(comment):
            return (self.source.line_span(number),)
        first = self._next_line(number + 1)
        return () if first is None else (self._entry(first),)

    def _entry(self, first: int) -> Span:
        """Return the place of the entry that begins on a line, with all that belongs to it."""
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
        return Span(self.source.line_starts[first - 1], self.source.line_span(last).end)

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
