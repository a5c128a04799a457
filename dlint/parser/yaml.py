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

    from dlint.parser.compose.variables import Variable

MAX_EVENTS = 200_000
MAX_VALUES = 200_000
"""How many values a file may have once every alias is written out."""
MAX_DEPTH = 60
_NULL = ("", "~", "null", "Null", "NULL")


class Node:
    """A value: text, a list of nodes, or pairs of nodes; *kind* is ``text``, ``list`` or ``table``."""

    __slots__ = ("is_known", "items", "kind", "pairs", "source", "span", "style", "tag", "text", "variables")

    def __init__(
        self, kind: str, span: Span, text: str = "", *, source: Source, style: str = "", tag: str | None = None
    ) -> None:
        self.kind = kind
        self.source = source
        self.span = span
        self.text = text
        """The value of a text; with variables put in, in a compose file."""
        self.style = style
        """How a text is written: ``"``, ``'``, ``|``, ``>``, or nothing for a plain one."""
        self.tag = tag
        """A tag that is written out: ``!reset``, ``!!str``."""
        self.is_known = True
        """False for a text in which a variable without a known value stands."""
        self.variables: tuple[Variable, ...] = ()
        """The variables that stand in a text, as far as they were looked up."""
        self.items: list[Node] = []
        self.pairs: list[tuple[Node, Node]] = []

    @property
    def is_plain(self) -> bool:
        """Whether a text stands without quotes, so that it may be a number, a truth value or nothing."""
        return self.kind == "text" and not self.style

    @property
    def is_null(self) -> bool:
        """Whether nothing is said: ``key:``, ``~`` or ``null``."""
        return self.is_plain and self.text in _NULL and not self.variables and not self.tag

    @property
    def written(self) -> str:
        """The characters of the file."""
        return self.source.text[self.span.start : self.span.end]

    def get(self, name: str) -> "Node | None":
        """Return the value of a key; None where there is none, or this is no table."""
        for key, value in self.pairs:
            if key.kind == "text" and key.text == name:
                return value
        return None

    def copy(self) -> "Node":
        """Return a node of its own with the same place, text, items and pairs."""
        copied = Node(self.kind, self.span, self.text, source=self.source, style=self.style, tag=self.tag)
        copied.is_known = self.is_known
        copied.variables = self.variables
        copied.items = list(self.items)
        copied.pairs = list(self.pairs)
        return copied

    def __repr__(self) -> str:
        return f"Node({self.kind!r}, {self.span})"


def read_yaml(source: Source) -> Node | None:
    """Return the first document of a file, None for an empty one.

    Raises UnreadableError.
    """
    return next(_documents(source, []), None)


def read_documents(source: Source) -> tuple[list[Node], list[tuple[Node, Node]]]:
    """Return all documents of a file, and the keys that stand twice in a table: the second and the first.

    Raises UnreadableError.
    """
    repeated: list[tuple[Node, Node]] = []
    return list(_documents(source, repeated)), repeated


def _documents(source: Source, repeated: list[tuple[Node, Node]]) -> "Iterator[Node]":
    import yaml

    skipped = len(source.text) - len(source.text.lstrip(BYTE_ORDER_MARK))
    text = source.text[skipped:]
    loader: Any = None
    try:
        loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)(text)
        yield from _Composer(loader, source, skipped, repeated).documents()
    except (yaml.YAMLError, UnicodeError, RecursionError) as error:
        raise _unreadable(error, text, skipped) from None
    finally:
        if loader is not None:
            loader.dispose()


def _unreadable(error: Exception, text: str, skipped: int) -> UnreadableError:
    from dlint.parser.yaml_errors import explain

    problem, place = explain(error, text)
    return UnreadableError(f"is no valid YAML: {problem}", Span(place + skipped, place + skipped))


class _Open:
    """A list or table that is not closed yet: its node, the nodes in it so far, and how deep they go."""

    __slots__ = ("anchor", "end", "height", "inside", "node", "values_before")

    def __init__(self, node: Node, anchor: str | None, values_before: int) -> None:
        self.node = node
        self.anchor = anchor
        self.inside: list[Node] = []
        self.end = node.span.end
        self.height = 0
        self.values_before = values_before


