"""Report services that run for months and whose logs nobody rotates."""

from dlint.checks import INFO, Report, rule
from dlint.checks.compose._lines import listed
from dlint.model.compose.project import ComposeProject
from dlint.model.compose.service import Service
from dlint.model.compose.topics.learning import learning

_RESTARTED = ("always", "unless-stopped", "any")


@rule(
    "log-growth-unbounded", severity=INFO, looks_at="compose", triggers=("restart", "replicas"),
    options={"daemon-rotates": False},
)  # fmt: skip
def check(project: ComposeProject, report: Report) -> None:
    if project.is_test or project.is_development or report.options["daemon-rotates"]:
        return
    growing = [service for service in project.services.values() if _grows(service)]
    if not growing:
        return
    first = growing[0]
    driver = first.logging_driver
    restart = first.restart
    named = f"by the driver {driver.value}" if driver is not None and driver.value else "by Docker's default driver"
    report(
        driver.node if driver is not None else first.key,
        f"the logs of {listed([service.name for service in growing])} grow without end: they are kept {named}, "
        "which never rotates them",
        advice="set logging: {driver: local} for them, which keeps 100 MB, or max-size and max-file in logging.options",
        labels=((restart.node, "and it is always started again"),) if restart is not None else (),
    )


def _grows(service: Service) -> bool:
    """Whether a service writes logs for as long as it is there, into a file without end."""
    restart, replicas = service.restart, service.replicas
    is_kept = restart is not None and restart.value in _RESTARTED
    if not is_kept and (replicas is None or replicas.value is None or replicas.value < 2):
        return False
    driver = service.logging_driver
    if driver is not None and driver.value != "json-file":
        return False
    options = service.get("logging", "options")
    if options is not None and (options.get("max-size") is not None or options.kind != "table"):
        return False
    if service.get("logging") is not None and driver is None and options is None:
        return False
    # Those who name the driver chose it; else it is worth a word only for what logs each request or step.
    answers = service.is_model_server or service.server is not None or bool(service.ports)
    return driver is not None or (answers and learning(service) is not None)
