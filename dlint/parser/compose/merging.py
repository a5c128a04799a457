"""How Compose makes one tree of two: overrides, ``extends`` and several documents of a file.

What stands in a table decides: texts are replaced, tables are merged key by key, lists are
appended. The table below names the places where Compose does otherwise.
"""

from dlint.parser.compose.entries import IDENTITIES, nothing_behind, split_entry
from dlint.parser.yaml import Node
from dlint.text import Span

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    Path = tuple[str, ...]

RESET, OVERRIDE = "!reset", "!override"

# How two values of one key become one:
#   replace   the later one counts
#   entries   NAME=value lists and tables are the same thing; the later value of a name counts
#   names     lists of names and tables by name are the same thing
#   texts     a text is a list of one
#   hosts     entries that may stand several times
#   build     a text is the context
#   logging   merged only for the same driver
#   ulimit    a number and a table replace each other
_WAYS = {
    ("command",): "replace",
    ("entrypoint",): "replace",
    ("healthcheck", "test"): "replace",
    ("environment",): "entries",
    ("labels",): "entries",
    ("annotations",): "entries",
    ("sysctls",): "entries",
    ("build", "args"): "entries",
    ("build", "labels"): "entries",
    ("build", "additional_contexts"): "entries",
    ("deploy", "labels"): "entries",
    ("extra_hosts",): "hosts",
    ("build", "extra_hosts"): "hosts",
    ("depends_on",): "names",
    ("networks",): "names",
    ("models",): "names",
    ("dns",): "texts",
    ("dns_opt",): "texts",
    ("dns_search",): "texts",
    ("tmpfs",): "texts",
    ("env_file",): "texts",
    ("label_file",): "texts",
    ("gpus",): "texts",
    ("build",): "build",
    ("logging",): "logging",
    ("ulimits", "*"): "ulimit",
}
# Lists in which an entry is told by a part of it; a later one takes the place of an earlier one.
_TOLD_BY = {
    ("ports",): "port",
    ("volumes",): "target",
    ("devices",): "target",
    ("secrets",): "secret",
    ("configs",): "config",
    ("env_file",): "path",
    ("environment",): "name",
    ("labels",): "name",
    ("annotations",): "name",
    ("sysctls",): "name",
    ("build", "args"): "name",
    ("build", "labels"): "name",
    ("build", "additional_contexts"): "name",
    ("deploy", "labels"): "name",
    ("build", "tags"): "text",
    ("expose",): "text",
    ("profiles",): "text",
    ("cap_add",): "text",
    ("cap_drop",): "text",
    ("dns",): "text",
    ("dns_opt",): "text",
    ("dns_search",): "text",
    ("extra_hosts",): "text",
    ("links",): "text",
    ("tmpfs",): "text",
    ("depends_on",): "text",
    ("networks",): "text",
    ("models",): "text",
    ("networks", "*", "aliases"): "text",
    ("networks", "*", "link_local_ips"): "text",
}


class Merger:
    """Merges trees; *wrong* collects the nodes that Compose refuses to merge, and why."""

    def __init__(self) -> None:
        self.wrong: list[tuple[Node, str]] = []

    def merge(self, base: Node, over: Node) -> Node:
        """Return the tree of two whole files; neither is changed."""
        return self._value(base, over, ())

    def extend(self, base: Node, service: Node, name: str) -> Node:
        """Return the service of a name that extends another one; neither is changed."""
        return self._value(base, service, ("services", name))

    def _value(self, base: Node, over: Node, path: "Path") -> Node:
        if over.tag == OVERRIDE:
            return over
        way = _look_up(_WAYS, path)
        if way == "replace":
            return over
        if over.is_null:
            return base
        if base.is_null:
            return over
        if way is not None and base.kind != over.kind:
            base, over = _alike(way, base, over)
        if base.kind == "text" or (way == "ulimit" and base.kind != over.kind):
            return over
        if base.kind != over.kind:
            where = ".".join(path) or "the file"
            self.wrong.append(
                (over, f"Compose cannot merge {where}: this is a {over.kind}, and what it goes over a {base.kind}")
            )
            return over
        if base.kind == "list":
            return self._list(base, over, path)
        if way == "logging" and not _same_driver(base, over):
            return over
        return self._table(base, over, path)

    def _table(self, base: Node, over: Node, path: "Path") -> Node:
        merged = over.copy()
        places = {key.text: place for place, (key, _) in enumerate(base.pairs)}
        pairs: list[tuple[Node, Node] | None] = list(base.pairs)
        for key, value in over.pairs:
            place = places.get(key.text)
            if value.tag == RESET:
                if place is not None:
                    pairs[place] = None
            elif place is None:
                pairs.append((key, value))
            else:
                old = base.pairs[place]
                new = self._value(old[1], value, (*path, key.text))
                pairs[place] = (key, new) if new is not old[1] else old
        merged.pairs = [pair for pair in pairs if pair is not None]
        return merged

    def _list(self, base: Node, over: Node, path: "Path") -> Node:
        merged = over.copy()
        merged.items = base.items + [item for item in over.items if item.tag != RESET]
        told_by = _look_up(_TOLD_BY, path)
        if told_by is not None:
            merged.items = _unique(merged.items, IDENTITIES[told_by])
        return merged


