"""What becomes of a RUN when one of its commands fails."""

from dlint.model.commands import Command
from dlint.parser.shell.ast import AndOr, Compound, Script, Sequence, SimpleCommand


def is_expected_to_fail(command: Command) -> bool:
    """Whether somebody thought of its failure: it is a condition or negated, or ``||`` or a pipe follows."""
    step, simple = command.step, command.simple
    script = step.script
    if script is not None and simple in step.once("expected to fail", lambda: _expected(script)):
        return True
    # Of scripts inside scripts only the list around the command is known.
    and_or = simple.and_or
    return and_or is not None and simple in step.once(and_or, lambda: _expected_in(and_or, is_expected=False)[0])


def stops_the_build(command: Command) -> bool:
    """Whether the build surely stops when the command fails: the result of the RUN is that of its last list."""
    script = command.step.script
    if command.is_conditional or is_expected_to_fail(command):
        return False
    if script is None:
        return command.step.instruction.json is not None
    return bool(script.sequence.items) and command.simple.and_or is script.sequence.items[-1]


def _expected(script: Script) -> frozenset[SimpleCommand]:
    found: set[SimpleCommand] = set()
    waiting: list[tuple[Sequence, bool]] = [(script.sequence, False)]
    while waiting:
        sequence, is_expected = waiting.pop()
        for item in sequence.items:
            commands, parts = _expected_in(item, is_expected=is_expected)
            found |= commands
            waiting += parts
    return frozenset(found)


def _expected_in(item: AndOr, *, is_expected: bool) -> tuple[set[SimpleCommand], list[tuple[Sequence, bool]]]:
    """Return the commands of a list whose failure is expected, and the lists inside it, whether theirs is."""
    commands: set[SimpleCommand] = set()
    parts: list[tuple[Sequence, bool]] = []
    has_alternative = is_expected
    for index in range(len(item.pipelines) - 1, -1, -1):
        pipeline = item.pipelines[index]
        has_alternative = has_alternative or item.operators[index : index + 1] == ("||",)
        for element in pipeline.elements:
            expected = has_alternative or pipeline.is_negated or element is not pipeline.elements[-1]
            if isinstance(element, Compound):
                parts += [(part, expected or role == "condition") for role, part in element.parts]
            elif expected:
                commands.add(element)
    return commands, parts
