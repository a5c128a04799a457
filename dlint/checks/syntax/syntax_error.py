"""Report what BuildKit refuses to build."""

from dlint.checks import ERROR, Report, rule
from dlint.model.build import Build
from dlint.text import Span

_UTF16 = "the file is UTF-16; BuildKit reads UTF-8"


@rule("syntax-error", severity=ERROR, aliases=("DL1000", "DL3011", "DL3043", "DL3061", "DS-0008"))
def check(build: Build, report: Report) -> None:
    text = build.source.text
    if text.startswith(("\udcff\udcfe", "\udcfe\udcff")) or text.count("\0") > len(text) // 4:
        report(Span(0, min(2, len(text))), _UTF16, advice="save it as UTF-8", alias=())
        return
    if not text.isascii():
        _invalid_bytes(text, report)
    from dlint.model.validity import find_problems

    for problem in find_problems(build):
        report(problem.span, problem.message, advice=problem.advice, alias=_alias(problem.message))


def _invalid_bytes(text: str, report: Report) -> None:
    """Point at the first byte that is not UTF-8, carried as a lone surrogate."""
    for offset, character in enumerate(text):
        if "\udc80" <= character <= "\udcff":
            byte = ord(character) & 0xFF
            report(
                Span(offset, offset + 1), f"byte 0x{byte:02x} is not UTF-8", advice="save the file as UTF-8", alias=()
            )
            return


def _alias(message: str) -> tuple[str, ...]:
    if message.startswith("ONBUILD cannot defer"):
        return ("DL3043",)
    if "before the first FROM" in message:
        return ("DL3061",)
    if "above 65535" in message:
        return ("DL3011", "DS-0008")
    return ("DL1000",)
