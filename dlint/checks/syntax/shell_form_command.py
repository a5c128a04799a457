"""Report CMD, ENTRYPOINT and HEALTHCHECK in shell form."""

from dlint.checks import INFO, Report, rule
from dlint.model.build import Build
from dlint.model.stages import Step
from dlint.parser.dockerfile import ast


@rule(
    "shell-form-command", severity=INFO, default=False, aliases=("JSONArgsRecommended", "DL3025"),
    triggers=("cmd", "entrypoint"),
)  # fmt: skip
def check(build: Build, report: Report) -> None:
    for step in build.steps(ast.Cmd, ast.Entrypoint, ast.Healthcheck):
        instruction = step.instruction
        if instruction.json is not None:
            continue
        if isinstance(instruction, ast.Healthcheck):
            if instruction.kind.value.upper() == "CMD":
                report(
                    instruction.kind.span,
                    "the health check runs in a shell",
                    advice="use the JSON form",
                    alias="DL3025",
                )
            continue
        alias = ("DL3025",) if _has_own_shell(step) else ("JSONArgsRecommended", "DL3025")
        report(
            instruction.name.span,
            f"{instruction.keyword} runs in a shell, which does not pass signals on",
            advice=f'use the JSON form: {instruction.keyword} ["program", "argument"]',
            alias=alias,
        )


def _has_own_shell(step: Step) -> bool:
    """Whether a SHELL above says that a shell is wanted."""
    own = any(earlier.index < step.index for earlier in step.stage.instructions(ast.Shell))
    return own or any(True for stage in step.stage.chain[1:] for _ in stage.instructions(ast.Shell))
