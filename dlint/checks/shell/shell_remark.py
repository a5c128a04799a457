"""Report whatever else ShellCheck says about a script."""

from dlint.checks import INFO, Report, rule
from dlint.checks.shell._report import report_finding
from dlint.knowledge.shellcheck import MISTAKES
from dlint.shellcheck.findings import ShellFinding


@rule("shell-remark", severity=INFO, default=False, aliases=("SC*",), fix="unsafe", looks_at="shellcheck")
def check(findings: list[ShellFinding], report: Report) -> None:
    for finding in findings:
        if MISTAKES.isdisjoint(finding.codes):
            report_finding(finding, report)
