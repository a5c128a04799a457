"""Taking commands and words out of a RUN."""

from dlint.diagnostic import Edit
from dlint.text import Span

TYPE_CHECKING = False
if TYPE_CHECKING:
    from dlint.model.commands import Command
    from dlint.model.stages import Step
    from dlint.parser.shell.ast import AndOr, Word


class Away:
    """What is to be taken out: whole commands, single words, and words that become others."""

    def __init__(self) -> None:
        self.commands: list[Command] = []
        self.words: list[Word] = []
        self.replaced: list[tuple[Word, str]] = []


def take_away(step: "Step", away: Away) -> list[Edit] | None:
    """Return the edits; None where something else hangs on what is taken out."""
    text = step.stage.source.text
    edits = []
    for word in {id(word): word for word in away.words}.values():
        edits.append(Edit(_word_span(step, word), ""))
    edits += [Edit(word.span, new) for word, new in away.replaced]
    gone = {id(command.simple): command for command in away.commands}
    spans: list[Span] = []
    for command in gone.values():
        span = _span(step, command, set(gone))
        if span is None or "#" in text[span.start : span.end]:
            return None
        spans.append(span)
    for span in sorted(set(spans)):
        if edits and any(edit.span.start < span.end and span.start < edit.span.end for edit in edits):
            return None
        edits.append(Edit(span, ""))
    return edits


def _word_span(step: "Step", word: "Word") -> Span:
    """Return what goes with a word: the blanks in front of it, and its line where it stands alone there."""
    source = step.stage.source
    text, (start, end) = source.text, word.span
    number = source.line_number(start)
    line_start = source.line_starts[number - 1]
    line = source.line(number)
    escapes = "\\`"
    if text[line_start:start].strip():
        while text[start - 1] in " \t":
            start -= 1
        return Span(start, end)
    rest = line[end - line_start :].strip(" \t")
    if rest and rest in escapes:
        return Span(line_start, source.line_starts[number])
    if rest:
        while text[end] in " \t":
            end += 1
        return Span(start, end)
    # The last line: the one above it ends the instruction then.
    before = text[:line_start].rstrip().rstrip(escapes).rstrip(" \t")
    return Span(len(before), end)


def _span(step: "Step", command: "Command", gone: set[int]) -> Span | None:
    """Return what goes with a command: the operator in front of it, or its line where it stands alone."""
    and_or, pipeline = command.simple.and_or, command.simple.pipeline
    script = step.script
    if and_or is None or pipeline is None or script is None or command.wrappers or command.is_conditional:
        return None
    if len(pipeline.elements) != 1 or and_or.is_background or command.redirections:
        return None
    if len(and_or.pipelines) > 1:
        return _of_list(and_or, command, gone)
    items = script.sequence.items
    if and_or not in items or len(items) < 2 or not step.instruction.heredocs:
        return None
    source = step.stage.source
    start, end = (source.line_number(place) for place in (and_or.span.start, and_or.span.end))
    line = Span(source.line_starts[start - 1], source.line_starts[end])
    return line if source.text[line.start : line.end].strip() == and_or.text.strip() else None


def _of_list(and_or: "AndOr", command: "Command", gone: set[int]) -> Span | None:
    """Return the place of a command in ``a && b`` with the operator that joins it to what stays."""
    if set(and_or.operators) != {"&&"}:
        return None
    index = next((place for place, each in enumerate(and_or.pipelines) if command.simple in each.elements), None)
    if index is None:
        return None
    stays = [
        place
        for place, each in enumerate(and_or.pipelines)
        if not any(id(element) in gone for element in each.elements)
    ]
    if not stays:
        return None
    if index > stays[0]:
        return Span(and_or.pipelines[index - 1].span.end, and_or.pipelines[index].span.end)
    return Span(and_or.pipelines[index].span.start, and_or.pipelines[index + 1].span.start)
