"""Edits of a text: which go together, what they make of it, and where everything is afterwards."""

from dlint.text import Span

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from dlint.diagnostic import Edit


class Edits:
    """Edits of one text that do not overlap, in the order of the text."""

    def __init__(self, items: "Iterable[Edit]" = ()) -> None:
        self.items = sorted(items, key=lambda edit: edit.span)

    def fits(self, edits: "Iterable[Edit]") -> bool:
        """Whether more edits may be made along with these: none replaces or touches what another one does."""
        return not any(
            edit.span.start <= other.span.end and other.span.start <= edit.span.end
            for edit in edits
            for other in self.items
        )

    def with_more(self, edits: "Iterable[Edit]") -> "Edits":
        """Return these edits and others, which fit."""
        return Edits([*self.items, *edits])

    def apply(self, text: str) -> str:
        """Return the text with the edits made."""
        parts, place = [], 0
        for edit in self.items:
            parts += [text[place : edit.span.start], edit.text]
            place = edit.span.end
        return "".join([*parts, text[place:]])

    def moved(self, offset: int) -> int:
        """Return where the character at an offset, which no edit replaces, is afterwards."""
        return offset + sum(
            len(edit.text) - (edit.span.end - edit.span.start) for edit in self.items if edit.span.end <= offset
        )

    def meets(self, span: Span) -> bool:
        """Whether an edit changes anything in a span, or adds to either end."""
        return any(edit.span.start <= span.end and span.start <= edit.span.end for edit in self.items)

    def touches(self, span: Span) -> bool:
        """Whether an edit changes anything in a span, or adds to its end."""
        return any(
            edit.span.start < span.end and span.start < edit.span.end
            if edit.span.start < edit.span.end
            else span.start < edit.span.start <= span.end
            for edit in self.items
        )
