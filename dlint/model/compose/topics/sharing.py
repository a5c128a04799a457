"""Which GPUs services get, and whether several get the same ones.

Docker's ``count: n`` is no reservation: each container gets the GPUs 0 to n - 1 (moby, daemon/nvidia_linux.go).
"""

from dlint.model.commands import Arguments
from dlint.model.compose.dependencies import COMPLETED
from dlint.model.compose.topics.parallel import counted_requests

TYPE_CHECKING = False
if TYPE_CHECKING:
    from dlint.model.compose.service import Service

EVERY = frozenset({"all"})

# Servers that take a part of the GPU's whole memory when they start: that part, and what sets it otherwise.
TAKERS: dict[str, tuple[str, tuple[str, ...], tuple[str, ...]]] = {
    "vllm": ("90 % of", ("--gpu-memory-utilization", "--gpu_memory_utilization", "--kv-cache-memory-bytes"), ()),
    "sglang": ("most of", ("--mem-fraction-static",), ()),
    "text-generation-launcher": ("all of", ("--cuda-memory-fraction",), ("CUDA_MEMORY_FRACTION",)),
}


def gpus_of(service: "Service") -> frozenset[str] | None:
    """Return the GPUs a service gets by index or name, EVERY for all of them; None where nobody can tell."""
    found: set[str] = set()
    requests = counted_requests(service)
    if len({request.how for request in requests}) > 1:
        return None
    for request in requests:
        if request.how == "cdi" and not request.device_ids and request.count == "all":
            return EVERY
        if request.how not in ("gpus", "devices", "cdi", "runtime"):
            return None
        if request.device_ids:
            found.update(request.device_ids)
        elif request.count == "all":
            return EVERY
        elif isinstance(request.count, int) and 0 < request.count <= 64:
            found.update(map(str, range(request.count)))
        else:
            return None
    if "all" in found:
        return EVERY
    return frozenset(found) or None


def common_gpus(first: frozenset[str], second: frozenset[str]) -> frozenset[str]:
    """Return the GPUs that two services both get, EVERY where both get all."""
    if first == EVERY:
        return second
    return first if second == EVERY else first & second


def divides_gpus(service: "Service") -> bool:
    """Whether a service says in its variables which GPU it takes, or how several share one."""
    return any(name == "CUDA_VISIBLE_DEVICES" or name.startswith("CUDA_MPS_") for name in service.environment)


def takes_memory(service: "Service") -> str | None:
    """Return how much of a GPU's memory its server takes when it starts, as words; None if it takes what it needs."""
    server = service.server
    return TAKERS[server.name][0] if server is not None and server.name in TAKERS else None


def is_capped(service: "Service") -> bool:
    """Whether such a server is told how much to take, or may be by what nobody sees here."""
    server = service.server
    if server is None or server.name not in TAKERS:
        return False
    _, options, variables = TAKERS[server.name]
    given = Arguments(server.command.arguments, frozenset((*server.facts.value_options, *options)))
    if server.command.is_partial or given.get("--config") or any("$" in word.value for word in given.operands):
        return True
    return bool(given.words(*options)) or any(name in service.environment for name in variables)


def run_together(one: "Service", other: "Service") -> bool:
    """Whether two services are surely meant to run at the same time.

    Not those of different profiles, those that publish the same port, and jobs that the other waits for.
    """
    if not one.can_run_with(other) or set(one.profile_names) != set(other.profile_names):
        return False
    ports = {port.published[0] for port in one.ports if port.published}
    if ports & {port.published[0] for port in other.ports if port.published}:
        return False
    pairs = ((one, other), (other, one))
    return not any(
        dependency.name == second.name and dependency.condition == COMPLETED
        for first, second in pairs
        for dependency in first.dependencies
    )
