"""Report machine learning services that may take all memory of the host from those beside them."""

from dlint.checks import INFO, Report, rule
from dlint.checks.compose._lines import listed
from dlint.model.compose.learning import learning
from dlint.model.compose.project import ComposeProject
from dlint.model.compose.purpose import known_service_image
from dlint.model.compose.service import Service

_KEEPS_DATA = ("database", "storage", "broker", "tracking", "cache")


@rule("memory-limit-missing", severity=INFO, looks_at="compose", triggers=("services",))
def check(project: ComposeProject, report: Report) -> None:
    if project.is_test or project.is_development:
        return
    services = list(project.services.values())
    unlimited = [service for service in services if not _has_limit(service) and learning(service) is not None]
    beside = {
        other.name: other
        for service in unlimited
        for other in services
        if other is not service and other.can_run_with(service)
    }
    keeping = [other for other in beside.values() if _keeps_data(other)]
    if not unlimited or not keeping:
        return
    first = unlimited[0]
    reason = learning(first)
    names = listed([service.name for service in unlimited])
    have, them = ("have", "they") if len(unlimited) > 1 else ("has", "it")
    others = listed([other.name for other in keeping])
    need = "needs" if len(keeping) == 1 else "need"
    report(
        first.key,
        f"{names} {have} no memory limit: {them} may take what {others} {need}, and the kernel then kills one of them",
        advice="set deploy.resources.limits.memory above what a full batch or the largest request takes",
        labels=((reason.node, reason.text),) if reason is not None and reason.node is not first.key else (),
    )


def _has_limit(service: Service) -> bool:
    """Whether it names a limit, also where only whoever starts it knows which."""
    return service.get("mem_limit") is not None or service.get("deploy", "resources", "limits", "memory") is not None


def _keeps_data(service: Service) -> bool:
    image = known_service_image(service)
    return image is not None and image.kind in _KEEPS_DATA
