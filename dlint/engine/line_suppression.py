"""Suppression comments in ignore and requirements files: above a line, for that line."""

from dlint.engine.suppression import Suppressions
from dlint.parser.dockerfile.ast import Comment
from dlint.text import Source, Span

TYPE_CHECKING = False
if TYPE_CHECKING:
    from dlint.diagnostic import Diagnostic


class LineSuppressions(Suppressions):
    """All suppression comments of a file in which ``#`` begins a comment line."""

    def __init__(self, source: Source) -> None:
        super().__init__(source)
        regions: dict[str, list[tuple[Comment, Span, str]]] = {}
        for number, start in enumerate(source.line_starts, 1):
            line = source.line(number)
            text = line.strip()
            if text.startswith("#") and text[1:].lstrip().startswith("dlint"):
                begin = start + line.index("#")
                self._own(Comment(text[1:].strip(), begin, begin + len(text), inside=False), regions)
        self._close(regions)

    def _covered(self, comment: Comment) -> tuple[Span, ...]:
        """Return the next line that is neither empty nor a comment."""
        for number in range(self.source.line_number(comment.start) + 1, self.source.line_count + 1):
            line = self.source.line(number).strip()
            if line and not line.startswith("#"):
                return (self.source.line_span(number),)
        return ()


def silenced_elsewhere(found: "list[Diagnostic]", source: Source) -> "list[Diagnostic]":
    """Return those of the findings in a file that lie in another file and are silenced by a comment there."""
    others = {id(other): other for each in found if (other := each.location.source) is not source}
    result = []
    for other in others.values():
        # A compose file speaks for itself.
        if "dlint" in other.text and not other.path.endswith((".yml", ".yaml")):
            there = [each for each in found if each.location.source is other]
            result += LineSuppressions(other).filter(there)[1]
    return result
