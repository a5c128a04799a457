"""Models and data that a service only reads, and yet may change."""

import posixpath

from dlint.model.role import Role

TYPE_CHECKING = False
if TYPE_CHECKING:
    from dlint.model.compose.mounts import Mount
    from dlint.model.compose.project import ComposeProject
    from dlint.model.compose.service import Service

# What folders of models and data are called, on the host or in the container.
_NAMES = frozenset({
    "model", "models", "checkpoint", "checkpoints", "ckpt", "ckpts", "weights", "data", "dataset", "datasets",
    "model_repository", "model-repository", "model-store", "model_store", "saved_models",
})  # fmt: skip
# Servers that read the model they are told to serve, and write nothing beside it.
_READERS = frozenset({
    "vllm", "sglang", "llama-server", "text-generation-launcher", "text-embeddings-router", "tensorflow_model_server",
    "tritonserver",
})  # fmt: skip
# Where tools keep downloads beside the model.
_WRITES = ("--download-dir", "--huggingface-hub-cache", "--model-control-mode")


class Reading:
    """A mount that could be read-only: *reason* says why, *writer* is the mount of the service that fills it."""

    __slots__ = ("mount", "reason", "writer")

    def __init__(self, mount: "Mount", reason: str, writer: "Mount | None" = None) -> None:
        self.mount = mount
        self.reason = reason
        self.writer = writer


def only_read(service: "Service") -> list[Reading]:
    """Return the mounts of models and data that a serving service has no need to change."""
    if service.role is not Role.SERVING or service.job is not None:
        return []
    found = []
    for mount in service.mounts:
        if mount.is_read_only or mount.type not in ("bind", "volume") or mount.source is None:
            continue
        reading = _served(service, mount) or _made_by_another(service, mount)
        if reading is not None:
            found.append(reading)
    return found


def _served(service: "Service", mount: "Mount") -> Reading | None:
    """Return how a server reads the model it is told to serve from a mount."""
    server = service.server
    if server is None or server.name not in _READERS or mount.type != "bind":
        return None
    model = server.model
    path = model.value if model else _repository(service)
    if path is None or not path.startswith("/") or not mount.covers(path):
        return None
    if any(server.arguments.has(name) for name in _WRITES):
        return None
    return Reading(mount, f"{server.label} serves {path} from it")


def _repository(service: "Service") -> str | None:
    server = service.server
    names = ("--model-repository", "--model-store", "--model_base_path")
    return server.arguments.get(*names) if server is not None else None


def _made_by_another(service: "Service", mount: "Mount") -> Reading | None:
    """Return the service that fills a folder of models or data, which this one serves."""
    if not _is_called_after_data(mount):
        return None
    project = service.project
    makers = project.once("makers", lambda: _makers(project))
    found = makers.get((mount.type, mount.source or ""))
    if found is None or found[0] == service.name:
        return None
    return Reading(mount, f"{found[0]} is the one that makes what is in it", found[1])


def _makers(project: "ComposeProject") -> "dict[tuple[str, str], tuple[str, Mount]]":
    """Return by type and source of a mount the first job that may write to it, and how it mounts it."""
    found: dict[tuple[str, str], tuple[str, Mount]] = {}
    for other in project.services.values():
        for mount in other.mounts if other.job is not None else ():
            if mount.source is not None and not mount.is_read_only:
                found.setdefault((mount.type, mount.source), (other.name, mount))
    return found


def _is_called_after_data(mount: "Mount") -> bool:
    source = (mount.source or "").replace("\\", "/")
    names = {posixpath.basename(path.rstrip("/")).lower() for path in (source, mount.target)}
    return not names.isdisjoint(_NAMES)
