"""Report pipelines whose first part may fail without anybody noticing."""

from dlint.checks import INFO, WARNING, Fix, Report, fix, rule
from dlint.knowledge.pipes import FILTERS, PRODUCERS, QUERIES, SINKS
from dlint.model.build import Build
from dlint.model.commands import Command
from dlint.model.pipelines import has_pipefail, knows_pipefail, pipelines, reads_program
from dlint.model.stages import DEFAULT_SHELL, Stage, Step
from dlint.parser.dockerfile import ast
from dlint.text import Span

_DOWNLOADERS = ("curl", "wget", "aria2c")
# Base images that set SHELL to something with pipefail, or may.
_OPEN = ("jupyter", "conda")


@rule("pipe-failure-hidden", severity=WARNING, aliases=("DL4006",), triggers=("|",), fix="unsafe")
def check(build: Build, report: Report) -> None:
    with_shell: set[Stage] = set()
    for step in build.steps(ast.Run):
        if _may_have_shell(step):
            continue
        for pipeline, commands in pipelines(step):
            producer, reader = _producer(commands[:-1]), commands[-1]
            if (
                producer is None
                or reader is None
                or has_pipefail(step, producer)
                or not _accepts_nothing(producer, reader)
            ):
                continue
            way = knows_pipefail(step)
            is_first = with_shell.isdisjoint(step.stage.chain)
            bar = pipeline.operators[-1]
            report(
                producer.simple.map.span(bar.start, bar.end),
                f"if {producer.name} fails, the RUN goes on and is cached: only the exit code of {reader.name} counts",
                advice=_advice(way, reader, producer),
                severity=INFO if producer.is_conditional else WARNING,
                labels=((producer.head(0), "a failure here is not seen"),),
                fix=_fix(step, way, is_first=is_first),
            )
            if way == "bash":
                with_shell.add(step.stage)
            break


def _may_have_shell(step: Step) -> bool:
    """Whether the base image may set SHELL, and nothing here says otherwise."""
    root = step.stage.root
    return (root.family is None or root.family in _OPEN) and step.shell == DEFAULT_SHELL


def _producer(commands: "tuple[Command | None, ...]") -> Command | None:
    """Return the first command whose failure would matter."""
    for command in commands:
        if command is None:
            continue
        is_script = command.program is not None and command.program.value.startswith(("./", "../"))
        if (command.name in PRODUCERS or command.name.endswith(".sh") or is_script) and not command.has(*QUERIES):
            return command
    return None


def _accepts_nothing(producer: Command, reader: Command) -> bool:
    """Whether a command succeeds on the output of a failed one, and something is made of that."""
    if reads_program(reader):
        return True
    if reader.name in SINKS:
        return not _is_looked_into(reader)
    if reader.name not in FILTERS or (reader.name == "jq" and reader.has("-e", "--exit-status")):
        return False
    writes = any(item.writes and not item.operator.startswith("2") for item in reader.redirections)
    # What is only printed of a download matters to nobody; of a build, its success does.
    return writes or producer.name not in _DOWNLOADERS


def _is_looked_into(reader: Command) -> bool:
    """Whether grep or a test looks for something in what tee has written, and fails without it."""
    places = reader.step.last_places
    if "looked into" not in places:
        places["looked into"] = 0
        for look in reader.step.named("grep", "egrep", "test", "["):
            places.update((("looked into", value), look.place) for value in look.values())
    written = [value for value in reader.values() if not value.startswith("-")]
    return any(places.get(("looked into", value), -1) > reader.place for value in written)


def _advice(way: str | None, reader: Command, producer: Command) -> str:
    if way == "set":
        return "begin the RUN with set -o pipefail"
    if way == "bash":
        return 'write SHELL ["/bin/bash", "-o", "pipefail", "-c"] above'
    return f"write the output of {producer.name} to a file first, or use a shell with pipefail"


def _fix(step: Step, way: str | None, *, is_first: bool) -> Fix | None:
    instruction = step.instruction
    if instruction.json is not None or instruction.heredocs or step.script is None or way is None:
        return None
    if any(item.is_background for item in step.script.sequence.items):
        return None
    if way == "set":
        start = instruction.arguments.offset(0)
        return fix("unsafe", "add set -o pipefail", (Span(start, start), "set -o pipefail && "))
    if not is_first:
        return None
    start = instruction.start
    return fix("unsafe", "add SHELL", (Span(start, start), 'SHELL ["/bin/bash", "-o", "pipefail", "-c"]\n'))
