"""The comments of a YAML file."""

from dlint.parser.dockerfile.ast import Comment

TYPE_CHECKING = False
if TYPE_CHECKING:
    from dlint.parser.yaml import Node
    from dlint.text import Source, Span


def comments_of(source: "Source", root: "Node | None") -> list[Comment]:
    """Return the comments of a file, in order; *root* is what stands in it."""
    texts = _texts(source, root)
    found = []
    place = source.text.find("#")
    while place >= 0:
        following = source.text.find("\n", place)
        end = len(source.text) if following < 0 else following
        while texts and texts[-1].end <= place:
            texts.pop()
        if texts and texts[-1].start <= place:
            # Inside a text.
            place = source.text.find("#", place + 1)
            continue
        if place == 0 or source.text[place - 1].isspace():
            content = source.text[place + 1 : end]
            text = content.strip()
            begin = place
            found.append(Comment(text, begin, begin + 1 + len(content.rstrip()), inside=False))
        place = source.text.find("#", end if found and found[-1].start == place else place + 1)
    return found


def _texts(source: "Source", root: "Node | None") -> "list[Span]":
    """Return the places of all texts of a file, the last first."""
    found, seen, waiting = [], set(), [root] if root is not None else []
    while waiting:
        node = waiting.pop()
        if id(node) in seen or node.source is not source:
            continue
        seen.add(id(node))
        if node.kind == "text":
            found.append(node.span)
        waiting += node.items
        waiting += [each for pair in node.pairs for each in pair]
    return sorted(found, reverse=True)
