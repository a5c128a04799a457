"""Report gem packages without a version."""

from dlint.checks import INFO, Report, rule
from dlint.checks.pinning._unpinned import report_unpinned
from dlint.model.build import Build


@rule("gem-package-unpinned", severity=INFO, aliases=("DL3028",), triggers=("gem",))
def check(build: Build, report: Report) -> None:
    report_unpinned(build, report, ("gem",))
