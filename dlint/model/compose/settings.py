"""What a service says in so many words: ports, mounts, variables, limits, and how it is started and stopped."""

from dlint.model.compose.values import Flag, Number, Text, flag_at, number_at, text_at, texts_of
from dlint.parser.yaml import Node

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import TypeVar

    from dlint.model.compose.dependencies import Dependency
    from dlint.model.compose.environment import EnvironmentVariable
    from dlint.model.compose.gpu import GpuRequest
    from dlint.model.compose.mounts import Mount
    from dlint.model.compose.ports import Port, Range
    from dlint.model.compose.project import ComposeProject

    T = TypeVar("T")


class ServiceSettings:
    """The part of a service that is read from its own table; see Service."""

    def __init__(self, project: "ComposeProject", key: Node, node: Node) -> None:
        self.project = project
        self.name = key.text
        self.key = key
        self.node = node
        self._cache: dict[str, object] = {}

    def get(self, *path: str) -> Node | None:
        """Return the value at a path of keys: ``get("deploy", "resources", "limits")``; None where there is none."""
        node: Node | None = self.node
        for name in path:
            node = node.get(name) if node is not None else None
        return node

    def key_at(self, *path: str) -> Node | None:
        """Return the key at the end of a path of keys: the place to report that something is set at all."""
        above = self.get(*path[:-1])
        pairs = above.pairs if above is not None else []
        return next((key for key, _ in pairs if key.kind == "text" and key.text == path[-1]), None)

    def once(self, name: str, compute: "Callable[[], T]") -> "T":
        """Return what *compute* gave the first time a fact of this name was asked for."""
        try:
            return self._cache[name]  # type: ignore[return-value]
        except KeyError:
            value = self._cache[name] = compute()
            return value

    # What it is given ------------------------------------------------------------------

    @property
    def environment(self) -> "dict[str, EnvironmentVariable]":
        """Its environment variables by name, those of ``env_file`` among them; without those of its image."""
        from dlint.model.compose.environment import read_environment

        return self.once("environment", lambda: read_environment(self))

    @property
    def ports(self) -> "tuple[Port, ...]":
        """Its published ports."""
        from dlint.model.compose.ports import read_ports

        return self.once("ports", lambda: read_ports(self.get("ports")))

    @property
    def has_hidden_ports(self) -> bool:
        """Whether ``ports`` has entries that ``ports`` here leaves out: hidden by a variable, or malformed."""
        node = self.get("ports")
        return node is not None and len(self.ports) != len(node.items)

    @property
    def expose(self) -> "tuple[tuple[Node, Range], ...]":
        """Node and range of the TCP ports in ``expose``."""
        from dlint.model.compose.ports import read_expose

        return read_expose(self.get("expose"))

    @property
    def mounts(self) -> "tuple[Mount, ...]":
        """What ``volumes`` and ``tmpfs`` mount into it."""
        from dlint.model.compose.mounts import read_mounts

        return self.once("mounts", lambda: read_mounts(self.get("volumes"), self.get("tmpfs")))

    @property
    def has_hidden_mounts(self) -> bool:
        """Whether it has mounts that nobody sees here: a variable hides them, or another service has them."""
        node = self.get("volumes")
        count = len(node.items) + len(node.pairs) if node is not None else 0
        shown = sum(1 for mount in self.mounts if node is not None and any(mount.node is item for item in node.items))
        return shown != count or bool(self.volumes_from)

    def mount_at(self, path: str) -> "Mount | None":
        """Return the mount that a path of the container lies in, the deepest one; None if it lies in none."""
        from dlint.model.compose.mounts import covering

        return covering(self.mounts, path)

    @property
    def secrets(self) -> "tuple[tuple[str, str, Node], ...]":
        """Name, path in the container and node of each secret."""
        from dlint.model.compose.mounts import read_files

        return read_files(self.get("secrets"), "/run/secrets/")

    @property
    def configs(self) -> "tuple[tuple[str, str, Node], ...]":
        """Name, path in the container and node of each config."""
        from dlint.model.compose.mounts import read_files

        return read_files(self.get("configs"), "/")

    @property
    def volumes_from(self) -> tuple[Text, ...]:
        """The services whose volumes it gets, as written."""
        return tuple(texts_of(self.get("volumes_from")))

    @property
    def gpu(self) -> "GpuRequest | None":
        """What it asks of the host's GPUs, the first request; see ``gpus`` for all."""
        return self.gpus[0] if self.gpus else None

    @property
    def gpus(self) -> "tuple[GpuRequest, ...]":
        """Every request for GPUs."""
        from dlint.model.compose.gpu import read_gpus

        return self.once("gpus", lambda: read_gpus(self))

    # How it runs -----------------------------------------------------------------------

    @property
    def dependencies(self) -> "tuple[Dependency, ...]":
        """The services of ``depends_on``."""
        from dlint.model.compose.dependencies import read_dependencies

        return self.once("dependencies", lambda: read_dependencies(self.get("depends_on")))

    @property
    def links(self) -> "tuple[tuple[Node, str, str], ...]":
        """Node, service and alias of each link."""
        from dlint.model.compose.dependencies import read_links

        return read_links(self.get("links"))

    @property
    def memory_limit(self) -> Number | None:
        """The most memory it may take, in bytes: ``deploy.resources.limits.memory`` or ``mem_limit``."""
        from dlint.model.compose.amounts import bytes_at

        limit = bytes_at(self.get("deploy", "resources", "limits", "memory")) or bytes_at(self.get("mem_limit"))
        # 0 is no limit.
        return None if limit is None or limit.value == 0 else limit

    @property
    def memory_reservation(self) -> Number | None:
        """The memory that is kept for it, in bytes: ``deploy.resources.reservations.memory`` or ``mem_reservation``."""
        from dlint.model.compose.amounts import bytes_at

        return bytes_at(self.get("deploy", "resources", "reservations", "memory")) or bytes_at(
            self.get("mem_reservation")
        )

    @property
    def cpu_limit(self) -> Number | None:
        """How many processors it may use: the limit of ``deploy``, ``cpus``, or ``cpu_quota`` over its time."""
        from dlint.model.compose.amounts import cpus_of

        return cpus_of(self)

    @property
    def cpuset(self) -> Text | None:
        """The processors it is bound to: ``0-3``."""
        return text_at(self.get("cpuset"))

    @property
    def pids_limit(self) -> Number | None:
        """The most processes it may have; -1 for no limit."""
        return number_at(self.get("deploy", "resources", "limits", "pids")) or number_at(self.get("pids_limit"))

    @property
    def shm_size(self) -> Number | None:
        """The size of its /dev/shm in bytes; None where Docker's 64 MB stay."""
        from dlint.model.compose.amounts import bytes_at

        return bytes_at(self.get("shm_size"))

    @property
    def replicas(self) -> Number | None:
        """How many containers of it run: ``deploy.replicas`` or ``scale``."""
        return number_at(self.get("deploy", "replicas")) or number_at(self.get("scale"))

    @property
    def restart(self) -> Text | None:
        """When it is started again: ``always``, ``unless-stopped``, ``on-failure[:3]``, ``no``.

        ``deploy.restart_policy.condition`` counts over ``restart``, in its words (``any``, ``on-failure``, ``none``).
        """
        return text_at(self.get("deploy", "restart_policy", "condition")) or text_at(self.get("restart"))

    @property
    def stop_grace_period(self) -> Number | None:
        """The seconds between SIGTERM and SIGKILL; None where Docker's 10 stay."""
        from dlint.model.compose.amounts import seconds_at

        return seconds_at(self.get("stop_grace_period"))

    @property
    def profiles(self) -> tuple[Text, ...]:
        """Its profiles: it runs only where one of them is asked for."""
        return tuple(texts_of(self.get("profiles")))

    @property
    def profile_names(self) -> tuple[str, ...]:
        """The names of its profiles that are known."""
        return tuple(text.value for text in self.profiles if text.value)

    @property
    def networks(self) -> dict[str, Node]:
        """The networks it is in by name, with the node that names them; empty for ``default``."""
        from dlint.model.compose.values import known_text, pairs_of

        node = self.get("networks")
        found = {text.value: text.node for text in texts_of(node) if text.value}
        found |= {name: key for name, key, _ in pairs_of(node) if known_text(key)}
        return found

    def text(self, *path: str) -> Text | None:
        """Return the text at a path of keys, with its node: for keys that have no accessor of their own."""
        return text_at(self.get(*path))

    def flag(self, *path: str) -> Flag | None:
        """Return the switch at a path of keys, with its node."""
        return flag_at(self.get(*path))

    @property
    def container_name(self) -> Text | None:
        """The name its container gets."""
        return self.text("container_name")

    @property
    def network_mode(self) -> Text | None:
        """``host``, ``none``, ``bridge``, ``service:name``, ``container:name``."""
        return self.text("network_mode")

    @property
    def ipc(self) -> Text | None:
        """``host``, ``shareable``, ``private``, ``service:name``."""
        return self.text("ipc")

    @property
    def pid(self) -> Text | None:
        """``host``, or ``service:name``."""
        return self.text("pid")

    @property
    def user(self) -> Text | None:
        """The user it runs as; None where that of the image stays."""
        return self.text("user")

    @property
    def runtime(self) -> Text | None:
        """The OCI runtime: ``nvidia``."""
        return self.text("runtime")

    @property
    def platform(self) -> Text | None:
        """``linux/amd64``."""
        return self.text("platform")

    @property
    def privileged(self) -> Flag | None:
        """Whether it may do everything root of the host may."""
        return self.flag("privileged")

    @property
    def init(self) -> Flag | None:
        """Whether an init process is its first one."""
        return self.flag("init")

    @property
    def read_only(self) -> Flag | None:
        """Whether its file system cannot be written to."""
        return self.flag("read_only")

    @property
    def logging_driver(self) -> Text | None:
        """The log driver it names; its options are at ``get("logging", "options")``."""
        return self.text("logging", "driver")
