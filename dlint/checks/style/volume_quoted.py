"""Report quotes around volumes that need none."""

from dlint.checks import INFO, Report, rule
from dlint.checks.style._quotes import unquoted
from dlint.model.compose.project import ComposeProject
from dlint.model.compose.topics.written import written_services, written_value


@rule(
    "volume-quoted", severity=INFO, default=False, looks_at="compose", aliases=("no-quotes-in-volumes",),
    triggers=("volumes",), fix="safe",
)  # fmt: skip
def check(project: ComposeProject, report: Report) -> None:
    for _, table in written_services(project):
        node = written_value(table, "volumes")
        if node is None:
            continue
        for item in node.items:
            if item.kind != "text" or not item.style or item.span.start < node.span.start:
                continue
            change = unquoted(item)
            if change is not None:
                report(
                    item, f"the volume {item.text} stands in quotes it does not need", advice="leave them out",
                    fix=change,
                )  # fmt: skip
