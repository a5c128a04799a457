"""Secrets that are written into compose files: by what they are called, by their form, and in addresses."""

from bisect import bisect_right

from dlint.knowledge.compose_secrets import HARMLESS_SETTING, SERVICE_ADDRESS, names_secret
from dlint.model.compose.values import pairs_of
from dlint.model.secret_tokens import tokens_in
from dlint.parser.yaml import Node
from dlint.regex import lazy
from dlint.text import Source, Span

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from dlint.model.compose.project import ComposeProject
    from dlint.model.compose.service import Service

_HARMLESS = lazy(HARMLESS_SETTING)
_ADDRESS = lazy(SERVICE_ADDRESS)
_DUMMY = lazy(
    r"(?i)(?:test|testing|example|sample|sk-(?:test|dummy|fake|x+|\.{3})|.{0,40}(?:placeholder|example|redacted))"
    r".{0,20}\Z"
)
_DEFAULT = lazy(r"\$\{(\w{1,80}):?-([^{}$]{1,300})\}\Z")
_OPTION = lazy(r"(?<![\w-])--?([A-Za-z][\w.-]{2,60})(?:=|[ \t]+)([\"']?)([^\s\"'$;&|<>-][^\s\"';&|<>]{0,200})\2")
_NAME = lazy(r"\s*[\"']?\s*([A-Za-z_][\w.-]{0,200})=")
_OPTION_ALONE = lazy(r"--?([A-Za-z][\w.-]{2,60})\Z")
# Keys and tokens that are shorter than this stand for something else.
_LEAST_KEY = 6
_MAX_VALUE = 2_000


class WrittenSecret:
    """A secret that stands in a compose file.

    *kind* is ``setting`` (its *name* says that it is secret), ``option`` (of a command line), ``address`` (the
    password in a URL) or ``token`` (*name* says whose). *place* is what to report, *value_span* where the
    secret itself stands. *variable* is the variable for which it is the default, None where it always
    counts; *service* the service it belongs to, if it is one's own.
    """

    __slots__ = ("kind", "name", "node", "place", "service", "source", "value", "value_span", "variable")

    def __init__(
        self,
        kind: str,
        name: str,
        source: Source,
        place: Span,
        value_span: Span,
        *,
        variable: str | None = None,
        service: "Service | None" = None,
        node: Node | None = None,
    ) -> None:
        self.kind = kind
        self.name = name
        self.source = source
        self.place = place
        self.value_span = value_span
        self.value = source.text[value_span.start : value_span.end]
        self.variable = variable
        self.service = service
        self.node = node

    @property
    def is_item(self) -> bool:
        """Whether name and value are one text: ``- NAME=value``."""
        return self.node is not None and self.node.span.start <= self.place.start < self.node.span.end

    def __repr__(self) -> str:
        return f"WrittenSecret({self.kind!r}, {self.name!r})"


def written_secrets(project: "ComposeProject") -> list[WrittenSecret]:
    """Return the secrets of a project's files, each place once, in the order of the files."""
    return project.once("written secrets", lambda: _find(project))


def _find(project: "ComposeProject") -> list[WrittenSecret]:
    found: list[WrittenSecret] = []
    for file in project.files:
        found += [WrittenSecret("token", kind, file.source, span, span) for span, kind in tokens_in(file.source.text)]
    for service in project.services.values():
        found += _entries(service, service.get("environment"))
        found += _entries(service, service.get("build", "args"))
        for name in ("command", "entrypoint"):
            found += _options(service, service.get(name))
    for file in project.files:
        if file.root is not None:
            found += _addresses(file.root)
    taken: dict[int, list[Span]] = {}
    kept = []
    for secret in found:
        places, span = taken.setdefault(id(secret.source), []), secret.value_span
        place = bisect_right(places, span)
        if all(span.start >= other.end or other.start >= span.end for other in places[max(0, place - 1) : place + 1]):
            places.insert(place, span)
            kept.append(secret)
    order = {id(file.source): number for number, file in enumerate(project.files)}
    return sorted(kept, key=lambda secret: (order.get(id(secret.source), len(order)), secret.value_span))


# Settings --------------------------------------------------------------------------------


