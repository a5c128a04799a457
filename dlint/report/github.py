"""The ``github`` format: workflow commands that become annotations.

The runner shows ten annotations of each kind a step (actions/runner, ExecutionContext.cs,
``_maxCountPerIssueType``), drops columns of ranges over several lines, and cuts messages at
4096 characters; what would be dropped is printed as plain lines instead.
"""

import os

from dlint.diagnostic import Diagnostic, Severity
from dlint.report import Run, Style
from dlint.report.concise import render as render_concise
from dlint.report.snippet import one_line

MAX_PER_KIND = 10
MAX_MESSAGE = 4096
KINDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}


def render(run: Run, style: Style) -> str:
    """Return commands for the worst findings and plain lines for the rest."""
    lines: list[str] = []
    rest: list[Diagnostic] = []
    counts = dict.fromkeys(KINDS, 0)
    # One notice is kept back to say that there is more.
    limits = {severity: MAX_PER_KIND - (severity == Severity.INFO) for severity in KINDS}
    for diagnostic in sorted(run.shown, key=lambda diagnostic: -diagnostic.severity):
        counts[diagnostic.severity] += 1
        if counts[diagnostic.severity] <= limits[diagnostic.severity]:
            lines.append(command(diagnostic))
        else:
            rest.append(diagnostic)
    if rest:
        remaining = Run([], [])
        remaining.diagnostics = sorted(rest, key=lambda diagnostic: diagnostic.sort_key)
        lines.append(render_concise(remaining, Style()).rstrip("\n"))
        plural = "findings are" if len(rest) > 1 else "finding is"
        lines.append(f"::notice title=dlint::{len(rest)} more {plural} in the log")
    return "".join(f"{line}\n" for line in lines)


def command(diagnostic: Diagnostic) -> str:
    """Return the workflow command of one finding."""
    location = diagnostic.location
    start = location.source.position(location.span.start)
    end = location.source.position(max(location.span.end - 1, location.span.start))
    properties = {"file": _file(location.path), "line": str(start.line), "endLine": str(end.line)}
    if start.line == end.line:
        properties["col"] = str(start.column)
        properties["endColumn"] = str(end.column)
    properties["title"] = f"dlint {diagnostic.rule}"
    message = one_line(diagnostic.message)
    if diagnostic.advice:
        message += f" ({one_line(diagnostic.advice)})"
    listed = ",".join(f"{key}={_property(value)}" for key, value in properties.items())
    return f"::{KINDS[diagnostic.severity]} {listed}::{_data(message[:MAX_MESSAGE])}"


def _file(path: str) -> str:
    """Return a path relative to the workspace of the runner, as given elsewhere."""
    workspace = os.environ.get("GITHUB_WORKSPACE")
    relative = os.path.relpath(path, workspace) if workspace else path
    return path if relative.startswith("..") else relative.replace(os.sep, "/")


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
