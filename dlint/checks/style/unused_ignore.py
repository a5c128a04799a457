"""Report suppression comments that silence nothing."""

from dlint.checks import INFO, Fix, Report, fix, rule
from dlint.checks.registry import ALIASES, RULES
from dlint.checks.suppressions import Suppression, SuppressionSubject
from dlint.text import Source, Span


@rule("unused-ignore", severity=INFO, triggers=("dlint",), looks_at="suppressions", fix="safe")
def check(subject: SuppressionSubject, report: Report) -> None:
    for item in subject.items:
        rule_name = ALIASES.get(item.name, item.name)
        if item.used or not item.is_own or rule_name not in RULES or rule_name not in subject.active:
            continue
        if RULES[rule_name].looks_at == "suppressions":
            continue
        report(
            item.span,
            f"{item.name} reports nothing here",
            advice="remove it",
            fix=_fix(item, subject, report.source),
        )


def _fix(item: Suppression, subject: SuppressionSubject, source: Source) -> Fix | None:
    """Remove the whole comment where it names nothing else."""
    others = [other for other in subject.items if other.comment is item.comment and other is not item]
    if others:
        return None
    line = source.line_number(item.comment.start)
    start = source.line_starts[line - 1]
    return fix("safe", "remove the comment", (Span(start, min(len(source.text), item.comment.end + 1)), ""))
