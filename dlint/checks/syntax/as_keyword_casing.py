"""Report an AS whose case differs from that of FROM."""

from dlint.checks import INFO, Report, fix, rule
from dlint.model.build import Build


@rule("as-keyword-casing", severity=INFO, default=False, aliases=("FromAsCasing",), triggers=("as",), fix="safe")
def check(build: Build, report: Report) -> None:
    for stage in build.stages:
        keyword, name = stage.instruction.as_keyword, stage.instruction.name.value
        if keyword is None:
            continue
        wanted = "as" if name == name.lower() else "AS" if name == name.upper() else keyword.value
        if keyword.value != wanted:
            report(
                keyword.span,
                f"{keyword.value} and {name} are written in different cases",
                advice=f"write {wanted}",
                fix=fix("safe", f"write {wanted}", (keyword.span, wanted)),
            )
