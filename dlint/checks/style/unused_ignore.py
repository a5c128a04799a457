"""Report suppression comments that silence nothing."""

from dlint.checks import INFO, Fix, Report, fix, rule
from dlint.checks.registry import rule_called
from dlint.checks.suppressions import Suppression, SuppressionSubject
from dlint.text import BYTE_ORDER_MARK, Source, Span


@rule("unused-ignore", severity=INFO, triggers=("dlint",), looks_at="suppressions", fix="safe")
def check(subject: SuppressionSubject, report: Report) -> None:
    counts: dict[int, int] = {}
    for item in subject.items:
        counts[item.comment.start] = counts.get(item.comment.start, 0) + 1
    for item in subject.items:
        entry = rule_called(item.name)
        if item.used or not item.is_own or entry is None or entry.name not in subject.judged:
            continue
        report(
            item.span,
            f"{item.name} reports nothing here",
            advice="remove it",
            fix=_fix(item, report.source) if counts[item.comment.start] == 1 else None,
        )


def _fix(item: Suppression, source: Source) -> Fix:
    """Remove the comment, with its line if it has one of its own."""
    number = source.line_number(item.comment.start)
    line = source.line_span(number)
    before = source.text[line.start : item.comment.start]
    if before.strip(f" \t{BYTE_ORDER_MARK}"):
        return fix("safe", "remove the comment", (Span(line.start + len(before.rstrip()), line.end), ""))
    start = line.start + before.startswith(BYTE_ORDER_MARK)
    following = source.line_starts[number] if number < len(source.line_starts) else len(source.text)
    return fix("safe", "remove the comment", (Span(start, following), ""))
