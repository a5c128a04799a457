"""Pipelines of a RUN, as the commands they join, and whether one's failure is seen."""

from dlint.model.commands import Command
from dlint.model.scripts import SH_LIKE, shell_name
from dlint.model.stages import Step
from dlint.parser.shell.ast import Compound, Pipeline, Sequence, SimpleCommand

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator


def pipelines(step: Step) -> "Iterator[tuple[Pipeline, tuple[Command | None, ...]]]":
    """Yield each pipeline of two or more commands that is not part of a substitution.

    Its commands are None where a compound command stands. Pipelines whose outcome is asked for are left
    out: conditions, negated ones, and those with something to do after ``||``.
    """
    inside = _in_substitutions(step)
    tested = _in_conditions(step) | _with_alternatives(step)
    by_simple = {command.simple: command for command in step.commands}
    seen = set()
    for command in step.commands:
        pipeline = command.simple.pipeline
        if pipeline is None or len(pipeline.elements) < 2 or pipeline in seen:
            continue
        seen.add(pipeline)
        if command.simple in inside or pipeline in tested or pipeline.is_negated:
            continue
        yield (
            pipeline,
            tuple(
                by_simple.get(element) if isinstance(element, SimpleCommand) else None for element in pipeline.elements
            ),
        )


def has_pipefail(step: Step, command: Command) -> bool:
    """Whether the shell that runs a command fails with every part of a pipeline, or may."""
    if "pipefail" in " ".join(step.shell):
        return True
    instruction = step.instruction
    if "pipefail" not in step.last_places:
        # set -o pipefail, set -euxo pipefail, bash -o pipefail -c, and a shebang all name it.
        found = step.stage.source.text.find("pipefail", instruction.start, instruction.end)
        step.last_places["pipefail"] = found
    return 0 <= step.last_places["pipefail"] < max(command.place, command.span.start)


def knows_pipefail(step: Step) -> str | None:
    """Return ``set`` where the shell of a RUN takes ``set -o pipefail``, ``bash`` where only bash does.

    None where nobody knows whether there is a bash.
    """
    root = step.stage.root
    shell = shell_name(step.shell)
    if shell in ("bash", "zsh", "ksh"):
        return "set"
    if root.os in ("alpine", "rhel", "centos", "rocky", "alma", "fedora", "amazonlinux", "opensuse"):
        return "set"
    return "bash" if root.os in ("debian", "ubuntu") and root.family != "distroless" else None


def _in_substitutions(step: Step) -> set[SimpleCommand]:
    found: set[SimpleCommand] = set()
    for command in step.commands:
        simple = command.simple
        targets = [item.target for item in simple.redirections if item.target]
        for word in (*simple.words, *simple.assignments, *targets):
            for script in word.scripts:
                found.update(script.commands)
    return found


def _with_alternatives(step: Step) -> set[Pipeline]:
    """Return the pipelines that have ``||`` somewhere behind them."""
    found: set[Pipeline] = set()
    for and_or in dict.fromkeys(command.and_or for command in step.commands if command.and_or):
        if "||" in and_or.operators:
            last = len(and_or.operators) - 1 - and_or.operators[::-1].index("||")
            found.update(and_or.pipelines[: last + 1])
    return found


def _in_conditions(step: Step) -> set[Pipeline]:
    """Return the pipelines that ``if``, ``while`` and ``until`` ask about."""
    found: set[Pipeline] = set()
    waiting: list[tuple[Sequence, bool]] = [(step.script.sequence, False)] if step.script else []
    while waiting:
        sequence, is_condition = waiting.pop()
        for and_or in sequence.items:
            for pipeline in and_or.pipelines:
                if is_condition:
                    found.add(pipeline)
                for element in pipeline.elements:
                    if isinstance(element, Compound):
                        waiting += [(part, is_condition or role == "condition") for role, part in element.parts]
    return found


def reads_program(command: Command) -> bool:
    """Whether a shell reads what it runs from its input."""
    if command.name not in SH_LIKE:
        return False
    operands = [value for value in command.values() if not value.startswith(("-", "+"))]
    return not operands or command.has("-s", "-", "/dev/stdin")
