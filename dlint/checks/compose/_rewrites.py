"""Edits of compose files that replace something, and keep all around it: comments, anchors, order, line ends.

An edit is certain only if the file, read again with it, says what was intended there and the same
everywhere else. What aliases or ``extends`` share gets none.
"""

from dlint.checks.compose._edits import is_extended
from dlint.model.compose.service import Service
from dlint.parser.compose.rereading import reread
from dlint.parser.yaml import Node
from dlint.text import Span

Replacement = tuple[Span, str]

TYPE_CHECKING = False
if TYPE_CHECKING:
    Said = str | dict[str, "Said"]


def retext(service: Service, node: Node, text: str) -> tuple[Replacement, ...] | None:
    """Return the edit that makes a text of a service another one, in its quotes; None where it is not certain."""
    quote = node.style if node.style in ("'", '"') else ""
    start, end = node.span
    if node.kind != "text" or node.source.text[start:end] != f"{quote}{node.text}{quote}":
        return None
    return rewrite(service, node, text, (Span(start + len(quote), end - len(quote)), text))


def rewrite(service: Service, node: Node, said: "Said", *edits: Replacement) -> tuple[Replacement, ...] | None:
    """Return the edits if they make *node* of a service say *said*, and nothing else; else None."""
    source = node.source
    trees = reread(source, edits) if source is service.project.source else None
    if trees is None or is_extended(trees[0], service.name):
        return None
    return edits if _differ_only(*trees, node, said) else None


def _differ_only(before: Node, after: Node, place: Node, said: "Said") -> bool:
    """Whether two trees are the same but for the node at *place*, which stands for itself alone and says *said* now."""
    waiting, seen, count = [(before, after)], {id(before)}, 0
    while waiting:
        old, new = waiting.pop()
        if old.span == place.span and old.kind == place.kind:
            count += 1
            if not _says(new, said):
                return False
            continue
        if (old.kind, old.text, old.tag, old.style) != (new.kind, new.text, new.tag, new.style):
            return False
        if len(old.items) != len(new.items) or len(old.pairs) != len(new.pairs):
            return False
        children = list(zip(old.items, new.items, strict=True))
        for (name, value), (new_name, new_value) in zip(old.pairs, new.pairs, strict=True):
            children += [(name, new_name), (value, new_value)]
        for one, other in children:
            if id(one) not in seen:
                seen.add(id(one))
                waiting.append((one, other))
            elif _holds(one, place):
                # An alias stands for it too.
                return False
    return count == 1


def _holds(node: Node, place: Node) -> bool:
    """Whether a node is the place or encloses it."""
    return node.span.start <= place.span.start and place.span.end <= node.span.end


def _says(node: Node, said: "Said") -> bool:
    if isinstance(said, str):
        return node.kind == "text" and node.text == said
    pairs = [(key.text, value) for key, value in node.pairs]
    return [name for name, _ in pairs] == list(said) and all(_says(value, said[name]) for name, value in pairs)
