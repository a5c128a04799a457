"""Report projects in which machine learning and what keeps data compete for memory without limits."""

from dlint.checks import INFO, Report, rule
from dlint.checks.compose._lines import listed
from dlint.model.compose.project import ComposeProject
from dlint.model.compose.purpose import known_service_image
from dlint.model.compose.service import Service
from dlint.model.compose.topics.learning import learning

_KEEPS_DATA = ("database", "storage", "broker", "tracking", "cache", "monitoring")


@rule("memory-limit-missing", severity=INFO, looks_at="compose", triggers=("services",))
def check(project: ComposeProject, report: Report) -> None:
    if project.is_test or project.is_development:
        return
    services = list(project.services.values())
    keeping = [service for service in services if _keeps_data(service)]
    learners = [service for service in services if learning(service) is not None] if keeping else []
    unlimited = [service for service in learners if not _has_limit(service)]
    keeping = [each for each in keeping if _runs_with(each, unlimited or learners)]
    if unlimited and keeping:
        _unlimited(unlimited, keeping, report)
    elif learners and not unlimited:
        _uneven(learners, [each for each in keeping if not _has_limit(each)], report)


def _unlimited(services: list[Service], keeping: list[Service], report: Report) -> None:
    """Report services that may take everything from those that keep data."""
    first, reason = services[0], learning(services[0])
    names, others = listed([service.name for service in services]), listed([other.name for other in keeping])
    have, they = ("have", "they") if len(services) > 1 else ("has", "it")
    need = "need" if len(keeping) > 1 else "needs"
    report(
        first.key,
        f"{names} {have} no memory limit: {they} may take what {others} {need}, and the kernel then kills one of them",
        advice="set deploy.resources.limits.memory above what a full batch or the largest request takes",
        labels=((reason.node, reason.text),) if reason is not None and reason.node is not first.key else (),
    )


def _uneven(limited: list[Service], keeping: list[Service], report: Report) -> None:
    """Report services that have no limit where the memory of the others was shared out."""
    total = 0.0
    for service in limited:
        limit, replicas = service.memory_limit, service.replicas
        count = 1 if replicas is None else replicas.value
        if limit is None or limit.value is None or count is None:
            return
        total += limit.value * count
    if not keeping or not total:
        return
    names, others = listed([service.name for service in limited]), listed([other.name for other in keeping])
    have = "have" if len(keeping) > 1 else "has"
    report(
        keeping[0].key,
        f"{others} {have} no memory limit, while those of {names} add up to {total / 2**30:.3g} GiB: "
        "where the host has not much more, the kernel may kill what keeps data",
        advice="give every service a limit, so that the sum says how much memory the host needs",
    )


def _has_limit(service: Service) -> bool:
    """Whether it names a limit, also where only whoever starts it knows which."""
    return service.get("mem_limit") is not None or service.get("deploy", "resources", "limits", "memory") is not None


def _keeps_data(service: Service) -> bool:
    image = known_service_image(service)
    return image is not None and image.kind in _KEEPS_DATA


def _runs_with(service: Service, others: list[Service]) -> bool:
    return any(other is not service and other.can_run_with(service) for other in others)
