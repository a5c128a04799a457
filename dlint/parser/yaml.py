"""YAML as nodes that know their places: bounded, without objects, and never recursive.

PyYAML's C parser gives events; the nodes are put together here, because its own ``compose`` calls
itself for every level. PyYAML is imported when the first file is read.
"""

from dlint.parser.unreadable import UnreadableError
from dlint.text import BYTE_ORDER_MARK, Source, Span

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

MAX_EVENTS = 200_000
MAX_DEPTH = 60
MAX_ALIASES = 100


class Node:
    """A value: text, a list of nodes, or pairs of nodes; *kind* is ``text``, ``list`` or ``table``."""

    __slots__ = ("is_known", "items", "kind", "pairs", "source", "span", "style", "tag", "text")

    def __init__(
        self, kind: str, span: Span, text: str = "", *, source: Source, style: str = "", tag: str | None = None
    ) -> None:
        self.kind = kind
        self.source = source
        self.span = span
        self.text = text
        self.style = style
        """How a text is written: ``"``, ``'``, ``|``, ``>``, or nothing for a plain one."""
        self.tag = tag
        """A tag that is written out: ``!reset``, ``!!str``."""
        self.is_known = True
        """False for a text in which a variable without a known value stands."""
        self.items: list[Node] = []
        self.pairs: list[tuple[Node, Node]] = []

    @property
    def is_plain(self) -> bool:
        """Whether this is a text without quotes, so that it may be a number, a truth value or nothing."""
        return self.kind == "text" and not self.style

    def get(self, name: str) -> "Node | None":
        """Return the value of a key; None where there is none, or this is no table."""
        for key, value in self.pairs:
            if key.kind == "text" and key.text == name:
                return value
        return None

    def __repr__(self) -> str:
        return f"Node({self.kind!r}, {self.span})"


def read_yaml(source: Source) -> Node | None:
    """Return the first document of a file, None for an empty one.

    Raises UnreadableError.
    """
    import yaml

    skipped = len(source.text) - len(source.text.lstrip(BYTE_ORDER_MARK))
    text = source.text[skipped:]
    try:
        loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)(text)
    except (yaml.YAMLError, UnicodeError) as error:
        raise _unreadable(error, text, skipped) from None
    try:
        return _Composer(loader, source, skipped).compose()
    except (yaml.YAMLError, UnicodeError, RecursionError) as error:
        raise _unreadable(error, text, skipped) from None
    finally:
        loader.dispose()


def _unreadable(error: Exception, text: str, skipped: int) -> UnreadableError:
    mark = getattr(error, "problem_mark", None)
    if mark is None or "could not find expected" in str(getattr(error, "problem", "")):
        # What ends too early is wrong where it began.
        mark = getattr(error, "context_mark", None) or mark
    place = mark.index if mark else getattr(error, "position", getattr(error, "start", 0))
    place = min(place if isinstance(place, int) else 0, len(text)) + skipped
    problem = getattr(error, "problem", None) or getattr(error, "reason", None) or "it cannot be decoded"
    return UnreadableError(f"is no valid YAML: {problem}", Span(place, place))


class _Composer:
    """Puts nodes together from events."""

    def __init__(self, loader: "Any", source: Source, skipped: int) -> None:
        self.loader = loader
        self.source = source
        self.skipped = skipped
        self.anchors: dict[str, Node] = {}
        self.aliases = 0
        self.root: Node | None = None
        self.open: list[tuple[Node, list[Node]]] = []
        """Lists and tables that are not closed yet, and the nodes in them so far."""

    def compose(self) -> Node | None:
        for name, event in self._events():
            span = Span(event.start_mark.index + self.skipped, event.end_mark.index + self.skipped)
            if name == "ScalarEvent":
                style = event.style or ""
                self._add(Node("text", span, event.value, source=self.source, style=style, tag=event.tag), event.anchor)
            elif name in ("SequenceStartEvent", "MappingStartEvent"):
                if len(self.open) >= MAX_DEPTH:
                    raise UnreadableError(f"is nested more than {MAX_DEPTH} levels deep", span, is_limit=True)
                kind = "list" if name == "SequenceStartEvent" else "table"
                node = Node(kind, span, source=self.source, tag=event.tag)
                self._add(node, event.anchor)
                self.open.append((node, []))
            elif name in ("SequenceEndEvent", "MappingEndEvent"):
                self._close(span)
            elif name == "AliasEvent":
                self._alias(event.anchor, span)
            elif name == "DocumentEndEvent":
                break
        return self.root

    def _events(self) -> "Iterator[tuple[str, Any]]":
        for _ in range(MAX_EVENTS):
            if not self.loader.check_event():
                return
            event = self.loader.get_event()
            yield type(event).__name__, event
        raise UnreadableError(f"has more than {MAX_EVENTS:,} values", Span(0, 0), is_limit=True)

    def _add(self, node: Node, anchor: str | None) -> None:
        if anchor:
            self.anchors[anchor] = node
        if self.open:
            self.open[-1][1].append(node)
        else:
            self.root = node

    def _alias(self, name: str, span: Span) -> None:
        self.aliases += 1
        if self.aliases > MAX_ALIASES:
            raise UnreadableError(f"has more than {MAX_ALIASES} aliases", span, is_limit=True)
        node = self.anchors.get(name)
        if node is None or any(node is outer for outer, _ in self.open):
            raise UnreadableError(f"is no valid YAML: *{name} stands for nothing", span)
        self._add(node, None)

    def _close(self, span: Span) -> None:
        node, inside = self.open.pop()
        node.span = Span(node.span.start, max(node.span.start, span.end))
        if node.kind == "list":
            node.items = inside
        else:
            node.pairs = list(zip(inside[::2], inside[1::2], strict=True))
