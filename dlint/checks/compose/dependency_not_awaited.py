"""Report services that wait for the start of another one where they need its answers."""

from dlint.checks import INFO, WARNING, Report, Severity, rule
from dlint.checks.compose._dependencies import condition_line, fix_condition, healthcheck_line
from dlint.model.compose.dependencies import HEALTHY, STARTED
from dlint.model.compose.project import ComposeProject
from dlint.model.compose.service import Service
from dlint.model.compose.waiting import Edge, edges, is_needed_at_start, is_patient, label_of
from dlint.model.role import Role


@rule("dependency-not-awaited", severity=WARNING, looks_at="compose", triggers=("depends_on",), fix="unsafe")
def check(project: ComposeProject, report: Report) -> None:
    waiting = [edge for edge in edges(project) if _is_candidate(edge)]
    for edge in waiting:
        if edge.target.is_checked:
            _checked(edge, report)
    seen: list[Service] = []
    for edge in waiting:
        # One message for each service without a check: what is to be done is done there.
        if not edge.target.is_checked and edge.target not in seen:
            seen.append(edge.target)
            _unchecked(edge, [other for other in waiting if other.target is edge.target], report)


def _is_candidate(edge: Edge) -> bool:
    """Whether an entry waits for the start only, of something that answers requests."""
    target = edge.target
    if edge.dependency.condition != STARTED or target.job is not None:
        return False
    return target.is_checked is True or target.is_job is False


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


def _unchecked(edge: Edge, others: list[Edge], report: Report) -> None:
    target = edge.target
    is_needed = is_needed_at_start(target)
    project = target.project
    if not is_needed and (target.build is None or target.role is not Role.SERVING or project.is_test):
        return
    if not is_needed and project.is_development:
        return
    label = label_of(target) if is_needed else None
    runs = f"{target.name} ({label})" if label and label.lower() not in target.name.lower() else target.name
    report(
        edge.dependency.node,
        f"{edge.service.name} starts as soon as {runs} does, before it answers: "
        f"{target.name} has no health check that Compose could wait for",
        advice=_advice(edge),
        labels=(
            (target.key, "no healthcheck here"),
            *((other.dependency.node, f"{other.service.name} too") for other in others if other is not edge),
        ),
        severity=_severity(edge) if is_needed else INFO,
    )


def _severity(edge: Edge) -> Severity:
    """What starts again, or asks again, gets there in the end."""
    project = edge.service.project
    restart = edge.service.restart
    is_restarted = restart is not None and restart.value not in ("no", "false", "none")
    return INFO if is_restarted or is_patient(edge.service) or project.is_test or project.is_development else WARNING


def _advice(edge: Edge) -> str:
    target, line = edge.target, healthcheck_line(edge.target)
    wait = f"wait for it here ({condition_line(edge, HEALTHY)})"
    if line:
        return f"give {target.name} a {line}, and {wait}"
    ports = {port.target[0] for port in target.ports}
    if len(ports) != 1:
        return f"give {target.name} a healthcheck, and {wait}"
    probe = f"import socket; socket.create_connection(('127.0.0.1', {ports.pop()}), 3)"
    return (
        f"give {target.name} a health check; where Python is in its image, "
        f'healthcheck: {{test: ["CMD", "python", "-c", "{probe}"]}} does; and {wait}'
    )
