"""Report npm packages without a version."""

from dlint.checks import INFO, Report, rule
from dlint.checks.pinning._unpinned import report_unpinned
from dlint.model.build import Build


@rule("npm-package-unpinned", severity=INFO, aliases=("DL3016",), triggers=("npm", "yarn", "pnpm"))
def check(build: Build, report: Report) -> None:
    report_unpinned(build, report, ("npm", "yarn", "pnpm"))
