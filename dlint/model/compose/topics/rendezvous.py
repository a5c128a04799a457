"""Services that take part in one distributed job, and the address at which they meet.

Sources: torchrun, accelerate launch, Ray and Dask (documentation of their command lines, 2026-11).
"""

from dlint.model.commands import Arguments, Command

TYPE_CHECKING = False
if TYPE_CHECKING:
    from dlint.model.compose.service import Service
    from dlint.parser.shell.ast import Word
    from dlint.parser.yaml import Node

_LAUNCHERS = ("torchrun", "torch.distributed.run", "torch.distributed.launch", "accelerate", "deepspeed")
_NODES = ("--nnodes", "--num_machines", "--num_nodes")
_RANKS = ("--node_rank", "--machine_rank")
_ADDRESSES = ("--rdzv_endpoint", "--master_addr", "--main_process_ip")
_PORTS = ("--master_port", "--main_process_port")
_NODE_VARIABLES = ("NNODES", "NUM_NODES", "PET_NNODES")
_RANK_VARIABLES = ("NODE_RANK", "PET_NODE_RANK", "MACHINE_RANK", "RANK")
_VALUES = frozenset({
    name
    for option in (*_NODES, *_RANKS, *_ADDRESSES, *_PORTS, "--nproc_per_node", "--rdzv_backend", "--rdzv_id",
                   "--num_processes", "--max_restarts", "--mixed_precision", "--config_file", "--address", "--port")
    for name in (option, "--" + option[2:].replace("_", "-"))
})  # fmt: skip
_LOOPBACKS = frozenset({"localhost", "127.0.0.1", "0.0.0.0", "::1", "[::1]", "ip6-localhost"})


class Member:
    """A service in a distributed job.

    *kind* is ``torch``, ``ray`` or ``dask``; *host* and *port* the address at which it meets the others, *node* where
    that is written, None where it names none or hides it. *is_head* says whether it is the one the others meet, None
    where nobody knows.
    """

    __slots__ = ("host", "is_head", "kind", "node", "port", "service", "setting")

    def __init__(
        self,
        service: "Service",
        kind: str,
        *,
        is_head: bool | None,
        host: str | None = None,
        port: str | None = None,
        node: "Node | None" = None,
        setting: str = "",
    ) -> None:
        self.service = service
        self.kind = kind
        self.is_head = is_head
        self.host = host
        self.port = port
        self.node = node
        self.setting = setting
        """What names the address: an option, or a variable."""

    @property
    def is_loopback(self) -> bool:
        """Whether it looks for the others in its own container."""
        return self.host is not None and (self.host.lower() in _LOOPBACKS or self.host.startswith("127."))

    @property
    def is_repeated(self) -> bool:
        """Whether several containers of its service run."""
        replicas = self.service.replicas
        return bool(replicas and replicas.value and replicas.value >= 2)

    def __repr__(self) -> str:
        return f"Member({self.service.name}, {self.kind}, {self.host}:{self.port}, head={self.is_head})"


def read_member(service: "Service") -> Member | None:
    """Return the part that a service has in a distributed job, None if it has none of those known."""
    return service.once("member", lambda: _ray(service) or _dask(service) or _torch(service))


def split_address(text: str) -> tuple[str, str | None]:
    """Return host and port of ``HOST:PORT``, with or without a scheme."""
    text = text.rpartition("://")[2].partition("/")[0]
    host, colon, port = text.rpartition(":")
    return (host, port) if colon and port.isdigit() else (text, None)


def _torch(service: "Service") -> Member | None:
    command = service.main_command
    arguments = Arguments(command.arguments, _VALUES) if command and command.name in _LAUNCHERS else None
    nodes = _given(service, arguments, _NODES, _NODE_VARIABLES)
    if not _is_many(nodes[0] if nodes else None) and not _is_one_of_many(service, arguments):
        return None
    rank = _given(service, arguments, _RANKS, _RANK_VARIABLES)
    is_head = None if rank is None or rank[0] is None else rank[0] == "0"
    address = _given(service, arguments, _ADDRESSES, ("MASTER_ADDR", "PET_MASTER_ADDR", "PET_RDZV_ENDPOINT"))
    port = _given(service, arguments, _PORTS, ("MASTER_PORT", "PET_MASTER_PORT"))
    if address is None:
        return Member(service, "torch", is_head=is_head)
    host, own_port = split_address(address[0]) if address[0] else (None, None)
    return Member(
        service, "torch", is_head=is_head, host=host, port=own_port or (port[0] if port else None), node=address[1],
        setting=address[2],
    )  # fmt: skip


