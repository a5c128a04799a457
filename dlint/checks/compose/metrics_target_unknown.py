"""Report what Prometheus is told to scrape and cannot reach, and model servers that nobody scrapes."""

from dlint.checks import INFO, WARNING, Report, rule
from dlint.model.compose.project import ComposeProject
from dlint.model.compose.purpose import known_service_image
from dlint.model.compose.service import Service
from dlint.model.compose.topics.network import (
    is_isolated,
    is_named_beside,
    listens_on,
    may_be_known_elsewhere,
    networks_of,
    published_as,
    service_called,
    surely_listens_on,
)
from dlint.model.compose.topics.prometheus import Scraping, Target, read_scraping
from dlint.parser.yaml import Node

# Servers with metrics that nothing has to switch on: the port, None for the one they answer on.
_METRICS: dict[str, int | None] = {"vLLM": None, "TGI": None, "TEI": None, "Triton": 8002, "LocalAI": None}


@rule("metrics-target-unknown", severity=WARNING, looks_at="compose", triggers=("prometheus",))
def check(project: ComposeProject, report: Report) -> None:
    for service in project.services.values():
        scraping = read_scraping(service)
        if scraping is None or not is_isolated(service):
            continue
        for target in scraping.targets:
            _target(service, scraping, target, report)
        if scraping.is_complete:
            _servers(service, scraping, report)


def _target(prometheus: Service, scraping: Scraping, target: Target, report: Report) -> None:
    if target.host == "localhost":
        _localhost(prometheus, scraping, target, report)
        return
    found = service_called(prometheus, target.host)
    if found is None:
        if not may_be_known_elsewhere(prometheus, target.host):
            meant = _meant(prometheus, target)
            names = ", ".join(prometheus.project.services)
            advice = f"write {meant.name}:{target.port}" if meant is not None else f"the services are {names}"
            key = meant.key if meant is not None else None
            _say(scraping, target, report, f"no service is called {target.host}", advice, key)
        return
    if found is prometheus or not found.can_run_with(prometheus) or found.network_mode is not None:
        return
    if not networks_of(found) & networks_of(prometheus) and not is_named_beside(found.project, found.name):
        _say(
            scraping, target, report, f"{found.name} and {prometheus.name} share no network",
            f"put them into one network: {found.name} is in {', '.join(sorted(networks_of(found)))}", found.key,
        )  # fmt: skip
        return
    inside = published_as(found, target.port)
    if inside is not None and not listens_on(found, target.port):
        _say(
            scraping, target, report,
            f"{target.port} is a port of the host; in the network {found.name} listens on {inside}",
            f"write {target.host}:{inside}", found.key,
        )  # fmt: skip


def _meant(prometheus: Service, target: Target) -> Service | None:
    """Return the one service that listens on the port of a target whose name nothing has."""
    found = [
        service
        for service in prometheus.project.services.values()
        if service is not prometheus and surely_listens_on(service, target.port)
    ]
    return found[0] if len(found) == 1 else None


def _localhost(prometheus: Service, scraping: Scraping, target: Target, report: Report) -> None:
    """Report what is meant to be on the host or in another container, and asked for in Prometheus' own."""
    if target.port in (9090, 80) or prometheus.get("volumes_from") is not None:
        return
    if any("listen-address" in word.value for command in prometheus.started for word in command.arguments):
        return
    inside = [each for each in prometheus.project.services.values() if each is not prometheus]
    if any((mode := each.network_mode) is not None and mode.value != "bridge" for each in inside):
        return
    meant = next((each for each in inside if listens_on(each, target.port) or published_as(each, target.port)), None)
    port = target.port if meant is None else published_as(meant, target.port) or target.port
    host = meant.name if meant is not None else "the name of a service, or host.docker.internal"
    _say(
        scraping, target, report,
        f"localhost is the container of {prometheus.name} itself, where nothing listens on {target.port}",
        f"write {host}:{port}",
        meant.key if meant is not None else None,
    )  # fmt: skip


def _say(
    scraping: Scraping, target: Target, report: Report, why: str, advice: str, related: Node | None = None
) -> None:
    job = f" (job {target.job})" if target.job else ""
    labels: tuple[tuple[Node, str], ...] = ((target.node, "scraped here"),)
    if related is not None:
        labels += ((related, "the service"),)
    report(scraping.place, f"{scraping.name} scrapes {target.node.text}{job}: {why}", advice=advice, labels=labels)


def _servers(prometheus: Service, scraping: Scraping, report: Report) -> None:
    """Report a model server whose metrics nobody asks for."""
    scraped = {service_called(prometheus, target.host) or _meant(prometheus, target) for target in scraping.targets}
    for service in prometheus.project.services.values():
        image = known_service_image(service)
        if image is None or image.label not in _METRICS or service in scraped or not service.is_model_server:
            continue
        port = _METRICS[image.label] or _port(service)
        if port is None or not service.can_run_with(prometheus):
            continue
        report(
            service.key,
            f"{image.label} has metrics at {service.name}:{port}/metrics, and {scraping.name} does not scrape them",
            advice=f"add the target {service.name}:{port}",
            labels=((scraping.place, "what is scraped"),),
            severity=INFO,
        )


def _port(service: Service) -> int | None:
    server = service.server
    return server.port.number if server is not None else None
