"""Which names and ports of a compose project a container reaches."""

from dlint.knowledge.compose_services import known_image
from dlint.model.compose.beside import texts_beside
from dlint.model.compose.purpose import known_service_image
from dlint.model.compose.values import entries_of, known_text, texts_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from dlint.model.compose.project import ComposeProject
    from dlint.model.compose.service import Service


def is_isolated(service: "Service") -> bool:
    """Whether every name a service resolves without a dot is one of its project: no network of others, no host's."""
    project = service.project
    if project.not_read or project.problems or service.network_mode is not None or project.target == "swarm":
        return False
    if service.get("dns") is not None or service.get("external_links") is not None:
        return False
    sections = project.elements("networks")
    for name in networks_of(service):
        _, definition = sections.get(name, (None, None))
        if definition is not None and (definition.get("external") is not None or definition.get("name") is not None):
            return False
        if definition is not None and known_text(definition.get("driver")) not in (None, "bridge"):
            return False
    return True


def networks_of(service: "Service") -> frozenset[str]:
    """Return the names of the networks a service is in."""
    return frozenset(service.networks) or frozenset({"default"})


def names_of(service: "Service") -> set[str]:
    """Return the names under which others find a service: its own, its container's, its host name, its aliases."""
    found = {service.name}
    for text in (service.container_name, service.text("hostname")):
        if text is not None:
            found.add(text.value or "")
    networks = service.get("networks")
    for _, definition in networks.pairs if networks is not None else ():
        found |= {text.value or "" for text in texts_of(definition.get("aliases"))}
    return {name.lower() for name in found}


def is_hidden(service: "Service") -> bool:
    """Whether a variable hides a name under which others find a service."""
    named = (service.container_name, service.text("hostname"))
    return any(text is not None and text.value is None for text in named)


def service_called(asking: "Service", host: str) -> "Service | None":
    """Return the service that a name means for another service."""
    host = host.lower().removeprefix("tasks.")
    for _, name, alias in asking.links:
        if alias.lower() == host:
            return asking.project.services.get(name)
    project = asking.project
    return project.once("services called", lambda: _services_by_name(project)).get(host)


def _services_by_name(project: "ComposeProject") -> "dict[str, Service]":
    """Return the first service for each name under which others find one."""
    found: dict[str, Service] = {}
    for service in project.services.values():
        for name in names_of(service):
            found.setdefault(name, service)
    return found


def is_named_beside(project: "ComposeProject", host: str) -> bool:
    """Whether another compose file of the folder names a host: people start several together, with ``-f``."""
    return any(host in text for text in texts_beside(project)[0].values())


def may_be_known_elsewhere(asking: "Service", host: str) -> bool:
    """Whether a name may mean something that no service says: an extra host, a container by its full name."""
    if "." in host or host in ("localhost", "gateway", "host") or is_named_beside(asking.project, host):
        return True
    # Host names of extra_hosts, as ``name:address``, ``name=address`` or a table.
    node = asking.get("extra_hosts")
    extra = {entry.name for separator in (":", "=") for entry in entries_of(node, separator)}
    project = asking.project
    services = project.services
    # ``project-api-1``, ``project_api_1``: Compose names containers so.
    made = any(host.endswith((f"-{name}-1", f"_{name}_1", f"-{name}", f"_{name}")) for name in services)
    return host in extra or made or project.once("hides names", lambda: any(map(is_hidden, services.values())))


def listens_on(service: "Service", port: int) -> bool:
    """Whether something says that a container of a service listens on a TCP port, or may do so."""
    if surely_listens_on(service, port):
        return True
    if service.built is not None:
        from dlint.model.server import exposed_ports

        exposed, is_complete = exposed_ports(service.built)
        return port in exposed or not is_complete
    return False


def surely_listens_on(service: "Service", port: int) -> bool:
    """Whether the compose file, its server or its image say that a container of a service listens on a TCP port."""
    if any(port_.targets(port) for port_ in service.ports if port_.protocol == "tcp"):
        return True
    if any(first <= port <= last for _, (first, last) in service.expose):
        return True
    image = known_service_image(service) or known_image(service.image)
    if image is not None and port in image.ports:
        return True
    server = service.server
    return server is not None and server.port.number == port


def published_as(service: "Service", port: int) -> int | None:
    """Return the container's port behind a port of the host, where that is another one."""
    for each in service.ports:
        if each.published is not None and each.published[0] <= port <= each.published[1]:
            target = each.target[0] + port - each.published[0]
            return target if target != port and target <= each.target[1] else None
    return None
