"""Report DEBIAN_FRONTEND in the environment of the image."""

from dlint.checks import INFO, Fix, Report, fix, rule
from dlint.model.build import Build
from dlint.model.role import has_command
from dlint.parser.dockerfile import ast

_NAME = "DEBIAN_FRONTEND"


@rule("env-debian-frontend", severity=INFO, triggers=("debian_frontend",), fix="unsafe")
def check(build: Build, report: Report) -> None:
    target = build.target
    # Whoever sets it back at the end has cleared it.
    # An image that starts nothing is a base for others, whose builds may count on it.
    if target is None or not has_command(build) or target.environment.known(_NAME) not in ("noninteractive", "none"):
        return
    for stage in build.runtime_chain:
        for step in stage.instructions(ast.Env):
            assert isinstance(step.instruction, ast.Env)
            for pair in step.instruction.pairs:
                if pair.key.value == _NAME:
                    report(
                        pair.key.span,
                        "DEBIAN_FRONTEND stays set in the image, for whoever installs something in a container of it",
                        advice="write ARG, which holds during the build only",
                        fix=_fix(step.instruction),
                    )
                    return


def _fix(instruction: ast.Env) -> Fix | None:
    if len(instruction.pairs) > 1 or instruction.pairs[0].legacy:
        return None
    return fix("unsafe", "write ARG", (instruction.name.span, "ARG" if instruction.name.value.isupper() else "arg"))
