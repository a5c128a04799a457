"""Which commands of a RUN may fail without the build noticing.

A shell without ``set -e`` goes on after a failed command, the result of a list is that of its
last command, and ``|| true`` makes any result a good one.

Source: POSIX.1-2024, Shell Command Language, 2.9.3 (lists) and the ``set`` utility (``-e``).
"""

from dlint.model.commands import program_name
from dlint.model.scripts import SH_LIKE
from dlint.model.stages import Step
from dlint.parser.dockerfile import ast
from dlint.parser.shell.ast import AndOr, Compound, Pipeline, Script, Sequence, SimpleCommand
from dlint.regex import lazy

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

_ERREXIT = lazy(r"-[a-zA-Z]*e")
# Commands that succeed whatever came before.
_SUCCEED = frozenset({"true", ":", "echo", "printf", "cat"})
_JUMPS = frozenset({"exit", "return", "break", "continue", "false"})


class Fate:
    """Why nobody notices that a command fails.

    *kind* is ``alternative`` (``|| true``), ``list`` (something follows, and only the last result
    counts) or ``loop`` (only the last round counts); *by* is what hides the failure.
    """

    __slots__ = ("by", "kind")

    def __init__(self, kind: str, by: AndOr | Pipeline | Compound) -> None:
        self.kind = kind
        self.by = by


def unnoticed(step: Step) -> dict[SimpleCommand, Fate]:
    """Return the commands of a RUN whose failure does not fail it, scripts inside scripts included."""
    fates: dict[SimpleCommand, Fate] = {}
    script = step.script
    if script is not None:
        _Reader(script, fates, errexit=starts_with_errexit(step)).read(script.sequence, None)
    _ = step.commands
    for command, inner in step.inner_scripts:
        if command.name in SH_LIKE:
            reader = _Reader(inner, fates, errexit=sets_errexit(command.values()))
            reader.read(inner.sequence, fates.get(command.simple))
    return fates


def starts_with_errexit(step: Step) -> bool:
    """Whether the shell that runs a RUN stops at the first failure from the beginning on."""
    instruction = step.instruction
    script = step.script
    if isinstance(instruction, ast.Run) and instruction.heredocs and script and script.map.text.startswith("#!"):
        return sets_errexit(script.map.text.partition("\n")[0].split()[1:])
    return sets_errexit(step.shell[1:])


def sets_errexit(arguments: "Iterable[str]") -> bool:
    """Whether the arguments of a shell, or of ``set``, make it stop at the first failure."""
    return any(value == "errexit" or _ERREXIT.match(value) for value in arguments)


class _Reader:
    """Finds out about the commands of one script."""

    def __init__(self, script: Script, fates: dict[SimpleCommand, Fate], *, errexit: bool) -> None:
        self.fates = fates
        self.errexit = errexit
        self.first_set = -1
        """Where stopping at failures is first switched; who switches it off again wants what happens then."""
        for command in script.commands:
            if command.words and command.words[0].value == "set":
                values = [word.value for word in command.words[1:]]
                if sets_errexit(values) or any(value.startswith("+") and "e" in value for value in values):
                    self.first_set = command.start
                    break

    def stops(self, place: int) -> bool:
        return self.errexit or 0 <= self.first_set <= place

    def read(self, sequence: Sequence, outer: Fate | None) -> None:
        """Note the commands of a list, whose own result has the fate *outer*."""
        items = sequence.items
        for index, item in enumerate(items):
            if outer and outer.kind == "alternative":
                fate: Fate | None = outer
            elif item.is_background or self.stops(item.start):
                fate = None
            else:
                fate = Fate("list", items[index + 1]) if index + 1 < len(items) else outer
            self.and_or(item, fate)

    def and_or(self, item: AndOr, fate: Fate | None) -> None:
        is_last_resort = not any(_fails(pipeline) for pipeline in item.pipelines)
        alternative: Pipeline | None = None
        for index in range(len(item.pipelines) - 1, -1, -1):
            pipeline = item.pipelines[index]
            if index < len(item.operators) and item.operators[index] == "||":
                alternative = item.pipelines[index + 1]
            own = fate
            if alternative is not None:
                own = Fate("alternative", alternative) if is_last_resort and _succeeds(alternative) else None
            for element in pipeline.elements:
                if isinstance(element, SimpleCommand):
                    if own and not (element.words and element.words[0].value in _JUMPS):
                        self.fates[element] = own
                else:
                    self.compound(element, own)

    def compound(self, node: Compound, fate: Fate | None) -> None:
        is_loop = node.kind in ("for", "while", "until", "select") and not self.stops(node.start)
        if is_loop and (fate is None or fate.kind != "alternative"):
            fate = Fate("loop", node)
        for role, sequence in node.parts:
            if role != "condition":
                self.read(sequence, fate)


def _succeeds(pipeline: Pipeline) -> bool:
    """Whether a pipeline does nothing but succeed."""
    last = pipeline.elements[-1]
    if isinstance(last, Compound):
        if last.kind not in ("group", "subshell"):
            return False
        inner = [part for _, sequence in last.parts for item in sequence.items for part in item.pipelines]
        return bool(inner) and all(map(_succeeds, inner))
    if not last.words:
        return False
    name = program_name(last.words[0].value)
    return name in _SUCCEED or (name in ("exit", "return") and [word.value for word in last.words[1:]] == ["0"])


def _fails(pipeline: Pipeline) -> bool:
    """Whether a pipeline does nothing but fail."""
    last = pipeline.elements[-1]
    if isinstance(last, Compound) or not last.words:
        return False
    name = last.words[0].value
    return name == "false" or (name in ("exit", "return") and [word.value for word in last.words[1:]] != ["0"])
