"""YAML as a tree that knows its places; what the values mean is for others to say.

Made from PyYAML's events without recursion: its own ``compose`` crashes the process on deep nesting.
An alias is the very node it stands for. Only the first document is read.
"""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

MAX_DEPTH = 100
MAX_NODES = 100_000


class YamlError(Exception):
    """Why a text is not read; *line* and *column* count from 1."""

    def __init__(self, message: str, line: int, column: int) -> None:
        super().__init__(message)
        self.message = message
        self.line = line
        self.column = column


class Node:
    """A scalar, a sequence or a mapping, and where it begins; *line* and *column* count from 1.

    *text* is the value of a scalar, None for the others; *is_plain* says that it has no quotes.
    *items* are the nodes of a sequence, *pairs* the keys and values of a mapping.
    """

    __slots__ = ("column", "is_plain", "items", "kind", "line", "pairs", "text")

    def __init__(self, kind: str, line: int, column: int, text: str | None = None, *, is_plain: bool = False) -> None:
        self.kind = kind
        self.line = line
        self.column = column
        self.text = text
        self.is_plain = is_plain
        self.items: list[Node] = []
        self.pairs: list[tuple[Node, Node]] = []

    @property
    def is_empty(self) -> bool:
        """Whether it is nothing at all: ``key:`` without a value, or null."""
        return self.is_plain and self.text in ("", "~", "null", "Null", "NULL")


def read(text: str) -> Node:
    """Return the tree of a text, an empty scalar for an empty one.

    Raises YamlError.
    """
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        return _build(yaml.parse(text, Loader=loader))
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        problem = getattr(error, "problem", None) or getattr(error, "reason", None) or str(error).partition("\n")[0]
        line, column = (mark.line + 1, mark.column + 1) if mark else (_line_of(text, error), 1)
        raise YamlError(problem, line, column) from None


def _line_of(text: str, error: object) -> int:
    """Return the line of an error that knows its offset only."""
    return text.count("\n", 0, getattr(error, "position", 0)) + 1


def _build(events: "Any") -> Node:
    root = Node("document", 1, 1)
    open_nodes = [root]
    # Keys of mappings that still wait for their values.
    keys: list[Node | None] = [None]
    anchors: dict[str, Node] = {}
    count = 0
    for event in events:
        name = type(event).__name__
        mark = event.start_mark
        if name in ("SequenceEndEvent", "MappingEndEvent"):
            open_nodes.pop()
            keys.pop()
            continue
        if name == "DocumentEndEvent":
            break
        if name == "AliasEvent":
            if event.anchor not in anchors:
                raise YamlError(f"undefined alias {event.anchor}", mark.line + 1, mark.column + 1)
            node = anchors[event.anchor]
        elif name == "ScalarEvent":
            node = Node("scalar", mark.line + 1, mark.column + 1, event.value, is_plain=event.implicit[0])
        elif name in ("SequenceStartEvent", "MappingStartEvent"):
            node = Node("sequence" if name[0] == "S" else "mapping", mark.line + 1, mark.column + 1)
        else:
            continue
        count += 1
        if count > MAX_NODES or len(open_nodes) > MAX_DEPTH:
            raise YamlError("this is too large, or nested too deeply", mark.line + 1, mark.column + 1)
        _add(open_nodes[-1], keys, node)
        if name != "AliasEvent":
            if event.anchor:
                anchors[event.anchor] = node
            if node.kind != "scalar":
                open_nodes.append(node)
                keys.append(None)
    return root.items[0] if root.items else Node("scalar", 1, 1, "", is_plain=True)


def _add(parent: Node, keys: "list[Node | None]", node: Node) -> None:
    """Put a node into the one that is open."""
    if parent.kind != "mapping":
        parent.items.append(node)
        return
    key = keys[-1]
    if key is None:
        keys[-1] = node
    else:
        parent.pairs.append((key, node))
        keys[-1] = None
