"""Report --platform=$TARGETPLATFORM, which is the default."""

from dlint.checks import INFO, Report, fix, rule
from dlint.model.build import Build
from dlint.text import Span


@rule(
    "redundant-target-platform", severity=INFO, aliases=("RedundantTargetPlatform", "DL3065"),
    triggers=("targetplatform",),
    fix="safe",
)  # fmt: skip
def check(build: Build, report: Report) -> None:
    text = build.source.text
    for stage in build.stages:
        flag = stage.instruction.platform
        if flag and flag.value in ("$TARGETPLATFORM", "${TARGETPLATFORM}"):
            end = flag.end
            while text[end : end + 1] == " ":
                end += 1
            report(
                flag.span,
                "the target platform is what FROM uses anyway",
                advice="leave --platform out",
                fix=fix("safe", "remove --platform", (Span(flag.start, end), "")),
            )
