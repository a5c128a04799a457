"""Into how many processes, each with a GPU of its own, a service divides its work.

Sources: the options of vLLM 0.27, SGLang, Text Generation Inference, torchrun, accelerate and deepspeed.
"""

from dlint.knowledge.servers import SAME_SERVER
from dlint.model.commands import Arguments, Command

TYPE_CHECKING = False
if TYPE_CHECKING:
    from dlint.model.compose.gpu import GpuRequest
    from dlint.model.compose.service import Service
    from dlint.parser.yaml import Node

_TENSOR = ("--tensor-parallel-size",)
_PIPELINE = ("--pipeline-parallel-size",)
_DATA = ("--data-parallel-size",)
_TORCHRUN = (("--nproc-per-node",),)
_ACCELERATE = (("--num-processes",),)

# Program -> options whose values are multiplied, by all their names.
_OPTIONS: dict[str, tuple[tuple[str, ...], ...]] = {
    "vllm": (("-tp", *_TENSOR), ("-pp", *_PIPELINE), ("-dp", *_DATA)),
    "sglang": (("--tp", "--tp-size", *_TENSOR), ("--pp", "--pp-size", *_PIPELINE), ("--dp", "--dp-size", *_DATA)),
    "text-generation-launcher": (("--num-shard",),),
    "torchrun": _TORCHRUN, "torch.distributed.run": _TORCHRUN, "torch.distributed.launch": _TORCHRUN,
    "accelerate": _ACCELERATE, "accelerate.commands.launch": _ACCELERATE,
    "deepspeed": (("--num-gpus",),),
}  # fmt: skip
# Options with which processes may run elsewhere, on no GPU, or be counted otherwise.
_ELSEWHERE = frozenset({
    "--nnodes", "--node-rank", "--data-parallel-address", "--data-parallel-size-local", "-dpl", "--config",
    "--dist-init-addr", "--num-machines", "--machine-rank", "--cpu", "--use-cpu", "--enable-dp-attention", "--hostfile",
    "--data-parallel-hybrid-lb", "--data-parallel-external-lb", "--data-parallel-rank", "--device",
})  # fmt: skip
_VALUES = frozenset({"--distributed-executor-backend", "--device", "--nnodes", "--num-machines", "--config"})


class Parallelism:
    """How a program divides its work: *parts* are the options with their numbers, of which *number* is the product."""

    __slots__ = ("parts", "place", "program")

    def __init__(self, program: str, parts: tuple[tuple[str, int], ...], place: "Node") -> None:
        self.program = program
        self.parts = parts
        self.place = place
        """The first of the options."""

    @property
    def number(self) -> int:
        """How many GPUs that takes."""
        product = 1
        for _, count in self.parts:
            product *= count
        return product

    def __repr__(self) -> str:
        return f"Parallelism({self.program}, {self.parts})"


def parallelism_of(service: "Service") -> Parallelism | None:
    """Return how a service divides its work among GPUs; None where it does not say, or that is not certain."""
    command = service.main_command
    program = _program(command)
    if command is None or program is None or any(other.name == "ray" for other in service.started):
        return None
    groups = _OPTIONS[program]
    named = {name for group in groups for name in group}
    given = _arguments(command, named)
    if _is_elsewhere(given, program):
        return None
    parts: list[tuple[str, int]] = []
    place: Node | None = None
    for group in groups:
        found = [(value, word) for name, value, word, holder in given.options if _dashed(name) in group and holder]
        if not found:
            continue
        value, word = found[-1]
        if value is None or not value.isdigit() or len(value) > 4:
            return None
        parts.append((word.value.partition("=")[0], int(value)))
        place = place or service.place(word)
    if program == "text-generation-launcher" and not parts:
        variable = service.environment.get("NUM_SHARD")
        if variable is not None and (variable.value or "").isdigit():
            parts.append(("NUM_SHARD", int((variable.value or "0")[:4])))
            place = variable.node
    return Parallelism(program, tuple(parts), place) if parts and place is not None else None


def _program(command: Command | None) -> str | None:
    if command is None or command.is_partial:
        return None
    name = SAME_SERVER.get(command.name, command.name)
    return name if name in _OPTIONS else None


def _arguments(command: Command, named: set[str]) -> Arguments:
    values = {*named, *_VALUES}
    return Arguments(command.arguments, frozenset((*values, *("--" + name[2:].replace("-", "_") for name in values))))


def _is_elsewhere(given: Arguments, program: str) -> bool:
    for name, value, _, _ in given.options:
        dashed = _dashed(name)
        is_torchrun = _OPTIONS[program] is _TORCHRUN
        if dashed in _ELSEWHERE and not is_torchrun and not (dashed in ("--nnodes", "--num-machines") and value == "1"):
            return True
        if dashed == "--distributed-executor-backend" and value != "mp":
            return True
    return False


def _dashed(name: str) -> str:
    return "--" + name[2:].replace("_", "-") if name.startswith("--") else name


def counted_requests(service: "Service") -> "tuple[GpuRequest, ...]":
    """Return the requests of a service that say which GPUs it gets.

    ``runtime: nvidia`` beside a reservation says nothing more, unless NVIDIA_VISIBLE_DEVICES does.
    """
    requests = service.gpus
    others = tuple(
        request for request in requests if request.how != "runtime" or request.device_ids or request.count is not None
    )
    return others or requests


def reserved_gpus(service: "Service") -> "tuple[int, GpuRequest] | None":
    """Return how many GPUs a service surely gets, with the first request for them; None where nobody can tell."""
    requests = counted_requests(service)
    if not requests or "CUDA_VISIBLE_DEVICES" in service.environment:
        return None
    if len(requests) > 1 and any(request.how != "cdi" for request in requests):
        return None
    total = 0
    for request in requests:
        number = request.number
        if not number or number < 0 or any(name == "all" or "," in name or "$" in name for name in request.device_ids):
            return None
        total += number
    return total, requests[0]
