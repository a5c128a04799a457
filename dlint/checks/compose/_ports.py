"""How a port is published for this machine only."""

from dlint.model.compose.ports import Port
from dlint.text import Span

_HERE = "127.0.0.1"
_EVERYWHERE = ("0.0.0.0:", "[::]:")


def bound_to_this_machine(port: Port) -> tuple[Span, str] | None:
    """Return the edit that publishes a port for this machine only; None where it is not certain."""
    node = port.node
    if node.kind != "text" or node.variables or node.style not in ("", "'", '"'):
        return None
    start = node.span.start + bool(node.style)
    written = node.source.text[start : node.span.end]
    if not node.text or not written.startswith(node.text):
        return None
    everywhere = next((text for text in _EVERYWHERE if written.startswith(text)), "")
    if (port.host_ip is None) == bool(everywhere) or (port.published is None and not everywhere):
        return None
    return Span(start, start + len(everywhere)), f"{_HERE}:"


def shown(port: Port) -> str:
    """Return how the port would be written for this machine only."""
    node = port.node
    if node.kind == "table":
        return f"host_ip: {_HERE}"
    rest = next((node.text.removeprefix(text) for text in _EVERYWHERE if node.text.startswith(text)), node.text)
    return f'"{_HERE}:{rest}"'
