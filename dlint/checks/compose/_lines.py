"""Lines of compose files, for edits that keep everything around them, and names for messages."""

from dlint.parser.yaml import Node
from dlint.text import Span


def whole_lines(first: Node, last: Node) -> Span:
    """Return the place of all lines that two nodes of one file stand on, with the last line's end."""
    source = first.source
    following = source.line_number(max(last.span.end - 1, last.span.start))
    end = source.line_starts[following] if following < len(source.line_starts) else len(source.text)
    return Span(source.line_starts[source.line_number(first.span.start) - 1], end)


def listed(names: list[str], most: int = 4) -> str:
    """Return names as a part of a sentence, those beyond *most* as their number."""
    shown = names if len(names) <= most else [*names[: most - 1], f"{len(names) - most + 1} others"]
    return shown[0] if len(shown) == 1 else f"{', '.join(shown[:-1])} and {shown[-1]}"
