"""Report apt packages without a version."""

from dlint.checks import INFO, Report, rule
from dlint.checks.pinning._unpinned import report_unpinned
from dlint.model.build import Build


@rule("apt-package-unpinned", severity=INFO, default=False, aliases=("DL3008",), triggers=("apt",))
def check(build: Build, report: Report) -> None:
    report_unpinned(build, report, ("apt",))
