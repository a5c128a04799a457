"""Report services that wait for the start of a job where they need its end."""

from dlint.checks import WARNING, Report, rule
from dlint.checks.compose._dependencies import condition_line, fix_condition
from dlint.model.compose.dependencies import COMPLETED, HEALTHY, STARTED
from dlint.model.compose.project import ComposeProject
from dlint.model.compose.topics.rendezvous import read_member
from dlint.model.compose.topics.waiting import Edge, edges, is_patient


@rule(
    "job-dependency-not-completed", severity=WARNING, looks_at="compose", triggers=("depends_on",), fix="unsafe",
)  # fmt: skip
def check(project: ComposeProject, report: Report) -> None:
    for edge in edges(project):
        job, condition = edge.target.job, edge.dependency.condition
        if job is None or is_patient(edge.service) or condition not in (STARTED, HEALTHY):
            continue
        if read_member(edge.service) is not None and read_member(edge.target) is not None:
            # The processes of one job run at the same time.
            continue
        if condition == HEALTHY and edge.target.is_checked is not True:
            # That it never becomes healthy is what dependency-never-healthy says.
            continue
        shared = _shared(edge)
        until = f"before it has written {shared}, which both mount" if shared else "not when it is done"
        report(
            edge.dependency.node if condition == STARTED else edge.dependency.condition_node,
            f"{edge.service.name} starts as soon as {edge.target.name} does, {until}",
            advice=_advice(edge),
            labels=((job.node, f"{edge.target.name} is a job: {job.text}"),),
            fix=fix_condition(edge, COMPLETED),
        )


def _advice(edge: Edge) -> str:
    wait = f"wait for its end ({condition_line(edge, COMPLETED)})"
    job, target = edge.target.job, edge.target
    restart = target.restart
    if restart is not None and restart.value in ("always", "unless-stopped", "any"):
        return f"{wait}, and let it end: restart: on-failure in {target.name}"
    if job is not None and job.is_training:
        return f"{wait}; or train on its own: delete this entry, and give {target.name} profiles: [train]"
    return wait


def _shared(edge: Edge) -> str | None:
    """Return what both mount and the job may write."""
    sources = {mount.source for mount in edge.service.mounts if mount.source}
    for mount in edge.target.mounts:
        if mount.source in sources and not mount.is_read_only:
            return mount.source
    return None
