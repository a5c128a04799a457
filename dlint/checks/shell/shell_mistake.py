"""Report what ShellCheck finds wrong in a script."""

from dlint.checks import WARNING, Report, rule
from dlint.checks.shell._report import report_finding
from dlint.knowledge.shellcheck import MISTAKES
from dlint.shellcheck.findings import ShellFinding


@rule(
    "shell-mistake", severity=WARNING, aliases=tuple(f"SC{code}" for code in sorted(MISTAKES)), fix="unsafe",
    looks_at="shellcheck"
)  # fmt: skip
def check(findings: list[ShellFinding], report: Report) -> None:
    for finding in findings:
        if not MISTAKES.isdisjoint(finding.codes):
            report_finding(finding, report)
