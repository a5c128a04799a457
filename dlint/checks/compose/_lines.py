"""Lines of compose files, for edits that keep everything around them."""

from dlint.model.compose.values import known_text
from dlint.parser.yaml import Node
from dlint.regex import lazy
from dlint.text import Span

TYPE_CHECKING = False
if TYPE_CHECKING:
    from re import Pattern

    from dlint.model.compose.service import Service

_ITEM = lazy(r"( *- +)\Z")
_KEY = lazy(r"( *)\Z")


def whole_lines(first: Node, last: Node) -> Span:
    """Return the place of all lines that two nodes of one file stand on, with the last line's end."""
    source = first.source
    following = source.line_number(max(last.span.end - 1, last.span.start))
    end = source.line_starts[following] if following < len(source.line_starts) else len(source.text)
    return Span(source.line_starts[source.line_number(first.span.start) - 1], end)


def variable_added(service: "Service", name: str, value: str) -> list[tuple[Span, str]] | None:
    """Return the edit that gives a service another variable, behind those it has.

    None where it has no ``environment`` in block style that is its own.
    """
    key, node = service.key_at("environment"), service.get("environment")
    if key is None or node is None or node.source is not key.source or node.span.start < key.span.end:
        return None
    if node.items:
        last = node.items[-1]
        return _below(last, _ITEM, f"{name}={value}") if known_text(last) is not None else None
    if node.pairs:
        first, last = node.pairs[-1]
        return _below(first, _KEY, f'{name}: "{value}"', last) if last.kind == "text" else None
    return None


def _below(node: Node, form: "Pattern[str]", text: str, end: Node | None = None) -> list[tuple[Span, str]] | None:
    """Return the edit that adds a line like that of a node below it; None unless it is a line of its own."""
    source, end = node.source, end or node
    line = source.line_number(node.span.start)
    match = form.match(source.text[source.line_starts[line - 1] : node.span.start])
    if end.source is not source or source.line_number(end.span.end) != line or end.span.end < node.span.start:
        return None
    if match is None:
        return None
    place = source.line_span(line).end
    ends = "\r\n" if source.text[place : place + 1] == "\r" else "\n"
    return [(Span(place, place), f"{ends}{match[1]}{text}")]


def listed(names: list[str], most: int = 4) -> str:
    """Return names as a part of a sentence, those beyond *most* as their number."""
    shown = names if len(names) <= most else [*names[: most - 1], f"{len(names) - most + 1} others"]
    return shown[0] if len(shown) == 1 else f"{', '.join(shown[:-1])} and {shown[-1]}"
