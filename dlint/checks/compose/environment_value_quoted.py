"""Report variables of lists whose quotes are part of their values."""

from dlint.checks import WARNING, Fix, Report, fix, rule
from dlint.checks.compose._lines import listed
from dlint.model.compose.project import ComposeProject
from dlint.model.compose.service import Service
from dlint.parser.yaml import Node
from dlint.text import Span

_LISTS = (("environment",), ("build", "args"))


@rule(
    "environment-value-quoted", severity=WARNING, looks_at="compose",
    triggers=('="', "='"), fix="unsafe",
)  # fmt: skip
def check(project: ComposeProject, report: Report) -> None:
    seen: set[tuple[int, Span]] = set()
    for service in project.services.values():
        for path in _LISTS:
            found = [item for item in _quoted(service, path) if (id(item.source), item.span) not in seen]
            seen |= {(id(item.source), item.span) for item in found}
            if found:
                _report(service, found, report)


def _quoted(service: Service, path: tuple[str, ...]) -> list[Node]:
    """Return the items whose values are in quotes of their own; what is quoted as a whole is meant so."""
    node = service.get(*path)
    return [item for item in node.items if _quotes(item)] if node is not None and node.kind == "list" else []


def _quotes(item: Node) -> str:
    """Return the quotes around a value, nothing where there are none."""
    if not item.is_plain:
        return ""
    name, _, value = item.written.partition("=")
    quote = value[:1]
    if quote not in ('"', "'") or len(value) < 2 or not value.endswith(quote) or quote in value[1:-1]:
        return ""
    return quote if name and not any(sign in name for sign in " \"'${") else ""


def _report(service: Service, items: list[Node], report: Report) -> None:
    first, *others = items
    names = listed([item.written.partition("=")[0] for item in items])
    are, name = ("are part of the values", "their") if others else ("are part of the value", "its")
    shown = first.written.partition("=")[0]
    report(
        first,
        f"{service.name} gets {names} with quotes: in a list, they {are}",
        advice=f'leave {name} quotes out, or put them around the whole item: - "{shown}=…"',
        labels=tuple((item, "here too") for item in others[:10]),
        fix=_fix(service, items),
    )


def _fix(service: Service, items: list[Node]) -> Fix | None:
    """Take the quotes away, where what is left is still plain text."""
    edits = []
    for item in items:
        name, _, value = item.written.partition("=")
        inner = value[1:-1]
        if item.source is not service.project.source or "\\" in inner or inner != inner.strip():
            return None
        if ": " in inner or " #" in inner or inner.endswith(":") or any(sign in inner for sign in "\n,[]"):
            return None
        edits.append((Span(item.span.start, item.span.end), f"{name}={inner}"))
    return fix("unsafe", "leave the quotes out", *edits)
