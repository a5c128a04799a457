"""What the health check of a service asks, and whether that can work in its container."""

from dlint.knowledge.service_probes import ABSENT
from dlint.model.compose.topics.waiting import label_of, major_of
from dlint.model.healthcheck import LocalAddress, addresses_in
from dlint.model.probe_tools import is_missing
from dlint.model.server import exposed_ports

TYPE_CHECKING = False
if TYPE_CHECKING:
    from dlint.model.commands import Command
    from dlint.model.compose.healthcheck import ServiceHealthcheck
    from dlint.model.compose.ports import Port
    from dlint.model.compose.service import Service
    from dlint.model.server import Server

# Where images have their programs.
_FOLDERS = ("/usr/bin", "/bin", "/usr/local/bin")


def missing_program(service: "Service", check: "ServiceHealthcheck") -> "Command | None":
    """Return a command of a health check whose program is certainly not in the image; None if there is none."""
    seen = set()
    for command in check.commands:
        if command.program is None or command.name in seen or _is_brought(service, command.name):
            continue
        seen.add(command.name)
        if _lacks(service, command):
            return command
    return None


def _lacks(service: "Service", command: "Command") -> bool:
    label = label_of(service) if service.build is None else None
    if label in ABSENT:
        programs, since = ABSENT[label]
        # Without a version it is the newest; ``latest`` and names of releases too.
        return command.name in programs and major_of(service) >= since and not _is_path(command)
    built = service.built
    return built is not None and built.target is not None and is_missing(built, built.target, command)


def _is_path(command: "Command") -> bool:
    return command.program is not None and "/" in command.program.value


def _is_brought(service: "Service", name: str) -> bool:
    """Whether what the service mounts or starts may bring a program."""
    if service.has_hidden_mounts or any(name in mount.target or mount.target in _FOLDERS for mount in service.mounts):
        return True
    words = (*(service.entrypoint or ()), *(service.command or ()))
    return any(name in word.value or not word.is_literal for word in words)


def wrong_port(service: "Service", check: "ServiceHealthcheck") -> "tuple[LocalAddress, Server] | None":
    """Return an address at which nobody listens, and the server that listens elsewhere."""
    server = service.server
    port = server.port.number if server else None
    if server is None or port is None or not server.is_alone:
        return None
    exposed, _ = exposed_ports(service.container)
    for address in addresses_in(check.commands):
        number = str(address.port)
        is_named = address.port in exposed and port not in exposed
        if address.port == port or is_named or any(number in value for value in server.command.values()):
            return None
    return next(((address, server) for address in addresses_in(check.commands)), None)


def host_port(service: "Service", check: "ServiceHealthcheck") -> "tuple[LocalAddress, Port] | None":
    """Return an address with a port that is one of the host, and in the container another; None if there is none."""
    mode = service.network_mode
    if service.has_hidden_ports or (mode is not None and mode.value != "bridge"):
        return None
    exposed, is_complete = exposed_ports(service.container)
    for address in addresses_in(check.commands):
        number = address.port
        named = [port for port in service.ports if port.published and port.published[0] <= number <= port.published[1]]
        is_inside = number in exposed or not is_complete or any(port.targets(number) for port in service.ports)
        is_inside = is_inside or any(first <= number <= last for _, (first, last) in service.expose)
        if len(named) == 1 and not is_inside and not _is_said(service, str(number)):
            return address, named[0]
    return None


def _is_said(service: "Service", number: str) -> bool:
    """Whether a port is named in what the service is told."""
    words = (*(service.entrypoint or ()), *(service.command or ()))
    return any(number in word.value for word in words) or any(
        variable.value is None or number in variable.value for variable in service.environment.values()
    )
