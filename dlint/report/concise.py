"""The ``concise`` format: one line a finding, ``path:line:column: severity[rule] message``."""

from dlint.report import Run, Style
from dlint.report.full import COLORS
from dlint.report.snippet import one_line


def render(run: Run, style: Style) -> str:
    """Return the findings, one a line."""
    lines = []
    for diagnostic in run.shown:
        location = diagnostic.location
        line, column = location.source.position(location.span.start)
        head = style.paint(f"{diagnostic.severity.label}[{diagnostic.rule}]", 1, COLORS[diagnostic.severity])
        lines.append(f"{location.path}:{line}:{column}: {head} {one_line(diagnostic.message)}\n")
    return "".join(lines)
