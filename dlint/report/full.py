"""The ``full`` format: each finding with its lines, carets, related places and advice."""

from dlint.diagnostic import Diagnostic, Label, Location, Saving, Severity, format_bytes
from dlint.report import Run, Style, rule_url
from dlint.report.snippet import Mark, Snippet, one_line

COLORS = {Severity.ERROR: 31, Severity.WARNING: 33, Severity.INFO: 36}


def render(run: Run, style: Style) -> str:
    """Return the findings for people."""
    return "".join(f"{render_one(diagnostic, style)}\n\n" for diagnostic in run.shown)


def render_one(diagnostic: Diagnostic, style: Style) -> str:
    """Return one finding."""
    location = diagnostic.location
    color = COLORS[diagnostic.severity]
    url = rule_url(diagnostic.family, diagnostic.rule)
    name = style.link(diagnostic.rule, url)
    position = location.source.position(location.span.start)
    head = style.paint(f"{diagnostic.severity.label}[{name}]", 1, color)
    here = [label for label in diagnostic.labels if label.location.path == location.path]
    elsewhere: dict[str, list[Label]] = {}
    for label in diagnostic.labels:
        if label.location.path != location.path:
            elsewhere.setdefault(label.location.path, []).append(label)
    marks = [Mark(location.span, "", is_primary=True)]
    marks += [Mark(label.location.span, one_line(label.message), is_primary=False) for label in here]
    # All line numbers of a finding stand in one column.
    gutter = max(len(str(_last_line(each))) for each in (location, *(label.location for label in diagnostic.labels)))
    picture = Snippet(location.source, style, color, gutter, diagnostic.hidden_in(location.source)).render(marks)
    pad = " " * gutter
    arrow = style.paint(f"{pad}-->", 1, 34)
    lines = [
        f"{head}: {style.paint(one_line(diagnostic.message), 1)}",
        f"{arrow} {location.path}:{position.line}:{position.column}",
        *picture,
    ]
    for path, labels in elsewhere.items():
        first = min((label.location for label in labels), key=lambda each: each.span.start)
        place = first.source.position(first.span.start)
        lines.append(style.paint(f"{pad}:::", 1, 34) + f" {path}:{place.line}:{place.column}")
        marks = [Mark(label.location.span, one_line(label.message), is_primary=False) for label in labels]
        lines += Snippet(first.source, style, 34, gutter, diagnostic.hidden_in(first.source)).render(marks)
    equals = style.paint(f"{pad} =", 1, 34)
    if diagnostic.saving:
        lines.append(f"{equals} saving: {saving_text(diagnostic.saving)}")
    if diagnostic.advice:
        lines.append(f"{equals} help: {one_line(diagnostic.advice)}")
    return "\n".join(lines)


def _last_line(location: Location) -> int:
    return location.source.line_number(max(location.span.start, location.span.end - 1))


_BASES = {"measured": "measured here", "lock-file": "from the lock file", "table": "from dlint's size table"}
_BOUNDS = {"exact": "", "at-least": "at least ", "range": "about "}


def saving_text(saving: Saving) -> str:
    """Return what a change is worth, and how that is known."""
    parts = []
    if saving.disk_bytes is not None:
        parts.append(f"{format_bytes(saving.disk_bytes)} in the image")
    elif saving.pull_bytes is not None:
        parts.append(f"{format_bytes(saving.pull_bytes)} downloaded again")
    if saving.seconds is not None:
        parts.append(f"{saving.seconds:.0f} s")
    return f"{_BOUNDS[saving.bound]}{', '.join(parts)} ({_BASES[saving.basis]})"


def summary(run: Run) -> str:
    """Return the last line: what was found and in how many files."""
    files = sum(file.error is None for file in run.files)
    counted = f"{files} file{'s' * (files != 1)}"
    parts = [
        f"{count} {severity.label}{'s' * (count != 1)}"
        for severity in (Severity.ERROR, Severity.WARNING, Severity.INFO)
        if (count := run.count(severity))
    ]
    ignored = f" ({run.silenced} ignored)" if run.silenced else ""
    if not parts:
        return f"All checks passed! ({counted}{f', {run.silenced} ignored' if run.silenced else ''})"
    text = f"Found {', '.join(parts)} in {counted}{ignored}."
    saved = sum(d.saving.disk_bytes or 0 for d in run.diagnostics if d.saving)
    if saved:
        text += f" About {format_bytes(saved)} could be saved."
    safe, unsafe = run.fixable
    if safe:
        text += f" {safe} fixable with --fix{f', {unsafe} more with --unsafe-fixes' if unsafe else ''}."
    elif unsafe:
        text += f" {unsafe} fixable with --fix --unsafe-fixes."
    if run.limit is not None and len(run.diagnostics) > run.limit:
        text += f" The first {run.limit} are shown."
    return text