def _is_many(nodes: str | None) -> bool:
    """Whether a number of machines, or an elastic range of it, is 2 or more."""
    most = (nodes or "").rpartition(":")[2]
    return most.isascii() and most.isdigit() and len(most) < 6 and int(most) >= 2


def _is_one_of_many(service: "Service", arguments: Arguments | None) -> bool:
    """Whether a service is one process of several by its variables: WORLD_SIZE, RANK and MASTER_ADDR."""
    variables = service.environment
    if arguments is not None or not {"MASTER_ADDR", "RANK", "WORLD_SIZE"} <= variables.keys():
        return False
    return _is_many(variables["WORLD_SIZE"].value) and "LOCAL_RANK" not in variables


def _given(
    service: "Service", arguments: Arguments | None, options: tuple[str, ...], variables: tuple[str, ...]
) -> "tuple[str | None, Node | None, str] | None":
    """Return value, place and name of an option or a variable; the value is None where it is hidden."""
    for name, value, _, holder in reversed(arguments.options if arguments else []):
        if "--" + name[2:].replace("-", "_") in options and holder is not None and value is not None:
            return (None if "$" in value else value), service.place(holder), name
    for name in variables:
        variable = service.environment.get(name)
        if variable is not None:
            value = variable.value
            return (None if value is None or "$" in value else value), variable.value_node, name
    return None


def _ray(service: "Service") -> Member | None:
    for command in service.started:
        if command.name == "ray" and command.values()[:1] == ["start"]:
            arguments = Arguments(command.arguments, _VALUES)
            if arguments.has("--head"):
                return Member(service, "ray", is_head=True, port=arguments.get("--port") or "6379")
            return _of_words(service, "ray", arguments.words("--address"), "--address")
    variable = service.environment.get("RAY_ADDRESS")
    if variable is None or not variable.value or ":" not in variable.value:
        return None
    host, port = split_address(variable.value)
    return Member(
        service, "ray", is_head=False, host=host, port=port, node=variable.value_node, setting="RAY_ADDRESS"
    )  # fmt: skip


def _dask(service: "Service") -> Member | None:
    for command in service.started:
        part = _part_of_dask(command)
        if part == "scheduler":
            return Member(service, "dask", is_head=True)
        if part == "worker":
            operands = [word for word in command.arguments if not word.value.startswith("-") and ":" in word.value]
            return _of_words(service, "dask", [(word.value, word) for word in operands], "its scheduler")
    variable = service.environment.get("DASK_SCHEDULER_ADDRESS")
    if variable is None or not variable.value:
        return None
    host, port = split_address(variable.value)
    return Member(
        service, "dask", is_head=False, host=host, port=port, node=variable.value_node,
        setting="DASK_SCHEDULER_ADDRESS",
    )  # fmt: skip


def _part_of_dask(command: Command) -> str | None:
    name = command.name
    if name in ("dask-scheduler", "dask-worker", "dask-cuda-worker"):
        return name.rpartition("-")[2]
    values = command.values()
    if name == "dask" and values:
        return (
            values[0]
            if values[0] in ("scheduler", "worker")
            else "worker"
            if values[:2] == ["cuda", "worker"]
            else None
        )
    return None


def _of_words(service: "Service", kind: str, words: "list[tuple[str, Word]]", setting: str) -> Member:
    if not words or "$" in words[0][0]:
        return Member(service, kind, is_head=False)
    value, word = words[0]
    host, port = split_address(value)
    return Member(service, kind, is_head=False, host=host, port=port, node=service.place(word), setting=setting)
