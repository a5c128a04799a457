"""Where the server of a service keeps the models it downloads, and whether that outlives the container."""

import posixpath

from dlint.model.caches import is_true
from dlint.model.compose.purpose import known_service_image
from dlint.model.hub import is_hub_name, may_hold_models
from dlint.model.hub_cache import named_cache
from dlint.model.server import runtime_variable
from dlint.parser.yaml import Node

TYPE_CHECKING = False
if TYPE_CHECKING:
    from dlint.model.compose.service import Service

# Servers that load a model from the Hub, and the options that name where it goes.
_OPTIONS = {
    "vllm": ("--download-dir", "--download_dir"), "sglang": ("--download-dir",),
    "text-generation-launcher": ("--huggingface-hub-cache", "--weights-cache-override"),
    "text-embeddings-router": ("--huggingface-hub-cache",),
}  # fmt: skip
# Images that set it up, by their label.
_OF_IMAGES = {"TGI": "/data", "TEI": "/data"}
_OFFLINE = "HF_HUB_OFFLINE"
_DEFAULT = "/root/.cache/huggingface"


class ModelCache:
    """A folder of models that is lost with the container.

    *model* is the name of the model that is fetched again, None where any may be; *path* what to mount;
    *node* where the model is named, or the service.
    """

    __slots__ = ("label", "model", "node", "path")

    def __init__(self, label: str, path: str, node: Node, model: str | None = None) -> None:
        self.label = label
        self.path = path
        self.node = node
        self.model = model


def lost_cache(service: "Service") -> ModelCache | None:
    """Return the cache of a model server that nothing keeps; None where it is kept, not needed, or unknown."""
    if service.has_hidden_mounts:
        return None
    server = service.server
    if server is not None and server.name in _OPTIONS:
        return _of_hub(service)
    image = known_service_image(service)
    if image is None or service.build is not None or image.label not in ("Ollama", "LocalAI"):
        return None
    if image.label == "Ollama":
        return _of_image(service, "Ollama", "OLLAMA_MODELS", ("/root/.ollama",))
    return _of_image(service, "LocalAI", "MODELS_PATH", ("/models", "/build/models"))


def _of_image(service: "Service", label: str, variable: str, paths: tuple[str, ...]) -> ModelCache | None:
    named = service.environment.get(variable) or service.environment.get(f"LOCALAI_{variable}")
    if named is not None:
        if named.value is None or not named.value.startswith("/"):
            return None
        paths = (named.value,)
    for path in paths:
        inside = path.rstrip("/") + "/"
        if any(mount.covers(path) or mount.target.startswith(inside) for mount in service.mounts):
            return None
    # A client of another server runs from the same image.
    if service.command or service.entrypoint:
        return None
    return ModelCache(label, paths[0], service.image_node or service.key)


def _of_hub(service: "Service") -> ModelCache | None:
    server, container = service.server, service.container
    model = server.model if server else None
    if server is None or model is None or model.value is None or not is_hub_name(model.value):
        return None
    node = service.place(model)
    if node is None or node.source not in [file.source for file in service.project.files]:
        # The Dockerfile names it, and model-fetched-at-start looks there.
        return None
    offline = runtime_variable(container, server.command, _OFFLINE)
    if offline is not None and (offline.value is None or is_true(offline.value)):
        return None
    if service.build is not None and may_hold_models(container):
        return None
    path = _cache(service)
    if path is None or _is_kept(service, path):
        return None
    return ModelCache(server.label, path, node, model.value)


def _cache(service: "Service") -> str | None:
    """Return the folder a server keeps models of the Hub in."""
    server, container = service.server, service.container
    if server is None:
        return None
    named = server.arguments.get(*_OPTIONS[server.name])
    if named is not None:
        return named if named.startswith("/") else None
    folder = named_cache(container, server.command)
    if folder is not None:
        return folder.path
    image = known_service_image(service)
    if image is not None and image.label in _OF_IMAGES:
        return _OF_IMAGES[image.label]
    user = service.user.value if service.user else "root" if service.user is None else None
    if service.build is not None:
        user = container.target.user if container.target and service.user is None else user
    home = service.environment.get("HOME")
    if home is not None:
        return f"{home.value}/.cache/huggingface" if home.value else None
    return _DEFAULT if user in (None, "root", "0", "0:0", "root:root") and _runs_as_root(service) else None


def _runs_as_root(service: "Service") -> bool:
    """Whether the home of its user is /root: an image of a server, or a build that says nothing else."""
    return service.build is None or (service.container.target is not None and service.container.target.user is not None)


def _is_kept(service: "Service", path: str) -> bool:
    inside = posixpath.normpath(path) + "/"
    return any(mount.covers(path) or posixpath.normpath(mount.target).startswith(inside) for mount in service.mounts)
