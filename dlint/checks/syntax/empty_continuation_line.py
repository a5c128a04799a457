"""Report empty lines inside a continued instruction."""

from dlint.checks import WARNING, Report, fix, rule
from dlint.model.build import Build
from dlint.text import Span


@rule("empty-continuation-line", severity=WARNING, aliases=("NoEmptyContinuation",), fix="safe")
def check(build: Build, report: Report) -> None:
    text = build.source.text
    for instruction, blanks in build.dockerfile.blank_continuations:
        # An empty line at the end of the file continues nothing.
        inner = [span for span in blanks if span.start < instruction.end or text[span.end :].strip()]
        if not inner:
            continue
        edits = tuple((Span(span.start, min(len(text), span.end + 1)), "") for span in inner)
        report(
            inner[0],
            f"an empty line inside {instruction.keyword}",
            advice="delete it, or put a # there; BuildKit means to refuse it one day",
            fix=fix("safe", "delete the empty lines", *edits),
        )
