"""Which ports of the host services take, and where two of them want the same one.

Source: moby's port mapper (Docker 28): one socket for each address, port and protocol of the host; an
entry with a range on the host and one port in the container takes whichever is free.
"""

from dlint.model.compose.ports import Port

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from dlint.model.compose.project import ComposeProject
    from dlint.model.compose.service import Service

MAX_PORTS = 500
"""Entries beyond these are not compared: no project publishes so many."""


class Clash:
    """Two services, or one, that want the same port of the host: *port* comes after *other*."""

    __slots__ = ("number", "other", "other_port", "port", "service")

    def __init__(self, service: "Service", port: Port, other: "Service", other_port: Port, number: int) -> None:
        self.service = service
        self.port = port
        self.other = other
        self.other_port = other_port
        self.number = number


def fixed_ports(service: "Service") -> list[Port]:
    """Return the entries that take certain ports of the host, and no others if those are taken."""
    return [port for port in published_ports(service) if _is_fixed(port)]


def published_ports(service: "Service") -> list[Port]:
    """Return the entries that take ports of the host at all; in the host's own network none does."""
    mode = service.network_mode
    if mode is not None and mode.value != "bridge":
        return []
    return [port for port in service.ports if port.published is not None and port.published[0] > 0]


def _is_fixed(port: Port) -> bool:
    published, target = port.published, port.target
    return published is not None and published[1] - published[0] == target[1] - target[0]


def count_of(service: "Service") -> int | None:
    """Return how many containers of a service run, None where a variable hides it."""
    if service.replicas is None:
        return 1
    value = service.replicas.value
    return int(value) if value is not None and value >= 0 else None


def find_clashes(project: "ComposeProject") -> "Iterator[Clash]":
    """Yield each entry that wants a port an earlier one of a service that may run with it takes; each entry once."""
    seen: list[tuple[Service, Port]] = []
    for service in project.services.values():
        if count_of(service) == 0:
            continue
        for port in fixed_ports(service):
            for other, other_port in seen:
                number = _shared(port, other_port)
                if number is None or _is_same(service, port, other, other_port) or not service.can_run_with(other):
                    continue
                yield Clash(service, port, other, other_port, number)
                break
            seen.append((service, port))
            if len(seen) >= MAX_PORTS:
                return


def _shared(port: Port, other: Port) -> int | None:
    """Return the first port of the host that both take."""
    if port.published is None or other.published is None or port.protocol != other.protocol:
        return None
    first, last = max(port.published[0], other.published[0]), min(port.published[1], other.published[1])
    return first if first <= last and _meet(port.host_ip, other.host_ip) else None


def _meet(address: str | None, other: str | None) -> bool:
    """Whether sockets at two addresses of the host exclude each other: the same, or one is all of its kind."""
    if address is None or other is None or address == other:
        return True
    if (":" in address) != (":" in other):
        return False
    return "::" in (address, other) or "0.0.0.0" in (address, other)


def _is_same(service: "Service", port: Port, other: "Service", other_port: Port) -> bool:
    """Whether both entries say the same of one service: Compose takes them for one."""
    return service is other and (port.published, port.target, port.host_ip) == (
        other_port.published,
        other_port.target,
        other_port.host_ip,
    )
