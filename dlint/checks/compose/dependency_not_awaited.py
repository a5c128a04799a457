"""Report services that wait for the start of another one where they need its answers."""

from dlint.checks import INFO, WARNING, Report, Severity, rule
from dlint.checks.compose._dependencies import condition_line, fix_condition, healthcheck_line
from dlint.model.compose.dependencies import HEALTHY
from dlint.model.compose.project import ComposeProject
from dlint.model.compose.service import Service
from dlint.model.compose.topics.waiting import Edge, edges, is_needed_at_start, is_patient, label_of
from dlint.model.role import Role
from dlint.parser.yaml import Node

# Labels of images (knowledge.compose_services) that answer a moment after they start.
_QUICK = frozenset({"Redis", "Valkey", "memcached", "NATS"})
# Labels of images whose clients wait for them by themselves: MongoDB's for 30 s.
_AWAITED = frozenset({"MongoDB"})
_MAX_LABELS = 5


@rule("dependency-not-awaited", severity=WARNING, looks_at="compose", triggers=("depends_on",), fix="unsafe")
def check(project: ComposeProject, report: Report) -> None:
    waiting = [edge for edge in edges(project) if _is_candidate(edge)]
    for edge in waiting:
        if edge.target.is_checked:
            _checked(edge, report)
    needed: dict[str, list[Edge]] = {}
    others: list[Edge] = []
    for edge in waiting:
        if edge.target.is_checked or label_of(edge.target) in _QUICK:
            continue
        if is_needed_at_start(edge.target):
            needed.setdefault(edge.target.name, []).append(edge)
        elif _is_own_server(edge.target):
            others.append(edge)
    # One message for each service without a check: what is to be done is done there.
    for found in needed.values():
        _needed(found, report)
    if others and not project.is_test and not project.is_development:
        _others(others, report)


def _is_candidate(edge: Edge) -> bool:
    """Whether an entry waits for something that answers requests, and does not say for what (the short form)."""
    target = edge.target
    if not edge.dependency.is_short or target.job is not None:
        return False
    return target.is_checked is True or target.is_job is False


def _is_own_server(service: Service) -> bool:
    """Whether a service is a server that is built here, and no readable image of it may have a check."""
    is_unchecked = service.is_checked is False or service.built is None
    return service.build is not None and service.role is Role.SERVING and is_unchecked


def _checked(edge: Edge, report: Report) -> None:
    check = edge.target.healthcheck
    node = check.test if check is not None else None
    report(
        edge.dependency.node,
        f"{edge.service.name} starts as soon as {edge.target.name} does, and does not wait for its health check",
        advice=f"wait until it answers ({condition_line(edge, HEALTHY)})",
        labels=((node or edge.target.key, "this would tell" if node else "its image has a HEALTHCHECK"),),
        fix=fix_condition(edge, HEALTHY),
        severity=_severity(edge),
    )


def _needed(found: list[Edge], report: Report) -> None:
    """Report who starts before a database, a broker or a model server answers."""
    edge = min(found, key=lambda each: _severity(each) is INFO)
    target, label = edge.target, label_of(edge.target)
    runs = f"{target.name} ({label})" if label and label.lower() not in target.name.lower() else target.name
    report(
        edge.dependency.node,
        f"{edge.service.name} starts as soon as {runs} does, before it answers: "
        f"{target.name} has no healthcheck here that Compose could wait for",
        advice=_advice(edge),
        labels=_labels(edge, found),
        severity=_severity(edge),
    )


def _others(found: list[Edge], report: Report) -> None:
    """Report, once for a file, who starts before servers of the project's own answer."""
    edge = found[0]
    name = edge.target.name
    report(
        edge.dependency.node,
        f"{edge.service.name} starts as soon as {name} does, before it answers: "
        f"{name} has no healthcheck here that Compose could wait for",
        advice=_advice(edge),
        labels=_labels(edge, found),
        severity=INFO,
    )


def _labels(edge: Edge, found: list[Edge]) -> tuple[tuple[Node, str], ...]:
    targets = list({each.target.name: each.target for each in found}.values())[:_MAX_LABELS]
    others = [each for each in found if each is not edge][:_MAX_LABELS]
    return (
        *((target.key, f"{target.name} has no healthcheck") for target in targets),
        *(
            (each.dependency.node, f"{each.service.name} does not wait for {each.target.name} either")
            for each in others
        ),
    )


def _severity(edge: Edge) -> Severity:
    """What starts again, or asks again, gets there in the end."""
    project = edge.service.project
    restart = edge.service.restart
    is_restarted = restart is not None and restart.value not in ("no", "false", "none")
    is_harmless = is_restarted or is_patient(edge.service) or label_of(edge.target) in _AWAITED
    return INFO if is_harmless or project.is_test or project.is_development else WARNING


def _advice(edge: Edge) -> str:
    """Return the lines to write; programs that ask again anyway may do without."""
    target, line = edge.target, healthcheck_line(edge.target)
    wait = f"wait for it here ({condition_line(edge, HEALTHY)})"
    ports = {port.target[0] for port in target.ports}
    if line is None and len(ports) == 1:
        probe = f"import socket; socket.create_connection(('127.0.0.1', {ports.pop()}), 3)"
        line = f'healthcheck ({{test: ["CMD", "python", "-c", "{probe}"]}} if Python is in its image)'
    what = f"give {target.name} a {line or 'healthcheck'}, and {wait}"
    label = label_of(edge.service)
    return f"{what}; or delete the entry, as {label} asks again until it answers" if is_patient(edge.service) else what