def _entries(service: "Service", node: Node | None) -> "Iterator[WrittenSecret]":
    for name, key, value in pairs_of(node):
        if names_secret(name) and value.kind == "text":
            yield from _setting(service, name, key, value, _inside(value))
    for item in node.items if node is not None else []:
        if item.kind != "text":
            continue
        match = _NAME.match(item.source.text, item.span.start, item.span.end)
        if match is not None and names_secret(match[1]):
            place = Node("text", Span(match.start(1), match.end(1)), source=item.source)
            yield from _setting(service, match[1], place, item, Span(match.end(), _inside(item).end))


def _inside(node: Node) -> Span:
    """Return the place of a text without its quotes."""
    span = node.span
    return Span(span.start + 1, max(span.start + 1, span.end - 1)) if node.style in ("'", '"') else span


def _setting(service: "Service", name: str, place: Node, node: Node, span: Span) -> "Iterator[WrittenSecret]":
    if node.style in ("|", ">") or span.end - span.start > _MAX_VALUE:
        return
    span = _unquoted(node.source.text, span)
    found = _literal(node.source.text, span)
    if found is None or not is_secret_value(name, node.source.text[found[0].start : found[0].end]):
        return
    yield WrittenSecret(
        "setting", name, node.source, place.span, found[0], variable=found[1], service=service, node=node
    )


def _unquoted(text: str, span: Span) -> Span:
    """Return a place without quotes that Compose takes as they are: ``- NAME="value"``."""
    inside = text[span.start : span.end]
    is_quoted = len(inside) > 1 and inside[0] == inside[-1] and inside[0] in "\"'"
    return Span(span.start + 1, span.end - 1) if is_quoted else span


def _literal(text: str, span: Span) -> tuple[Span, str | None] | None:
    """Return the place of what is written out in a value, and the variable for which it is the default."""
    value = text[span.start : span.end]
    match = _DEFAULT.match(value)
    if match is not None:
        return Span(span.start + match.start(2), span.start + match.end(2)), match[1]
    return None if "$" in value.replace("$$", "") or not value.strip() else (span, None)


def is_secret_value(name: str, value: str) -> bool:
    """Whether a value is a secret in a setting of this name, and no switch, path, number or placeholder."""
    kind = names_secret(name)
    value = value.strip()
    if kind is None or not value:
        return False
    if kind == "password":
        return not _HARMLESS.match(value) or value.isdigit()
    if kind == "auth" and ":" not in value and "/" not in value:
        return False
    return len(value) >= _LEAST_KEY and not _HARMLESS.match(value) and not _DUMMY.match(value)


# Command lines ---------------------------------------------------------------------------


def _options(service: "Service", node: Node | None) -> "Iterator[WrittenSecret]":
    if node is None:
        return
    items = node.items if node.kind == "list" else [node]
    for place, item in enumerate(items):
        if item.kind != "text":
            continue
        alone = _OPTION_ALONE.match(item.text)
        following = items[place + 1] if alone is not None and place + 1 < len(items) else None
        if alone is not None and following is not None and following.kind == "text":
            yield from _option(service, alone[1], item.span, following.source, _inside(following))
        for match in _OPTION.finditer(item.source.text, item.span.start, item.span.end):
            name, value = Span(match.start(1), match.end(1)), Span(match.start(3), match.end(3))
            yield from _option(service, match[1], name, item.source, value)


def _option(service: "Service", name: str, place: Span, source: Source, span: Span) -> "Iterator[WrittenSecret]":
    found = _literal(source.text, span)
    if found is None:
        return
    value = source.text[found[0].start : found[0].end]
    if not value.startswith("-") and is_secret_value(name, value):
        yield WrittenSecret("option", name, source, place, found[0], variable=found[1], service=service)


# Addresses -------------------------------------------------------------------------------


def _addresses(root: Node) -> "Iterator[WrittenSecret]":
    for node in _texts(root):
        if "://" not in node.text:
            continue
        for match in _ADDRESS.finditer(node.source.text, node.span.start, node.span.end):
            group = 1 if match[1] is not None else 3
            if _HARMLESS.match(match[group]) and not match[group].isdigit():
                continue
            span = Span(match.start(group), match.end(group))
            yield WrittenSecret("address", "", node.source, span, span, variable=match[2], node=node)


def _texts(root: Node) -> "Iterator[Node]":
    """Yield each text of a tree once."""
    stack, seen = [root], set()
    while stack:
        node = stack.pop()
        if id(node) in seen:
            continue
        seen.add(id(node))
        if node.kind == "text":
            yield node
        stack += reversed(node.items)
        stack += [value for _, value in reversed(node.pairs)]
