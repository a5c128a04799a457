"""Report dnf packages without a version."""

from dlint.checks import INFO, Report, rule
from dlint.checks.pinning._unpinned import report_unpinned
from dlint.model.build import Build


@rule(
    "rpm-package-unpinned",
    severity=INFO,
    default=False,
    aliases=("DL3033", "DL3041"),
    triggers=("dnf", "yum", "microdnf", "tdnf"),
)
def check(build: Build, report: Report) -> None:
    report_unpinned(build, report, ("dnf",))
