"""What a service asks of the host's GPUs, in every form Compose 2.40 takes."""

from dlint.model.compose.values import items_of, known_text, texts_of, whole_number
from dlint.parser.yaml import Node

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

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
    found: list[GpuRequest] = []
    gpus = service.get("gpus")
    if gpus is not None:
        if known_text(gpus) == "all":
            found.append(GpuRequest(gpus, "gpus", count="all", capabilities=("gpu",)))
        found += [_of_entry(item, "gpus") for item in gpus.items if item.kind == "table"]
    devices = service.get("deploy", "resources", "reservations", "devices")
    for item in devices.items if devices is not None else []:
        request = _of_entry(item, "devices") if item.kind == "table" else None
        if request is not None and _asks_for_gpus(request):
            found.append(request)
    runtime = service.text("runtime")
    if runtime is not None and runtime.value in ("nvidia", "amd"):
        found.append(_of_runtime(service, runtime.node))
    return (*found, *_of_devices(service.get("devices")))


def _of_entry(item: Node, how: str) -> GpuRequest:
    count_node, capabilities = item.get("count"), item.get("capabilities")
    text = known_text(count_node)
    number = whole_number(text)
    count: int | str | None = number if number is not None else "all" if text in ("all", "-1") else None
    ids = tuple(one.value for one in texts_of(item.get("device_ids")) if one.value)
    if count_node is None and not ids:
        count = "all"
    if count == -1:
        count = "all"
    named = tuple(one.value for one in texts_of(capabilities) if one.value)
    return GpuRequest(
        item,
        how,
        count=None if ids and count_node is None else count,
        device_ids=ids,
        capabilities=named or (("gpu",) if how == "gpus" else ()),
        driver=known_text(item.get("driver")),
    )


def _asks_for_gpus(request: GpuRequest) -> bool:
    """Whether a reserved device is a GPU: by its capabilities, or its driver."""
    wanted = {"gpu", "nvidia", "amd", "compute", "utility", "video", "graphics"}
    return bool(wanted.intersection(request.capabilities)) or request.driver in ("nvidia", "amd", "cdi")


def _of_runtime(service: "ServiceSettings", node: Node) -> GpuRequest:
    """Return the request of a runtime; NVIDIA_VISIBLE_DEVICES says which GPUs it gives."""
    variable = service.environment.get("NVIDIA_VISIBLE_DEVICES")
    value = variable.value if variable else None
    if variable is None or not value:
        return GpuRequest(node, "runtime", driver=node.text)
    nodes = (node, variable.node)
    if value == "all":
        return GpuRequest(node, "runtime", count="all", driver=node.text, nodes=nodes)
    ids = () if value in ("none", "void") else tuple(value.split(","))
    return GpuRequest(node, "runtime", count=None if ids else 0, device_ids=ids, driver=node.text, nodes=nodes)


def _of_devices(node: Node | None) -> list[GpuRequest]:
    """Return what ``devices`` of the host asks for: CDI names, and the device files of drivers."""
    found = []
    for item in items_of(node):
        text = known_text(item) or known_text(item.get("source")) or ""
        kind, equals, name = text.partition("=")
        if equals and kind.endswith("/gpu"):
            ids = () if name == "all" else (name,)
            found.append(GpuRequest(item, "cdi", count="all" if name == "all" else None, device_ids=ids))
        elif text.startswith("/dev/kfd"):
            found.append(GpuRequest(item, "kfd", driver="amd"))
        elif text.startswith(("/dev/nvidia", "/dev/dri")):
            found.append(GpuRequest(item, "nodes", driver="nvidia" if "nvidia" in text else None))
    return found


# What the engine's driver for NVIDIA offers (moby, daemon/nvidia_linux.go); a request for anything else is refused.
_OFFERED = frozenset({"gpu", "nvidia", "compute", "compat32", "graphics", "utility", "video", "display"})
# The schema takes any key in an entry of ``gpus``, and Compose drops what it does not know.
_KEYS = ("capabilities", "count", "device_ids", "driver", "options")


def impossible_requests(service: "ServiceSettings") -> "Iterator[tuple[Node, str, str | None]]":
    """Yield place, message and advice for what Compose takes in requests for GPUs, and no engine gives."""
    from dlint.parser.compose.suggestions import nearest

    gpus = service.get("gpus")
    for item in gpus.items if gpus is not None else ():
        for key, _ in item.pairs:
            if key.kind == "text" and key.text not in _KEYS and not key.text.startswith("x-"):
                near = nearest(key.text, _KEYS)
                advice = f"did you mean `{near}`?" if near else "delete it"
                yield key, f"`{key.text}` is no key of an entry of `gpus`, and has no effect", advice
    devices = service.get("deploy", "resources", "reservations", "devices")
    for item in [*(gpus.items if gpus is not None else ()), *(devices.items if devices is not None else ())]:
        driver, names = item.get("driver"), texts_of(item.get("capabilities"))
        if driver is not None and known_text(driver) != "nvidia":
            continue
        for name in names:
            if name.value is not None and name.value not in _OFFERED:
                near = nearest(name.value, tuple(_OFFERED)) or "gpu"
                yield name.node, f'the engine has no device with the capability "{name.value}"', f"did you mean {near}?"
