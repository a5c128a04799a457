"""Dockerfiles that stand in another file: findings in them get their places there."""

from dlint.diagnostic import Diagnostic, Edit, Fix, Label, Location
from dlint.parser.mapped import MappedText
from dlint.parser.placed import placed
from dlint.text import Source, Span

TYPE_CHECKING = False
if TYPE_CHECKING:
    from dlint.parser.yaml import Node


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
            hidden=tuple(map(self._location, diagnostic.hidden)),
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
            if edit.source is None
            else edit
            for edit in fix.edits
        ]
        return Fix(fix.applicability, fix.message, tuple(edits))


def image_line(node: "Node") -> Embedded:
    """Return ``FROM image`` for the image of a service."""
    image = placed(node)
    return Embedded(MappedText.join([("FROM ", node.span.start), *_pieces(image), ("\n", node.span.end)]), node.source)


def inline_dockerfile(node: "Node") -> Embedded:
    """Return the Dockerfile that stands in a compose file as a text."""
    lines = _literal_lines(node)
    if lines is None:
        return Embedded(placed(node), node.source)
    text, indent = lines
    return Embedded(text, node.source, indent=indent)


def _literal_lines(node: "Node") -> tuple[MappedText, str] | None:
    """Return a literal block (``|``) line by line, and its indentation; None for what is written otherwise."""
    if node.style != "|":
        return None
    source = node.source
    number = source.line_number(node.span.start) + 1
    texts = node.text.split("\n")
    first = next((index for index, text in enumerate(texts) if text.strip()), None)
    if first is None or number + len(texts) > source.line_count + 2:
        return None
    line, own = source.line(number + first), texts[first]
    indent = line[: len(line) - len(line.lstrip(" ")) - (len(own) - len(own.lstrip(" ")))]
    pieces = []
    for index, text in enumerate(texts):
        if index == len(texts) - 1 and not text:
            break
        line = source.line(number + index)
        place = source.line_starts[number + index - 1] + min(len(indent), len(line))
        written = line.removeprefix(indent)
        ending = "\n" if index < len(texts) - 1 else ""
        if written == text or not line.strip():
            pieces.append((text + ending, place))
            continue
        if written.replace("$$", "$") != text:
            # The value of a variable stands there.
            return None
        for part in f"{written}{ending}".split("$$"):
            pieces.append((part, place))
            place += len(part) + 1
            pieces.append(("$", place))
            place += 1
        pieces.pop()
    return (MappedText.join(pieces), indent) if not indent.strip() else None


def _pieces(text: MappedText) -> list[tuple[str, int]]:
    """Return the runs of a text as text and offset."""
    ends = [*text.starts[1:], len(text.text)]
    return [(text.text[start:end], offset) for start, end, offset in zip(text.starts, ends, text.offsets, strict=True)]
