"""Report services that may change the models and data they only read."""

from dlint.checks import INFO, Fix, Report, fix, rule
from dlint.model.compose.mounts import Mount
from dlint.model.compose.project import ComposeProject
from dlint.model.compose.readers import Reading, only_read
from dlint.text import Span

TYPE_CHECKING = False
if TYPE_CHECKING:
    from dlint.parser.yaml import Node


@rule("compose-data-mount-writable", severity=INFO, looks_at="compose", triggers=("volumes",), fix="unsafe")
def check(project: ComposeProject, report: Report) -> None:
    if project.is_test or project.is_development:
        return
    for service in project.services.values():
        for reading in only_read(service):
            mount = reading.mount
            report(
                mount.node,
                f"{service.name} only reads {mount.source}, and may change it: {reading.reason}",
                advice=f"mount it read-only: {_shown(mount)}",
                labels=_labels(reading),
                fix=_fix(project, mount),
            )


def _labels(reading: Reading) -> "tuple[tuple[Node, str], ...]":
    return ((reading.writer.node, "what is written here"),) if reading.writer is not None else ()


def _shown(mount: Mount) -> str:
    if mount.node.kind == "table":
        return "read_only: true"
    return mount.node.text + (",ro" if mount.options else ":ro")


def _fix(project: ComposeProject, mount: Mount) -> Fix | None:
    """Return the fix that puts ``:ro`` behind a mount in the short form."""
    node = mount.node
    if node.kind != "text" or node.variables or node.style not in ("", "'", '"') or node.source is not project.source:
        return None
    if mount.options or node.text not in (node.written, node.written[1:-1]):
        return None
    end = node.span.end - bool(node.style)
    return fix("unsafe", "mount it read-only", (Span(end, end), ":ro"))
