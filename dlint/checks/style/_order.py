"""What stands in another order than it should: where, and the edits that put it right."""

from dlint.checks import Fix, fix
from dlint.parser.compose.blocks import reordered
from dlint.parser.yaml import Node
from dlint.regex import lazy
from dlint.text import Span

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

_DASH = lazy(r" *- +\Z")
_PUNCTUATION = str.maketrans("_-.", "\x01\x02\x03")


def alphabetical(name: str) -> tuple[str, str]:
    """Return what to sort names of services and keys by: letters of both cases together, ``_-.`` before digits."""
    return name.lower().translate(_PUNCTUATION), name.swapcase()


def first_misplaced(ranks: "Sequence[Any]") -> tuple[int, int] | None:
    """Return the index of the first thing that stands too late, and of the one it belongs before."""
    for index in range(1, len(ranks)):
        if ranks[index] < ranks[index - 1]:
            return index, next(place for place in range(index) if ranks[place] > ranks[index])
    return None


def sorting(entries: list[Node], ranks: "Sequence[Any]", message: str) -> Fix | None:
    """Return the fix that sorts entries of a block by their ranks, None if that is not certain to keep all else.

    Entries are keys of a table, or what stands behind the dashes of a list.
    """
    source = entries[0].source
    places = [entry.span.start for entry in entries]
    order = sorted(range(len(entries)), key=lambda index: ranks[index])
    edits = reordered(source, places, order)
    return fix("safe", message, *edits) if edits else None


def dashes(items: list[Node]) -> list[Node] | None:
    """Return a node at the dash of each item, None for a list in flow style or with aliases and tags."""
    found = []
    for item in items:
        source, start = item.source, item.span.start
        line = source.line_starts[source.line_number(start) - 1]
        if not _DASH.match(source.text[line:start]):
            return None
        dash = source.text.index("-", line)
        found.append(Node("text", Span(dash, start), source=source))
    return found
