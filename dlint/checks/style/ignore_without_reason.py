"""Report suppression comments without a reason, where reasons are required."""

from dlint.checks import WARNING, Report, rule
from dlint.checks.suppressions import SuppressionSubject


@rule(
    "ignore-without-reason", severity=WARNING, default=False, aliases=("DL1001",), triggers=("dlint",),
    looks_at="suppressions"
)  # fmt: skip
def check(subject: SuppressionSubject, report: Report) -> None:
    for item in subject.items:
        if item.is_own and not item.reason:
            report(
                item.span, f"nothing says why {item.name} is suppressed", advice="write the reason behind the bracket"
            )
