"""Report suppression comments that name no rule, or are malformed."""

from dlint.checks import WARNING, Report, rule
from dlint.checks.registry import is_selector, suggestion
from dlint.checks.suppressions import SuppressionSubject


@rule("unknown-rule-in-ignore", severity=WARNING, triggers=("dlint",), looks_at="suppressions")
def check(subject: SuppressionSubject, report: Report) -> None:
    for comment, why in subject.malformed:
        report(comment.span, "this comment suppresses nothing", advice=why)
    for item in subject.items:
        if item.is_own and (not is_selector(item.name) or item.name in ("all", "recommended")):
            near = suggestion(item.name) if item.name not in ("all", "recommended") else None
            report(
                item.span, f"there is no rule {item.name}", advice=f"did you mean {near}?" if near else "name the rule"
            )
