"""What a service asks of the host's GPUs, in every form Compose 2.40 takes."""

from dlint.parser.yaml import Node

TYPE_CHECKING = False
if TYPE_CHECKING:
    from dlint.model.compose.settings import ServiceSettings


class GpuRequest:
    """One request for GPUs.

    *how* is ``gpus``, ``devices`` (``deploy.resources.reservations.devices``), ``runtime`` (``runtime:
    nvidia``), ``cdi`` (``devices: [nvidia.com/gpu=all]``), ``kfd`` (``/dev/kfd`` of ROCm) or ``nodes``
    (``/dev/nvidia0``, ``/dev/dri``). *count* is a number, ``all``, or None where it is hidden or the form has none;
    *device_ids* are as written. *node* is the entry, *nodes* all that have a part in it.
    """

    __slots__ = ("capabilities", "count", "device_ids", "driver", "how", "node", "nodes")

    def __init__(
        self,
        node: Node,
        how: str,
        *,
        count: "int | str | None" = None,
        device_ids: tuple[str, ...] = (),
        capabilities: tuple[str, ...] = (),
        driver: str | None = None,
        nodes: tuple[Node, ...] = (),
    ) -> None:
        self.node = node
        self.how = how
        self.count = count
        self.device_ids = device_ids
        self.capabilities = capabilities
        self.driver = driver
        self.nodes = nodes or (node,)

    @property
    def number(self) -> int | None:
        """How many GPUs, None where that is unknown or all of them."""
        if self.device_ids:
            return len(self.device_ids)
        return self.count if isinstance(self.count, int) else None

    def __repr__(self) -> str:
        return f"GpuRequest({self.how}, {self.count!r})"


def read_gpus(service: "ServiceSettings") -> tuple[GpuRequest, ...]:
    """Return every request for GPUs that a service makes."""
    raise NotImplementedError
