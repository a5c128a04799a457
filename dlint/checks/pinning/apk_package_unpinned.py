"""Report apk packages without a version."""

from dlint.checks import INFO, Report, rule
from dlint.checks.pinning._unpinned import report_unpinned
from dlint.model.build import Build


@rule("apk-package-unpinned", severity=INFO, default=False, aliases=("DL3018",), triggers=("apk",))
def check(build: Build, report: Report) -> None:
    report_unpinned(build, report, ("apk",))
