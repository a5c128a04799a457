"""Report MAINTAINER."""

from dlint.checks import INFO, Report, fix, rule
from dlint.model.build import Build
from dlint.parser.dockerfile import ast


@rule(
    "maintainer-instruction", severity=INFO, aliases=("MaintainerDeprecated", "DL4000", "DS-0022", "CKV_DOCKER_6"),
    triggers=("maintainer",),
    fix="unsafe"
)  # fmt: skip
def check(build: Build, report: Report) -> None:
    for step in build.steps(ast.Maintainer):
        instruction = step.instruction
        assert isinstance(instruction, ast.Maintainer)
        name = instruction.value.value.strip("\"'")
        label = f'LABEL org.opencontainers.image.authors="{name}"'
        edit = (
            fix("unsafe", "write a label", (instruction.header, label))
            if name.isprintable() and '"' not in name
            else None
        )
        report(instruction.name.span, "MAINTAINER is deprecated", advice=f"write {label}", fix=edit)
