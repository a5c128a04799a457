"""The ports of a service, as Compose 2.40 reads their short and long form."""

from dlint.model.compose.values import items_of, known_text, masked, whole_number
from dlint.parser.yaml import Node
from dlint.regex import lazy

TYPE_CHECKING = False
if TYPE_CHECKING:
    Range = tuple[int, int]


_IPV6 = lazy(r"\[[0-9a-fA-F:.]+\]\Z")


class Port:
    """A published port or range.

    *target* is the first and last port in the container, *published* those on the host: None where
    the engine picks one. *host_ip* is None where every address of the host is meant. *mode* is
    ``ingress`` or ``host``, *protocol* ``tcp`` or ``udp``. *is_hidden* says that variables decide where
    it is published (``${PORT}:80``); then only *target* is known.
    """

    __slots__ = ("host_ip", "is_hidden", "mode", "node", "protocol", "published", "target")

    def __init__(
        self,
        node: Node,
        target: "Range",
        published: "Range | None" = None,
        *,
        host_ip: str | None = None,
        protocol: str = "tcp",
        mode: str = "ingress",
        is_hidden: bool = False,
    ) -> None:
        self.node = node
        self.target = target
        self.published = published
        self.host_ip = host_ip
        self.protocol = protocol
        self.mode = mode
        self.is_hidden = is_hidden

    @property
    def is_public(self) -> bool:
        """Whether other machines can certainly reach it: no address of the host, or all of them, are named."""
        if self.is_hidden:
            return False
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
    text = masked(item) if not item.is_known else known_text(item) or ""
    text, _, protocol = text.partition("/")
    rest, _, target_text = text.rpartition(":")
    target = read_range(target_text)
    if target is None or "$" in protocol:
        return None
    protocol = protocol.lower() or "tcp"
    if not item.is_known:
        return Port(item, target, protocol=protocol, is_hidden=True)
    host, _, published_text = rest.rpartition(":")
    published = read_range(published_text)
    if (published_text and published is None) or (host and not _is_address(host)):
        return None
    if published is not None and not _fits(published, target):
        return None
    return Port(item, target, published, host_ip=host.strip("[]") or None, protocol=protocol)


def _is_address(host: str) -> bool:
    parts = host.split(".")
    is_ipv4 = len(parts) == 4 and all(part.isascii() and part.isdigit() and int(part[:4]) < 256 for part in parts)
    return is_ipv4 or _IPV6.match(host) is not None


def _fits(published: "Range", target: "Range") -> bool:
    """Whether each port of a range in the container has one on the host; a single one may have several to choose."""
    return target[0] == target[1] or target[1] - target[0] == published[1] - published[0]


def _long(item: Node) -> Port | None:
    target = read_range(known_text(item.get("target")))
    if target is None:
        return None
    published_node, host_node = item.get("published"), item.get("host_ip")
    published = read_range(known_text(published_node))
    if published is None and known_text(published_node):
        return None
    hidden = (node for node in (published_node, host_node) if node is not None)
    return Port(
        item,
        target,
        published,
        host_ip=known_text(host_node) or None,
        protocol=(known_text(item.get("protocol")) or "tcp").lower(),
        mode=known_text(item.get("mode")) or "ingress",
        is_hidden=any(not node.is_known for node in hidden),
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
