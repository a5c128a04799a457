"""Report services that run more than once and take a certain port of the host."""

from dlint.checks import ERROR, WARNING, Fix, Report, Severity, fix, rule
from dlint.checks.compose._rewrites import retext
from dlint.model.compose.ports import Port
from dlint.model.compose.project import ComposeProject
from dlint.model.compose.service import Service
from dlint.model.compose.topics.orchestrator import COMPOSE, SWARM, find_runner
from dlint.model.compose.topics.publishing import MAX_PORTS, count_of, fixed_ports, published_ports


@rule(
    "replicas-with-fixed-host-port", severity=WARNING, looks_at="compose", triggers=("replicas", "scale"),
    fix="unsafe",
)  # fmt: skip
def check(project: ComposeProject, report: Report) -> None:
    runner = find_runner(project)
    if runner is not None and runner.name == SWARM:
        return
    severity = ERROR if runner is not None and runner.name == COMPOSE else WARNING
    for service in project.services.values():
        count = count_of(service)
        if count is not None and count > 1:
            _ports(service, count, severity, report)


def _ports(service: Service, count: int, severity: Severity, report: Report) -> None:
    replicas = service.replicas
    for port in fixed_ports(service):
        if port.published is None or replicas is None:
            continue
        first = port.published[0]
        is_range = port.published[1] > first
        taken = f"ports {first}-{port.published[1]}" if is_range else f"port {first}"
        wide = None if is_range else _range(service, port, count)
        who, rest = ("both", "other fails") if count == 2 else (f"all {count}", "others fail")
        gets = "gets them" if is_range else "gets it"
        report(
            port.node.get("published") or port.node,
            f"{who} containers of {service.name} want {taken} of the host: the first one {gets}, "
            f"and the {rest} to start",
            advice=_advice(port, wide),
            labels=((replicas.node, f"{count} containers"),),
            fix=_fix(service, port, wide),
            severity=severity,
        )


def _range(service: Service, port: Port, count: int) -> str | None:
    """Return as many ports as there are containers, None where another service takes one of them."""
    first = port.published[0] if port.published else 0
    last = first + count - 1
    for entry in _published(service.project):
        if entry is not port and entry.published and entry.published[0] <= last and first <= entry.published[1]:
            return None
    return f"{first}-{last}" if last <= 65535 else None


def _published(project: ComposeProject) -> list[Port]:
    """Return what all services publish; nothing is known to be free where that is too much to look through."""
    services = project.services.values()
    found = project.once("published", lambda: [port for service in services for port in published_ports(service)])
    return found if len(found) <= MAX_PORTS else [Port(project.root, (0, 0), (0, 65535))]


def _advice(port: Port, wide: str | None) -> str:
    behind = f"let a proxy (traefik, nginx) take it and leave only expose: [{port.target[0]}] here"
    if wide is None:
        return f"{behind}, or publish a free range of the host"
    if port.node.kind == "table":
        return f'publish a range, one port for each (published: "{wide}"), or {behind}'
    return f'publish a range, one port for each ("{_short(port, wide)}"), or {behind}'


def _short(port: Port, wide: str) -> str:
    """Return the short form with a range on the host."""
    text = port.node.text
    front, _, target = text.rpartition(":")
    host = front.rpartition(":")[0]
    return f"{host}:{wide}:{target}" if host else f"{wide}:{target}"


def _fix(service: Service, port: Port, wide: str | None) -> Fix | None:
    if wide is None:
        return None
    node = port.node.get("published") if port.node.kind == "table" else port.node
    edits = None
    if node is not None and (port.node.kind == "text" or node.style):
        edits = retext(service, node, wide if port.node.kind == "table" else _short(port, wide))
    return fix("unsafe", f"publish ports {wide}", *edits) if edits else None
