"""Report stages called like something BuildKit has already."""

from dlint.checks import WARNING, Report, rule
from dlint.model.build import Build


@rule("reserved-stage-name", severity=WARNING, aliases=("ReservedStageName", "DL3063"), triggers=("scratch", "context"))
def check(build: Build, report: Report) -> None:
    for stage in build.stages:
        alias = stage.instruction.alias
        if alias and stage.name in ("scratch", "context"):
            report(alias.span, f"{stage.name} is a name that BuildKit keeps for itself", advice="rename the stage")
