"""Report stage names with capitals."""

from dlint.checks import INFO, Report, fix, rule
from dlint.model.build import Build


@rule("stage-name-uppercase", severity=INFO, default=False, aliases=("StageNameCasing",), triggers=("as",), fix="safe")
def check(build: Build, report: Report) -> None:
    for stage in build.stages:
        alias = stage.instruction.alias
        if alias and alias.value != alias.value.lower():
            lower = alias.value.lower()
            report(
                alias.span,
                f"BuildKit knows this stage as {lower}",
                advice=f"write {lower}",
                fix=fix("safe", "write the name in lower case", (alias.span, lower)),
            )
