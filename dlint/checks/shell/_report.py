"""Findings of ShellCheck as findings of a rule."""

from dlint.checks import ERROR, INFO, WARNING, Report, fix
from dlint.shellcheck.findings import ShellFinding

_SEVERITIES = {"error": ERROR, "warning": WARNING, "info": INFO, "style": INFO}


def report_finding(finding: ShellFinding, report: Report) -> None:
    """Report one finding under its code."""
    codes = tuple(f"SC{code}" for code in finding.codes)
    code = codes[0]
    report(
        finding.span,
        f"{_sentence(finding.message)} ({code})",
        advice=f"https://www.shellcheck.net/wiki/{code} explains it",
        severity=_SEVERITIES[finding.level],
        alias=codes,
        fix=fix("unsafe", f"as ShellCheck proposes for {code}", *finding.edits) if finding.edits else None,
    )


def _sentence(message: str) -> str:
    """Return a message without its period, and without the capital of a plain first word."""
    text = message.removesuffix(".").rstrip()
    first = text.split(" ", 1)[0]
    is_plain = first.isalpha() and first[0].isupper() and first[1:].islower()
    return text[0].lower() + text[1:] if is_plain else text
