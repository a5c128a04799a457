"""The ports of a service, as Compose 2.40 reads their short and long form."""

from dlint.model.compose.values import items_of, known_text, whole_number
from dlint.parser.yaml import Node

TYPE_CHECKING = False
if TYPE_CHECKING:
    Range = tuple[int, int]


class Port:
    """A published port or range.

    *target* is the first and last port in the container, *published* those on the host: None where
    the engine picks one. *host_ip* is None where every address of the host is meant. *mode* is
    ``ingress`` or ``host``, *protocol* ``tcp`` or ``udp``.
    """

    __slots__ = ("host_ip", "mode", "node", "protocol", "published", "target")

    def __init__(
        self,
        node: Node,
        target: "Range",
        published: "Range | None" = None,
        *,
        host_ip: str | None = None,
        protocol: str = "tcp",
        mode: str = "ingress",
    ) -> None:
        self.node = node
        self.target = target
        self.published = published
        self.host_ip = host_ip
        self.protocol = protocol
        self.mode = mode

    @property
    def is_public(self) -> bool:
        """Whether other machines can reach it: no address of the host, or all of them, are named."""
        return self.host_ip is None or self.host_ip.strip("[]") in ("", "0.0.0.0", "::")

    @property
    def is_loopback(self) -> bool:
        """Whether only the host itself can reach it."""
        host = (self.host_ip or "").strip("[]")
        return host.startswith("127.") or host in ("::1", "localhost")

    def targets(self, port: int) -> bool:
        """Whether a port of the container is published by it."""
        return self.target[0] <= port <= self.target[1]

    def __repr__(self) -> str:
        return f"Port({self.node.text!r})"


def read_ports(node: Node | None) -> tuple[Port, ...]:
    """Return the ports of a service; those that a variable hides or that Compose refuses are left out."""
    found = (_long(item) if item.kind == "table" else _short(item) for item in items_of(node))
    return tuple(port for port in found if port is not None)


def read_range(text: str | None) -> "Range | None":
    """Return first and last of ``8000`` or ``8000-8010``; None for anything else."""
    first, dash, last = (text or "").partition("-")
    start = whole_number(first) if first.isdigit() else None
    end = whole_number(last) if last.isdigit() else start if not dash else None
    if start is None or end is None or not 0 <= start <= end <= 65535:
        return None
    return start, end


def _short(item: Node) -> Port | None:
    """Read ``[HOST:][PUBLISHED:]TARGET[/PROTOCOL]``."""
    text = known_text(item)
    if text is None:
        return None
    text, _, protocol = text.partition("/")
    rest, _, target_text = text.rpartition(":")
    target = read_range(target_text)
    if target is None:
        return None
    host, _, published_text = rest.rpartition(":")
    published = read_range(published_text)
    if published_text and published is None:
        return None
    return Port(item, target, published, host_ip=host.strip("[]") or None, protocol=protocol.lower() or "tcp")


def _long(item: Node) -> Port | None:
    target = read_range(known_text(item.get("target")))
    if target is None:
        return None
    published_node = item.get("published")
    published = read_range(known_text(published_node))
    if published is None and known_text(published_node) is not None:
        return None
    if published_node is not None and not published_node.is_known:
        return None
    return Port(
        item,
        target,
        published,
        host_ip=known_text(item.get("host_ip")),
        protocol=(known_text(item.get("protocol")) or "tcp").lower(),
        mode=known_text(item.get("mode")) or "ingress",
    )


def read_expose(node: Node | None) -> "tuple[tuple[Node, Range], ...]":
    """Return node and range of what ``expose`` names, TCP only."""
    found = []
    for item in items_of(node):
        text, _, protocol = (known_text(item) or "").partition("/")
        ports = read_range(text)
        if ports is not None and protocol.lower() in ("", "tcp"):
            found.append((item, ports))
    return tuple(found)
