"""Report a WORKDIR that depends on where the base image happens to be."""

from dlint.checks import WARNING, Report, rule
from dlint.model.build import Build
from dlint.parser.dockerfile import ast
from dlint.parser.dockerfile.expansion import UNKNOWN


@rule(
    "workdir-relative", severity=WARNING, triggers=("workdir",),
    aliases=("WorkdirRelativePath", "DL3000", "DS-0009", "CKV_DOCKER_10"),
)  # fmt: skip
def check(build: Build, report: Report) -> None:
    for stage in build.stages:
        if any(True for parent in stage.chain[1:] for _ in parent.instructions(ast.Workdir)):
            continue
        step = next(stage.instructions(ast.Workdir), None)
        if step is None:
            continue
        assert isinstance(step.instruction, ast.Workdir)
        word = step.instruction.value
        value = build.variables.expand(word, step.environment)
        if UNKNOWN in value or value.startswith(("/", "\\")) or value[1:2] == ":" or not value:
            continue
        report(
            word.span,
            f"{value} is relative to the working directory of the base image",
            advice=f"write an absolute path, such as /{value.lstrip('./') or 'app'}",
        )
