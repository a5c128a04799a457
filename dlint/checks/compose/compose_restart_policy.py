"""Report jobs that start again whenever they end, and servers that do not where others do."""

from dlint.checks import ERROR, INFO, WARNING, Fix, Report, fix, rule
from dlint.checks.compose._rewrites import retext
from dlint.model.compose.project import ComposeProject
from dlint.model.compose.service import Service
from dlint.model.compose.topics.orchestrator import SWARM, find_runner
from dlint.parser.compose.suggestions import nearest

_POLICIES = ("no", "always", "unless-stopped", "on-failure")
_ENDLESS = frozenset({"always", "unless-stopped", "any"})


@rule("compose-restart-policy", severity=WARNING, looks_at="compose", triggers=("restart",), fix="unsafe")
def check(project: ComposeProject, report: Report) -> None:
    for service in project.services.values():
        if not _unknown(service, report):
            _job(service, report)
    runner = find_runner(project)
    if project.is_test or project.is_development or (runner is not None and runner.name == SWARM):
        # A Swarm starts again what ends, unless it is told not to.
        return
    _servers(project, report)


def _unknown(service: Service, report: Report) -> bool:
    """Report a policy that Docker does not know; whether there is one."""
    restart = service.text("restart")
    policy = restart.value if restart is not None else None
    if restart is None or policy is None or policy.partition(":")[0] in (*_POLICIES, "false"):
        return False
    near = nearest(policy, _POLICIES)
    report(
        restart.node,
        f"restart: {policy} is no policy that Docker knows, so {service.name} does not start",
        advice=f"did you mean {near}?" if near else f"write one of {', '.join(_POLICIES)}",
        severity=ERROR,
    )
    return True


def _job(service: Service, report: Report) -> None:
    job, restart = service.job, service.restart
    if job is None or restart is None or restart.value not in _ENDLESS:
        return
    once = "it trains again" if job.is_training else "the job runs again"
    report(
        restart.node,
        f"{service.name} is a job, and is started again whenever it ends: {once} and again",
        advice="restart: on-failure starts it again only if it fails"
        if restart.value != "any"
        else "condition: on-failure starts it again only if it fails",
        labels=((job.node, job.text),),
        fix=_fix(service),
    )


def _fix(service: Service) -> Fix | None:
    restart = service.restart
    edits = retext(service, restart.node, "on-failure") if restart is not None else None
    return fix("unsafe", "start it again only if it fails", *edits) if edits else None


def _servers(project: ComposeProject, report: Report) -> None:
    """Report, once for a file, the servers that stay down where all others come back."""
    servers = [service for service in project.services.values() if service.is_job is False]
    kept = [(service, text) for service in servers if (text := service.restart) is not None and text.value in _ENDLESS]
    left = [service for service in servers if service.get("restart") is None and _has_no_policy(service)]
    if len(kept) < 2 or not left or len(left) >= len(kept):
        return
    first, shown = kept[0]
    policy = shown.value if shown.value != "any" else "unless-stopped"
    names = ", ".join(service.name for service in left)
    verb = "stays" if len(left) == 1 else "stay"
    report(
        left[0].key,
        f"{names} {verb} down after a crash or a reboot, and the {len(kept)} other servers here come back",
        advice=f"restart: {policy}, as {first.name} has it",
        labels=(
            (shown.node, f"{first.name} comes back"),
            *((service.key, f"{service.name} has no restart either") for service in left[1:]),
        ),
        severity=INFO,
    )


def _has_no_policy(service: Service) -> bool:
    return service.restart is None and service.get("deploy", "restart_policy") is None
