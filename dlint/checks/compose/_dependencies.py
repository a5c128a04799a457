"""What rules about ``depends_on`` share: advice with the lines to write, and edits of conditions."""

from dlint.checks import Fix, fix
from dlint.checks.compose._rewrites import Replacement, rewrite
from dlint.model.compose.dependencies import Dependency
from dlint.model.compose.service import Service
from dlint.model.compose.topics.waiting import Edge, probe_for, start_period_for
from dlint.parser.compose.rereading import can_reread
from dlint.parser.yaml import Node
from dlint.text import Source, Span

TYPE_CHECKING = False
if TYPE_CHECKING:
    from dlint.checks.compose._rewrites import Said


def condition_line(edge: Edge, condition: str) -> str:
    """Return the entry with a condition, in one line."""
    return f"{edge.target.name}: {{condition: {condition}}}"


def healthcheck_line(target: Service) -> str | None:
    """Return a health check that works for a service, in one line; None where none is known."""
    probe = probe_for(target)
    if probe is None:
        return None
    start = start_period_for(target)
    return f"healthcheck: {{test: {probe}, start_period: {start}}}" if start else f"healthcheck: {{test: {probe}}}"


def fix_condition(edge: Edge, condition: str) -> Fix | None:
    """Return the fix that gives an entry a condition: of ``depends_on`` in long form, or in short form made long."""
    service, dependency = edge.service, edge.dependency
    if not can_reread(service.project.source):
        return None
    if dependency.is_short:
        edits = _lengthen(service, dependency, condition)
    else:
        edits = _set(service, dependency, condition)
    return fix("unsafe", f"wait with condition: {condition}", *edits) if edits else None


def _set(service: Service, dependency: Dependency, condition: str) -> tuple[Replacement, ...] | None:
    """Return the edit of a condition that is written."""
    node = dependency.condition_node
    if node is dependency.node or node.style or node.source.text[slice(*node.span)] != node.text:
        return None
    return rewrite(service, node, condition, (node.span, condition))


def _lengthen(service: Service, dependency: Dependency, condition: str) -> tuple[Replacement, ...] | None:
    """Return the edits that make the short form the long one: a table in block style, with all comments."""
    node, key = service.get("depends_on"), service.key_at("depends_on")
    if node is None or key is None or node.kind != "list" or not node.items:
        return None
    names = [item.text for item in node.items]
    if len(set(names)) != len(names) or any(item.kind != "text" or item.style in ("|", ">") for item in node.items):
        return None
    conditions = {name: condition if name == dependency.name else "service_started" for name in names}
    source = node.source
    is_flow = source.text[node.span.start : node.span.start + 1] == "["
    edits = _of_flow(source, key, node, conditions) if is_flow else _of_block(source, key, node, conditions)
    said: Said = {name: {"condition": value} for name, value in conditions.items()}
    return rewrite(service, node, said, *edits) if edits else None


def _of_block(source: Source, key: Node, node: Node, conditions: dict[str, str]) -> list[Replacement]:
    """Return the edits of a list with a line for each item: ``- db`` becomes ``db:`` with a line below."""
    edits: list[Replacement] = []
    outer = _margin(source, key)
    for item in node.items:
        start = source.line_starts[source.line_number(item.span.start) - 1]
        before = source.text[start : item.span.start]
        if outer is None or before.strip(" ") != "-":
            return []
        margin = before[: before.index("-")]
        # Items may stand as far left as their key; the names of a table may not.
        margin += "  " if len(margin) <= len(outer) else ""
        written = source.text[slice(*item.span)]
        edits.append((Span(start, item.span.end), f"{margin}{written}:"))
        edits.append(_line_below(source, item, f"{margin}  condition: {conditions[item.text]}"))
    return edits


def _of_flow(source: Source, key: Node, node: Node, conditions: dict[str, str]) -> list[Replacement]:
    """Return the edits of ``depends_on: [db]`` on one line of its own."""
    margin = _margin(source, key)
    between = source.text[key.span.end : node.span.start]
    if margin is None or "\n" in source.text[node.span.start : node.span.end] or between.strip(" ") != ":":
        return []
    lines = []
    for item in node.items:
        lines += [f"{margin}  {source.text[slice(*item.span)]}:", f"{margin}    condition: {conditions[item.text]}"]
    return [(Span(key.span.end, node.span.end), ":"), _line_below(source, node, *lines)]


def _margin(source: Source, key: Node) -> str | None:
    """Return the blanks a key's line begins with; None if something else stands before it."""
    before = source.text[source.line_starts[source.line_number(key.span.start) - 1] : key.span.start]
    return None if before.strip(" ") else before


def _line_below(source: Source, node: Node, *lines: str) -> Replacement:
    """Return the edit that adds lines below the one a node ends on."""
    newline = "\r\n" if "\r\n" in source.text else "\n"
    number = source.line_number(node.span.end)
    end = source.line_starts[number - 1] + len(source.line(number).rstrip("\r\n"))
    return Span(end, end), "".join(f"{newline}{line}" for line in lines)
