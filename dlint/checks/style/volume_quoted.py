"""Report quotes around volumes that need none."""

from dlint.checks import INFO, Report, rule
from dlint.checks.style._order import own_pairs
from dlint.checks.style._quotes import unquoted
from dlint.model.compose.project import ComposeProject


@rule(
    "volume-quoted", severity=INFO, default=False, looks_at="compose", aliases=("no-quotes-in-volumes",),
    triggers=("volumes",), fix="safe",
)  # fmt: skip
def check(project: ComposeProject, report: Report) -> None:
    root = project.files[0].root
    for service, table in own_pairs(root.get("services") if root is not None else None):
        node = table.get("volumes")
        for item in node.items if node is not None else ():
            if item.kind != "text" or not item.style or item.span.start < service.span.end:
                continue
            change = unquoted(item)
            if change is not None:
                report(
                    item, f"the volume {item.text} stands in quotes it does not need", advice="leave them out",
                    fix=change,
                )  # fmt: skip
