"""Report services that wait for the health of one that has no health check."""

from dlint.checks import ERROR, WARNING, Report, rule
from dlint.checks.compose._dependencies import condition_line, healthcheck_line
from dlint.model.compose.dependencies import COMPLETED, HEALTHY, STARTED
from dlint.model.compose.project import ComposeProject
from dlint.model.compose.service import Service
from dlint.model.compose.topics.waiting import Edge, edges
from dlint.parser.yaml import Node


@rule("dependency-never-healthy", severity=ERROR, looks_at="compose", triggers=("service_healthy",))
def check(project: ComposeProject, report: Report) -> None:
    for edge in edges(project):
        if edge.dependency.condition != HEALTHY or edge.target.is_checked is not False:
            continue
        target = edge.target
        what = "so Compose never starts" if edge.dependency.is_required else "so Compose does not wait with"
        report(
            edge.dependency.condition_node,
            f"{target.name} has no health check, {what} {edge.service.name}",
            advice=_advice(edge),
            labels=(_reason(target),),
            severity=ERROR if edge.dependency.is_required else WARNING,
        )


def _reason(target: Service) -> tuple[Node, str]:
    """Return what says that nobody checks the health of a service."""
    healthcheck = target.healthcheck
    if healthcheck is not None:
        node = healthcheck.node.get("disable") or healthcheck.test or target.key_at("healthcheck") or target.key
        says = (
            "this switches the check off" if healthcheck.is_disabled else "this names no test, and its image has none"
        )
        return node, says
    if target.build is None and target.image_node is not None:
        return target.image_node, "this image has no HEALTHCHECK"
    name = target.build.name if target.build else "its image"
    return target.key, f"no healthcheck here, and no HEALTHCHECK in {name}"


def _advice(edge: Edge) -> str:
    target = edge.target
    if target.job is not None:
        return f"{target.job.text}: wait until it is done ({condition_line(edge, COMPLETED)})"
    if target.healthcheck is not None and target.healthcheck.is_disabled:
        return f"switch the check of {target.name} on again, or wait with condition: {STARTED}"
    line = healthcheck_line(target)
    return f"give {target.name} a {line}" if line else f"give {target.name} a healthcheck, or wait with {STARTED}"
