"""Report services that are killed while they still work, and updates of a Swarm that nobody watches."""

from dlint.checks import INFO, Fix, Report, fix, rule
from dlint.checks.compose._dependencies import healthcheck_line
from dlint.checks.compose._edits import add_below, add_key
from dlint.checks.compose._rewrites import retext
from dlint.model.compose.project import ComposeProject
from dlint.model.compose.service import Service
from dlint.model.compose.topics.orchestrator import SWARM, find_runner
from dlint.model.compose.topics.publishing import count_of
from dlint.model.compose.topics.stopping import Stop, find_stop, grace_of


@rule(
    "rollout-not-graceful", severity=INFO, looks_at="compose",
    triggers=("replicas", "timeout", "image", "command", "build"), fix="unsafe",
)  # fmt: skip
def check(project: ComposeProject, report: Report) -> None:
    if project.is_test or project.is_development:
        return
    runner = find_runner(project)
    for service in project.services.values():
        stop, grace = find_stop(service), grace_of(service)
        if stop is not None and grace is not None:
            _stop(service, stop, grace, report)
        if runner is not None and runner.name == SWARM:
            _update(service, report)


def _stop(service: Service, stop: Stop, grace: float, report: Report) -> None:
    said = service.stop_grace_period
    if (said is not None and stop.seconds is None) or (stop.seconds is not None and stop.seconds < grace):
        return
    needed = "2m" if stop.seconds is None else f"{stop.seconds + 10:.0f}s"
    work = "may take longer to stop" if stop.seconds is None else f"takes up to {stop.seconds:g} s to stop"
    report(
        said.node if said is not None else service.key,
        f"{service.name} {work}, and Docker kills it {grace:g} s after SIGTERM",
        advice=f"stop_grace_period: {needed}",
        labels=((stop.reason.node, stop.reason.text),),
        fix=_fix_stop(service, needed),
    )


def _fix_stop(service: Service, needed: str) -> Fix | None:
    said = service.stop_grace_period
    if said is not None:
        edits = retext(service, said.node, needed)
        return fix("unsafe", f"give it {needed}", *edits) if edits else None
    edit = add_key(service, f"stop_grace_period: {needed}")
    return fix("unsafe", f"give it {needed}", edit) if edit else None


def _update(service: Service, report: Report) -> None:
    count, replicas = count_of(service), service.replicas
    if count is None or count < 2 or replicas is None or service.is_job is not False:
        return
    config = service.get("deploy", "update_config")
    if config is None:
        report(
            replicas.node,
            f"an update stops a container of {service.name} before its successor runs, and goes on if that one fails",
            advice="add to deploy: update_config: {order: start-first, failure_action: rollback}",
            fix=_fix_update(service),
        )
    elif service.is_checked is False:
        line = healthcheck_line(service)
        report(
            service.key_at("deploy", "update_config") or config,
            f"updates of {service.name} go on whether it answers or not: it has no health check",
            advice=f"give it a {line}" if line else "give it a healthcheck",
        )


def _fix_update(service: Service) -> Fix | None:
    key = service.key_at("deploy")
    lines = ("update_config:", "  order: start-first", "  failure_action: rollback")
    edit = add_below(service, key, *lines) if key is not None else None
    return fix("unsafe", "start the new ones first, and go back if they fail", edit) if edit else None
