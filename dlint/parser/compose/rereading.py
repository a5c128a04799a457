"""A file read again with edits in it, to see that they change what they should and nothing else.

Each time costs as much as reading the file did, so it is done for as many edits as come to a million
characters: 200 of a file of 5,000. The others of a file that long are not certain.
"""

from dlint.parser.unreadable import UnreadableError
from dlint.parser.yaml import read_yaml
from dlint.text import Source, Span

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from dlint.parser.yaml import Node

MAX_READ = 1_000_000


class _Rereads:
    """What a file says as it is, and how often it may be read again."""

    __slots__ = ("before", "left")

    def __init__(self, source: Source) -> None:
        self.left = MAX_READ // max(1, len(source.text))
        self.before = as_written(source) if self.left else None


def as_written(source: Source) -> "Node | None":
    """Return the tree of a file as it stands there, before Compose makes anything of it; nobody may change it.

    None for a file that is empty or no YAML.
    """
    return source.once("as written", lambda: _read(source))


def can_reread(source: Source) -> bool:
    """Whether the file may be read once more."""
    return _rereads(source).left > 0


def reread(source: Source, edits: "Iterable[tuple[Span, str]]") -> "tuple[Node, Node] | None":
    """Return what a file says as it is and with some edits; None where that is not known.

    The first of the two is the same object each time: nobody may change it.
    """
    rereads = _rereads(source)
    if rereads.left <= 0 or rereads.before is None:
        return None
    rereads.left -= 1
    text = source.text
    for (start, end), added in sorted(edits, reverse=True):
        text = text[:start] + added + text[end:]
    after = _read(Source(text, source.path))
    return (rereads.before, after) if after is not None else None


def _read(source: Source) -> "Node | None":
    try:
        return read_yaml(source)
    except UnreadableError:
        return None


def _rereads(source: Source) -> _Rereads:
    return source.once("rereads", lambda: _Rereads(source))
