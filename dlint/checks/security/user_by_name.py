"""Report containers whose user is a name."""

from dlint.checks import INFO, Report, rule
from dlint.model.build import Build
from dlint.parser.dockerfile import ast
from dlint.parser.dockerfile.expansion import UNKNOWN


@rule("user-by-name", severity=INFO, default=False, aliases=("DL3066",), triggers=("user",))
def check(build: Build, report: Report) -> None:
    step = next(
        (
            step
            for stage in build.runtime_chain
            for step in reversed(stage.steps)
            if isinstance(step.instruction, ast.User)
        ),
        None,
    )
    if step is None:
        return
    assert isinstance(step.instruction, ast.User)
    word = step.instruction.value
    name = build.variables.expand(word, step.environment).partition(":")[0]
    if name and UNKNOWN not in name and not name.isdigit() and name != "root" and not step.stage.root.is_windows:
        report(
            word.span,
            f"Kubernetes cannot tell whether {name} is root: runAsNonRoot refuses to start the container",
            advice="write the number of the user",
        )
