"""Report CMD, ENTRYPOINT and HEALTHCHECK that a later one replaces."""

from itertools import pairwise

from dlint.checks import WARNING, Report, rule
from dlint.model.build import Build
from dlint.parser.dockerfile import ast

_ALIASES = {
    "CMD": ("DL4003", "DS-0016"), "ENTRYPOINT": ("DL4004", "DS-0007"), "HEALTHCHECK": ("DL3012", "DS-0023"),
}  # fmt: skip


@rule(
    "overridden-instruction", severity=WARNING, aliases=("MultipleInstructionsDisallowed", "DL4003", "DL4004",
    "DL3012", "DS-0016", "DS-0007", "DS-0023"),
    triggers=("cmd", "entrypoint", "healthcheck"),
)  # fmt: skip
def check(build: Build, report: Report) -> None:
    for stage in build.stages:
        for kind in (ast.Cmd, ast.Entrypoint, ast.Healthcheck):
            steps = list(stage.instructions(kind))
            for step, later in pairwise(steps):
                keyword = step.instruction.keyword
                report(
                    step.instruction.name.span,
                    f"this {keyword} has no effect: a later one replaces it",
                    labels=((later.instruction.name.span, "this one counts"),),
                    alias=("MultipleInstructionsDisallowed", *_ALIASES[keyword]),
                )