def without_resets(root: Node) -> Node:
    """Return a tree without what is tagged ``!reset``; the same nodes where nothing is."""
    from dlint.parser.compose.merge_keys import inside_out

    for node in inside_out(root):
        if node.kind == "table" and any(value.tag == RESET for _, value in node.pairs):
            node.pairs = [pair for pair in node.pairs if pair[1].tag != RESET]
        elif node.kind == "list" and any(item.tag == RESET for item in node.items):
            node.items = [item for item in node.items if item.tag != RESET]
    return root


def _look_up(table: dict[tuple[str, ...], str], path: "Path") -> str | None:
    if len(path) < 3:
        return None
    if path[0] == "services":
        inside = path[2:]
        if len(inside) > 1 and inside[0] in ("ulimits", "networks"):
            inside = (inside[0], "*", *inside[2:])
        return table.get(inside)
    # Volumes and networks have labels as services do.
    if path[0] in ("volumes", "networks") and path[2:] == ("labels",):
        return table.get(("labels",))
    return None


def _same_driver(base: Node, over: Node) -> bool:
    drivers = [node.text for node in (base.get("driver"), over.get("driver")) if node is not None]
    return len(set(drivers)) < 2


def _unique(items: list[Node], identity: "Callable[[Node], object]") -> list[Node]:
    places: dict[object, int] = {}
    kept: list[Node] = []
    for item in items:
        told = identity(item)
        if told is not None and told in places:
            kept[places[told]] = item
            continue
        if told is not None:
            places[told] = len(kept)
        kept.append(item)
    return kept


def _alike(way: str, base: Node, over: Node) -> tuple[Node, Node]:
    """Return two nodes as the same kind, where Compose takes both."""
    if way in ("texts", "entries", "hosts"):
        base, over = (_list_of_one(node) if node.kind == "text" else node for node in (base, over))
    if way == "hosts":
        base, over = (_list_of_hosts(node) if node.kind == "table" else node for node in (base, over))
    if way in ("entries", "names") and {base.kind, over.kind} == {"list", "table"}:
        make = _table_of_names if way == "names" else _table_of_entries
        base, over = (make(node) if node.kind == "list" else node for node in (base, over))
    if way == "build":
        base, over = (_build_table(node) if node.kind == "text" else node for node in (base, over))
    return base, over


def _list_of_one(node: Node) -> Node:
    made = Node("list", node.span, source=node.source)
    made.items = [node]
    return made


def _build_table(node: Node) -> Node:
    made = Node("table", node.span, source=node.source)
    made.pairs = [(Node("text", node.span, "context", source=node.source), node)]
    return made


def _table_of_names(node: Node) -> Node:
    made = Node("table", node.span, source=node.source, tag=node.tag)
    made.pairs = [(item, nothing_behind(item)) for item in node.items if item.kind == "text"]
    return made


def _table_of_entries(node: Node) -> Node:
    made = Node("table", node.span, source=node.source, tag=node.tag)
    pairs = {item.text.partition("=")[0]: split_entry(item) for item in node.items if item.kind == "text"}
    made.pairs = list(pairs.values())
    return made


def _list_of_hosts(node: Node) -> Node:
    # A host may have several addresses, so that a table cannot hold all of them.
    made = Node("list", node.span, source=node.source, tag=node.tag)
    for key, value in node.pairs:
        for address in value.items or [value]:
            item = address.copy()
            item.text = f"{key.text}={address.text}"
            item.span = Span(key.span.start, max(value.span.end, key.span.end))
            made.items.append(item)
    return made
