"""Merge keys: ``<<: *base`` and ``<<: [*first, *second]``."""

from dlint.parser.yaml import Node

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator


def resolve_merge_keys(root: Node) -> list[tuple[Node, str]]:
    """Put the pairs that merge keys name into their tables, and return what is wrong with some.

    What a table says itself goes before what it merges, and of several the first. Nodes are
    shared by all their aliases and so changed once.
    """
    wrong: list[tuple[Node, str]] = []
    for node in inside_out(root):
        if node.kind == "table" and any(is_merge_key(key) for key, _ in node.pairs):
            node.pairs = _merged(node, wrong)
    return wrong


def is_merge_key(key: Node) -> bool:
    """Whether a key is ``<<``, without quotes."""
    return key.text == "<<" and key.is_plain


def inside_out(root: Node) -> "Iterator[Node]":
    """Yield each node once, those inside of another before it; keys are left out."""
    seen = {id(root)}
    stack: list[tuple[Node, bool]] = [(root, False)]
    while stack:
        node, is_done = stack.pop()
        if is_done or node.kind == "text":
            yield node
            continue
        stack.append((node, True))
        for child in node.items or [value for _, value in node.pairs]:
            if id(child) not in seen:
                seen.add(id(child))
                stack.append((child, False))


def _merged(node: Node, wrong: list[tuple[Node, str]]) -> list[tuple[Node, Node]]:
    pairs = [pair for pair in node.pairs if not is_merge_key(pair[0])]
    taken = {key.text for key, _ in pairs if key.kind == "text"}
    for key, value in node.pairs:
        if not is_merge_key(key):
            continue
        for table in value.items if value.kind == "list" else [value]:
            if table.kind != "table":
                wrong.append((value, "<< takes a table or a list of tables"))
                break
            for name, inside in table.pairs:
                if name.text not in taken:
                    taken.add(name.text)
                    pairs.append((name, inside))
    return pairs
