"""Dockerfiles that stand in another file: findings in them get their places there."""

from dlint.diagnostic import Diagnostic, Edit, Fix, Label, Location
from dlint.parser.mapped import MappedText
from dlint.text import Source, Span


class Embedded:
    """A Dockerfile in a host file.

    *text* maps it to the host, *source* is the text as a file of its own. *indent* is what each line of an edit
    begins with; None where edits cannot be taken over.
    """

    def __init__(self, text: MappedText, host: Source, *, indent: str | None = None) -> None:
        self.text = text
        self.host = host
        self.indent = indent
        self.source = Source(text.text, host.path)

    def translate(self, diagnostic: Diagnostic) -> Diagnostic:
        """Return the finding with its places in the host."""
        return Diagnostic(
            diagnostic.rule,
            diagnostic.family,
            diagnostic.severity,
            diagnostic.message,
            self._location(diagnostic.location),
            advice=diagnostic.advice,
            labels=tuple(Label(self._location(label.location), label.message) for label in diagnostic.labels),
            fix=self._fix(diagnostic.fix) if diagnostic.location.source is self.source else None,
            saving=diagnostic.saving,
            aliases=diagnostic.aliases,
            hidden=tuple(self._span(span) for span in diagnostic.hidden),
        )

    def _location(self, location: Location) -> Location:
        return Location(self.host, self._span(location.span)) if location.source is self.source else location

    def _span(self, span: Span) -> Span:
        return self.text.span(span.start, span.end)

    def _fix(self, fix: Fix | None) -> Fix | None:
        if fix is None or self.indent is None:
            return None
        # A text of Compose writes a dollar sign as two.
        edits = [
            Edit(self._span(edit.span), edit.text.replace("$", "$$").replace("\n", f"\n{self.indent}"))
            for edit in fix.edits
        ]
        return Fix(fix.applicability, fix.message, tuple(edits))
