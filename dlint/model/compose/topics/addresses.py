"""Addresses that services are told to ask, where nobody answers them."""

from dlint.model.compose.purpose import known_service_image
from dlint.model.compose.topics.network import (
    is_isolated,
    is_named_beside,
    listens_on,
    networks_of,
    published_as,
    service_called,
    surely_listens_on,
)
from dlint.regex import lazy

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from dlint.model.compose.environment import EnvironmentVariable
    from dlint.model.compose.project import ComposeProject
    from dlint.model.compose.service import Service

_ADDRESS = lazy(r"(?:[a-z][a-z0-9+.]{1,30}://(?:[^@/\s]{0,200}@)?)?([A-Za-z0-9][\w.-]{0,80}):(\d{1,5})(?:[/?;,]|\Z)")
# In how many services the one that is meant is looked for.
_MOST_SERVICES = 300
_LOOPBACKS = ("localhost", "127.0.0.1")
# What only programs beside them ask; pages that a browser shows are asked from its machine, which has a localhost.
_ASKED_INSIDE = frozenset({"database", "cache", "broker", "model-server", "tracking"})
_FOR_BROWSERS = ("PUBLIC", "VITE", "REACT_APP", "EXTERNAL", "ORIGIN", "CORS", "REDIRECT", "CALLBACK", "ADVERTISED",
                 "LISTEN", "BIND", "BROWSER", "FRONTEND")  # fmt: skip


class DeadAddress:
    """An address in a variable of a service, at which the one it means cannot be reached.

    *meant* is the service that is probably meant, *port* where it listens. *is_loopback* says that the address
    is that of the asking container itself; else the two share no network. *shows_password* says that a password
    stands in it.
    """

    __slots__ = ("host", "is_loopback", "meant", "port", "service", "shows_password", "variable", "written_port")

    def __init__(
        self, service: "Service", variable: "EnvironmentVariable", host: str, written_port: int, meant: "Service",
        port: int,
    ) -> None:  # fmt: skip
        self.service = service
        self.variable = variable
        self.host = host
        self.written_port = written_port
        self.meant = meant
        self.port = port
        self.is_loopback = host in _LOOPBACKS
        user, at, _ = _written(variable).rpartition("@")
        self.shows_password = bool(at) and not user.rpartition(":")[2].startswith("$")


def dead_addresses(service: "Service") -> "Iterator[DeadAddress]":
    """Yield the addresses in a service's variables that lead nowhere; those that variables hide are left out."""
    if len(service.project.services) < 2 or not is_isolated(service):
        return
    for name, variable in service.environment.items():
        if variable.source != "environment" or any(word in name.upper() for word in _FOR_BROWSERS):
            continue
        match = _ADDRESS.match(_written(variable))
        found = _dead(service, variable, match[1], int(match[2])) if match else None
        if found is not None:
            yield found


def _written(variable: "EnvironmentVariable") -> str:
    """Return the value of a variable; where something of it is hidden (a password), as it is written."""
    if variable.value is not None:
        return variable.value
    node = variable.value_node
    text = node.source.text[slice(*node.span)].strip("\"'")
    return text.partition("=")[2] if text.startswith(f"{variable.name}=") else text


def _dead(service: "Service", variable: "EnvironmentVariable", host: str, port: int) -> DeadAddress | None:
    if host not in _LOOPBACKS:
        target = service_called(service, host)
        if target is None or target is service or networks_of(target) & networks_of(service):
            return None
        is_joined = not is_isolated(target) or is_named_beside(service.project, target.name)
        if is_joined or target.network_mode is not None or not target.can_run_with(service):
            return None
        return DeadAddress(service, variable, host, port, target, port)
    if len(service.project.services) > _MOST_SERVICES or listens_on(service, port) or _is_shared(service):
        return None
    meant: Service | None = None
    for each in _asked_at(service.project, port):
        if each is not service and each.can_run_with(service):
            if meant is not None:
                return None
            meant = each
    return DeadAddress(service, variable, host, port, meant, published_as(meant, port) or port) if meant else None


def _asked_at(project: "ComposeProject", port: int) -> "list[Service]":
    """Return the services that others ask at a port."""
    services = project.services.values()
    return project.once(("asked at", port), lambda: [each for each in services if _is_asked_at(each, port)])


def _is_asked_at(service: "Service", port: int) -> bool:
    """Whether a service is one that others ask at a port, or that is published as this port."""
    image = known_service_image(service)
    is_asked = service.is_model_server or (image is not None and image.kind in _ASKED_INSIDE)
    return is_asked and (surely_listens_on(service, port) or published_as(service, port) is not None)


def _is_shared(service: "Service") -> bool:
    """Whether another service is in the network of this one, where it is localhost for both."""
    project = service.project
    modes = project.once("network modes", lambda: _network_modes(project))
    return None in modes or f"service:{service.name}" in modes


def _network_modes(project: "ComposeProject") -> set[str | None]:
    return {each.network_mode.value for each in project.services.values() if each.network_mode is not None}
