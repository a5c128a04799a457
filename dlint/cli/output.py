"""Where reports go and how they look there."""

import os
import sys

from dlint.engine.errors import UsageError
from dlint.engine.options import FORMATS
from dlint.report import Run, Style

TYPE_CHECKING = False
if TYPE_CHECKING:
    from dlint.engine.settings import Settings


class Output:
    """One report: its format, and the file it is written to (None: standard output)."""

    __slots__ = ("format", "path")

    def __init__(self, format: str, path: str | None) -> None:
        self.format = format
        self.path = path


def outputs(settings: "Settings") -> list[Output]:
    """Return the reports that were asked for.

    Raises UsageError for unknown formats and two reports in one place.
    """
    wanted = settings.value("output_format") or ("full",)
    found = []
    for text in wanted:
        name, _, path = text.partition(":")
        if name not in FORMATS:
            from difflib import get_close_matches

            near = get_close_matches(name, FORMATS, 1)
            hint = f"did you mean {near[0]}?" if near else f"there are {', '.join(FORMATS)}"
            raise UsageError(f"unknown output format {name!r}; {hint}")
        found.append(Output(name, path or None))
    if settings.value("output_file"):
        without_path = [output for output in found if output.path is None]
        if len(without_path) != 1:
            raise UsageError("--output-file goes with one format; write FORMAT:PATH for several")
        without_path[0].path = settings.value("output_file")
    if sum(output.path is None for output in found) > 1:
        raise UsageError("two reports for standard output; write FORMAT:PATH for one of them")
    return found


def write(output: Output, run: Run, style: Style) -> None:
    """Write one report.

    Raises UsageError where the file cannot be written.
    """
    if output.path is not None:
        style = Style()
    text = __import__(f"dlint.report.{output.format}", fromlist=["render"]).render(run, style)
    if output.path is None:
        put(text)
        return
    try:
        folder = os.path.dirname(output.path)
        if folder:
            os.makedirs(folder, exist_ok=True)
        with open(output.path, "w", encoding="utf-8", errors="backslashreplace") as file:
            file.write(text)
    except OSError as error:
        raise UsageError(f"cannot write {output.path}: {error.strerror}") from None


def write_estimates(reports: list[Output], run: Run, style: Style) -> None:
    """Print what the images will weigh below a report for people; ``json`` holds it itself."""
    if any(report.path is None and report.format not in ("full", "concise") for report in reports):
        return
    from dlint.report.estimate import render

    put(render(run, style))


def put(text: str) -> None:
    """Write to standard output, whatever its encoding."""
    stream = sys.stdout
    if stream is None:
        raise UsageError("standard output is closed; --output-file writes the report to a file")
    encoding = getattr(stream, "encoding", None) or "utf-8"
    stream.write(text.encode(encoding, "backslashreplace").decode(encoding))
    stream.flush()


def put_bytes(data: bytes) -> None:
    """Write to standard output, as it is."""
    binary = getattr(sys.stdout, "buffer", None)
    if binary is None:
        put(data.decode("utf-8", "backslashreplace"))
        return
    binary.write(data)
    binary.flush()


def style_for(settings: "Settings") -> Style:
    """Return how the report on standard output looks."""
    choice = settings.value("color")
    is_terminal = sys.stdout is not None and sys.stdout.isatty()
    if choice == "auto":
        color = _wants_color(is_terminal)
    else:
        color = choice == "always"
    links = is_terminal and color and "CI" not in os.environ and os.environ.get("TERM") != "dumb"
    return Style(color=color, links=links, width=_width(is_terminal))


def _wants_color(is_terminal: bool) -> bool:
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR") or os.environ.get("CLICOLOR_FORCE", "0") != "0":
        return True
    return is_terminal and os.environ.get("TERM") != "dumb"


def _width(is_terminal: bool) -> int:
    given = os.environ.get("COLUMNS", "")
    if given.isascii() and given.isdigit() and int(given[:5]) > 0:
        return max(40, int(given[:5]))
    if is_terminal:
        try:
            return max(40, os.get_terminal_size(sys.stdout.fileno()).columns or 80)
        except (OSError, ValueError):
            return 80
    return 120
