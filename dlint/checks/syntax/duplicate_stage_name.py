"""Report a stage name that is used twice."""

from dlint.checks import ERROR, Report, rule
from dlint.model.build import Build
from dlint.text import Span


@rule(
    "duplicate-stage-name", severity=ERROR, triggers=("as",),
    aliases=("DuplicateStageName", "DL3024", "DS-0012", "CKV_DOCKER_11"),
)  # fmt: skip
def check(build: Build, report: Report) -> None:
    seen: dict[str, Span] = {}
    for stage in build.stages:
        alias = stage.instruction.alias
        if alias is None or stage.name is None:
            continue
        if stage.name in seen:
            report(
                alias.span,
                f"there is already a stage called {stage.name}",
                advice="rename one; the later one hides the earlier",
                labels=((seen[stage.name], "the first one"),),
            )
        seen.setdefault(stage.name, alias.span)
