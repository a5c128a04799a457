"""The table of ``--estimate``: what each instruction adds to an image, and how that is known."""

from dlint.diagnostic import format_bytes
from dlint.report import Run, Style
from dlint.report.snippet import one_line

TYPE_CHECKING = False
if TYPE_CHECKING:
    from dlint.engine.result import FileResult
    from dlint.model.amounts import Amount
    from dlint.model.install_weight import Weight
    from dlint.model.weight import Estimate

_BASES = {"measured": "measured here", "lock-file": "lock file", "table": "size table"}


def render(run: Run, style: Style) -> str:
    """Return a table for each file."""
    return "".join(_table(file, file.estimate, style) for file in run.files if file.estimate)


def _table(file: "FileResult", estimate: "Estimate", style: Style) -> str:
    # Only here: importing rich takes as long as checking many files.
    import io

    from rich.box import SIMPLE_HEAD
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(
        box=SIMPLE_HEAD, title=Text(f"{one_line(file.path)}: what the image will weigh"), title_justify="left"
    )
    table.add_column("line", justify="right", no_wrap=True)
    table.add_column("instruction", ratio=1, overflow="fold")
    table.add_column("on disk", justify="right", no_wrap=True)
    table.add_column("to pull", justify="right", no_wrap=True)
    table.add_column("known from")
    notes: dict[str, int] = {}
    for stage in estimate.stages:
        if len(estimate.stages) > 1:
            table.add_row("", Text(one_line(stage.stage.label), style="bold"))
        for part in stage.parts:
            line = stage.stage.source.line_number(part.span.start)
            what = one_line(part.what)
            if part.note:
                what += f" [{notes.setdefault(part.note, len(notes) + 1)}]"
            table.add_row(str(line), Text(what), *_cells(part.weight))
    table.add_section()
    total = estimate.total
    table.add_row("", Text("in all", style="bold"), *_cells(total))
    stream = io.StringIO()
    console = Console(
        file=stream, width=style.width, force_terminal=style.color, color_system="standard" if style.color else None,
        highlight=False, markup=False, emoji=False, legacy_windows=False, _environ={},
    )  # fmt: skip
    console.print(table)
    for note, number in notes.items():
        console.print(Text(f"[{number}] {note}"))
    # A table fills its width with blanks.
    return "".join(f"{line.rstrip()}\n" for line in stream.getvalue().rstrip().split("\n")) + "\n"


def _cells(weight: "Weight") -> tuple[str, str, str]:
    bases = [amount.basis for amount in (weight.disk, weight.pull) if amount.basis]
    known = " and ".join(dict.fromkeys(_BASES[basis] for basis in bases))
    return amount_text(weight.disk), amount_text(weight.pull), known or ("" if weight.is_nothing else "unknown")


def amount_text(amount: "Amount") -> str:
    """Return an amount for people: exact, a range, or at least so much."""
    if amount.is_unknown:
        return "?"
    low = format_bytes(amount.low)
    if amount.high is None:
        return f"at least {low}"
    high = format_bytes(amount.high)
    if low == high:
        return low if amount.basis != "table" else f"about {low}"
    if not amount.low:
        return f"up to {high}"
    number, _, unit = low.partition(" ")
    return f"{number} to {high}" if high.endswith(f" {unit}") else f"{low} to {high}"