class _Composer:
    """Puts nodes together from events."""

    def __init__(self, loader: "Any", source: Source, skipped: int, repeated: list[tuple[Node, Node]]) -> None:
        self.loader = loader
        self.source = source
        self.skipped = skipped
        self.repeated = repeated
        self.anchors: dict[str, tuple[Node, int, int]] = {}
        """What an anchor names, of how many values it is made, and how many levels it has."""
        self.values = 0
        self.root: Node | None = None
        self.open: list[_Open] = []

    def documents(self) -> "Iterator[Node]":
        for name, event in self._events():
            span = self._span(event)
            if name == "ScalarEvent":
                self._text(event, span)
            elif name in ("SequenceStartEvent", "MappingStartEvent"):
                self._begin("list" if name == "SequenceStartEvent" else "table", event, span)
            elif name in ("SequenceEndEvent", "MappingEndEvent"):
                self._close(span)
            elif name == "AliasEvent":
                self._alias(event.anchor, span)
            elif name == "DocumentEndEvent" and self.root is not None:
                yield self.root
                self.root = None
                self.anchors.clear()

    def _span(self, event: "Any") -> Span:
        start, end = event.start_mark.index + self.skipped, event.end_mark.index + self.skipped
        if getattr(event, "anchor", None) or getattr(event, "tag", None):
            # libyaml counts anchor and tag to the value; whoever changes the value does not mean them.
            start = min(behind_properties(self.source.text, start, end), end)
        if getattr(event, "style", None) in ("|", ">"):
            end = start + len(self.source.text[start:end].rstrip())
        return Span(start, end)

    def _events(self) -> "Iterator[tuple[str, Any]]":
        for _ in range(MAX_EVENTS):
            if not self.loader.check_event():
                return
            event = self.loader.get_event()
            yield type(event).__name__, event
        raise UnreadableError(f"has more than {MAX_EVENTS:,} values", Span(0, 0), is_limit=True)

    def _text(self, event: "Any", span: Span) -> None:
        node = Node("text", span, event.value, source=self.source, style=event.style or "", tag=event.tag)
        if event.anchor:
            self.anchors[event.anchor] = (node, 1, 0)
        self._add(node, 1, 0, span.end)

    def _begin(self, kind: str, event: "Any", span: Span) -> None:
        if len(self.open) >= MAX_DEPTH:
            raise UnreadableError(f"is nested more than {MAX_DEPTH} levels deep", span, is_limit=True)
        node = Node(kind, span, source=self.source, tag=event.tag)
        # What stood under this name before is no longer meant inside either.
        if event.anchor:
            self.anchors.pop(event.anchor, None)
        self._add(node, 1, 0, span.end)
        self.open.append(_Open(node, event.anchor, self.values - 1))

    def _add(self, node: Node, values: int, height: int, end: int) -> None:
        self.values += values
        if self.open:
            outer = self.open[-1]
            outer.inside.append(node)
            outer.end = end
            outer.height = max(outer.height, height + 1)
        else:
            self.root = node

    def _alias(self, name: str, span: Span) -> None:
        node, values, height = self.anchors.get(name) or (None, 0, 0)
        if node is None:
            if any(outer.anchor == name for outer in self.open):
                raise UnreadableError(f"is no valid YAML: *{name} stands inside of what it stands for", span)
            raise UnreadableError(f"is no valid YAML: *{name} stands for nothing, there is no &{name} above", span)
        if self.values + values > MAX_VALUES:
            problem = f"has more than {MAX_VALUES:,} values once its aliases are written out"
            raise UnreadableError(problem, span, is_limit=True)
        if len(self.open) + height > MAX_DEPTH:
            raise UnreadableError(
                f"is nested more than {MAX_DEPTH} levels deep once its aliases are written out", span, is_limit=True
            )
        # A text may be a key in one place and a value in another, and only values have variables.
        self._add(node.copy() if node.kind == "text" else node, values, height, span.end)

    def _close(self, span: Span) -> None:
        closed = self.open.pop()
        node, inside = closed.node, closed.inside
        # A block ends with what stands in it; libyaml would go on to the next token.
        end = max(node.span.start, span.end if span.end > span.start else closed.end)
        node.span = Span(node.span.start, end)
        if node.kind == "list":
            node.items = inside
        else:
            node.pairs = list(zip(inside[::2], inside[1::2], strict=True))
            self._compare_keys(node)
        if closed.anchor:
            self.anchors[closed.anchor] = (node, self.values - closed.values_before, closed.height)
        if self.open:
            self.open[-1].height = max(self.open[-1].height, closed.height + 1)
            self.open[-1].end = end

    def _compare_keys(self, node: Node) -> None:
        first: dict[str, Node] = {}
        for key, _ in node.pairs:
            if key.kind == "text" and first.setdefault(key.text, key) is not key:
                self.repeated.append((key, first[key.text]))


def behind_properties(text: str, place: int, end: int) -> int:
    """Return where a value begins behind its anchor and tag."""
    while place < end and text[place] in "&!":
        while place < end and text[place] not in " \t\r\n":
            place += 1
        while place < end and text[place] in " \t\r\n":
            place += 1
        while place < end and text[place] == "#":
            place = text.find("\n", place, end) + 1 or end
            while place < end and text[place] in " \t\r\n":
                place += 1
    return place
