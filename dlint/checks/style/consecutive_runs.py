"""Report short RUNs that follow each other."""

from dlint.checks import INFO, Report, rule
from dlint.model.build import Build
from dlint.model.stages import Stage, Step
from dlint.parser.dockerfile import ast

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

_SHORT = 2


@rule("consecutive-runs", severity=INFO, default=False, aliases=("DL3059",), triggers=("run",))
def check(build: Build, report: Report) -> None:
    # Layers of other stages do not ship, and separate ones are cached better.
    for stage in build.runtime_chain:
        for group in _groups(stage):
            report(
                group[1].instruction.name.span,
                f"{len(group)} short RUNs follow each other: {len(group)} layers where one would do",
                advice="join them with &&, or write one RUN with a heredoc",
                labels=tuple((step.instruction.name.span, "and this one") for step in group[2:]),
            )


def _groups(stage: Stage) -> "Iterator[list[Step]]":
    """Yield the runs of two or more short RUNs with the same options."""
    group: list[Step] = []
    for step in stage.steps:
        if group and _is_short(step) and _options(step) == _options(group[0]):
            group.append(step)
            continue
        if len(group) > 1:
            yield group
        group = [step] if _is_short(step) else []
    if len(group) > 1:
        yield group


def _is_short(step: Step) -> bool:
    instruction = step.instruction
    return isinstance(instruction, ast.Run) and not instruction.heredocs and 0 < len(step.commands) <= _SHORT


def _options(step: Step) -> tuple[str, ...]:
    text = step.stage.source.text
    return tuple(text[flag.start : flag.end] for flag in step.instruction.flags)
