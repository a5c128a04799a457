"""Report a platform that is fixed in FROM."""

from dlint.checks import INFO, Report, rule
from dlint.model.build import Build


@rule(
    "constant-from-platform", severity=INFO, default=False, aliases=("FromPlatformFlagConstDisallowed", "DL3029"),
    triggers=("platform",),
)  # fmt: skip
def check(build: Build, report: Report) -> None:
    for stage in build.stages:
        flag = stage.instruction.platform
        if flag is None or not flag.value or "$" in flag.value:
            continue
        parts = flag.value.split("/")
        # A stage that says so in its name is meant to be of one platform.
        if stage.name and any(part in stage.name for part in parts[:2]):
            continue
        report(
            flag.span,
            f"this stage can only be built for {flag.value}",
            advice="leave the choice to docker build --platform",
        )
