"""Entries of lists in compose files: what tells one from another, and ``NAME=value`` in two parts."""

from dlint.parser.yaml import Node
from dlint.text import Span

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable


def nothing_behind(node: Node) -> Node:
    """Return a null that stands behind a node."""
    return Node("text", Span(node.span.end, node.span.end), source=node.source)


def split_entry(item: Node, separators: str = "=") -> tuple[Node, Node]:
    """Return the name and the value of a list entry ``NAME=value``.

    Each has its place, where the file has it as it is.
    The value is null where there is no separator.
    """
    at = min((place for separator in separators if (place := item.text.find(separator)) >= 0), default=-1)
    name = item.text if at < 0 else item.text[:at]
    quote = 1 if item.style in ("'", '"') else 0
    start = item.span.start + quote
    end = item.span.end - quote
    written = item.source.text[start:end]
    is_literal = written.startswith(item.text[: at + 1] if at >= 0 else item.text) and item.style not in ("|", ">")
    key = item.copy()
    key.text = name
    value = item.copy() if at >= 0 else nothing_behind(item)
    if at >= 0:
        value.text = item.text[at + 1 :]
        # What stands in a list entry is text, whatever it looks like.
        value.style = item.style or "'"
    if is_literal:
        key.span = Span(start, start + len(name))
        if at >= 0:
            value.span = Span(start + at + 1, end)
    return key, value


def _name(item: Node) -> object:
    return item.text.partition("=")[0] if item.kind == "text" else None


def _text(item: Node) -> object:
    return item.text if item.kind == "text" else None


def _field(item: Node, name: str) -> str | None:
    node = item.get(name)
    return node.text if node is not None and node.kind == "text" else None


def _path(item: Node) -> object:
    return item.text if item.kind == "text" else _field(item, "path")


def _target(item: Node) -> object:
    target = _field(item, "target") if item.kind != "text" else mount_target(item.text)
    return (target.rstrip("/") or "/") if target is not None else None


def mount_target(text: str) -> str:
    """Return the path in the container of ``source:target:mode``; drive letters of Windows are part of a path."""
    parts = text.split(":")
    if len(parts) > 1 and len(parts[0]) == 1 and parts[0].isalpha() and parts[1][:1] in ("/", "\\"):
        parts[:2] = [":".join(parts[:2])]
    return parts[0] if len(parts) == 1 else parts[1]


def _secret(item: Node) -> object:
    target = _field(item, "target")
    return target or f"/run/secrets/{item.text if item.kind == 'text' else _field(item, 'source')}"


def _config(item: Node) -> object:
    target = _field(item, "target")
    return target or f"/{item.text if item.kind == 'text' else _field(item, 'source')}"


def _port(item: Node) -> object:
    if item.kind == "text":
        text, _, protocol = item.text.partition("/")
        parts = text.split(":")
        return ("", *(parts if len(parts) > 2 else ("0.0.0.0", *parts)), protocol or "tcp")
    if item.kind != "table":
        return None
    address, protocol = _field(item, "host_ip") or "0.0.0.0", _field(item, "protocol") or "tcp"
    numbers = [_field(item, "published"), _field(item, "target")]
    return ("", address, *(number for number in numbers if number), protocol)


IDENTITIES: "dict[str, Callable[[Node], object]]" = {
    "name": _name,
    "text": _text,
    "path": _path,
    "target": _target,
    "secret": _secret,
    "config": _config,
    "port": _port,
}
