"""Report zypper packages without a version."""

from dlint.checks import INFO, Report, rule
from dlint.checks.pinning._unpinned import report_unpinned
from dlint.model.build import Build


@rule("zypper-package-unpinned", severity=INFO, default=False, aliases=("DL3037",), triggers=("zypper",))
def check(build: Build, report: Report) -> None:
    report_unpinned(build, report, ("zypper",))
