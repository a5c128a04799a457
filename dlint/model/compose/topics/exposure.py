"""Services that let in whoever reaches them, and on which of their ports."""

import os

from dlint.knowledge.compose_services import SERVICE_IMAGES, ServiceImage
from dlint.model.compose.environment import env_files
from dlint.model.compose.purpose import known_service_image
from dlint.regex import lazy

TYPE_CHECKING = False
if TYPE_CHECKING:
    from dlint.model.compose.ports import Port
    from dlint.model.compose.service import Service
    from dlint.parser.shell.ast import Word

# Whoever comes in reads and changes data, or runs code.
_GRAVE = frozenset({"database", "cache", "broker", "compute", "notebook"})
_KINDS = _GRAVE | {"storage", "tracking", "monitoring"}
# Images of other kinds whose port lets everyone change them, and of these kinds whose ports are there to be reached.
_MORE = ("Ollama", "TorchServe")
_HARMLESS = ("node-exporter", "cAdvisor", "dcgm-exporter", "Jaeger", "TensorFlow")
# The same software by its command, where the image is one's own.
_BY_SERVER = {"mlflow": "ghcr.io/mlflow/mlflow", "ollama": "ollama/ollama", "torchserve": "pytorch/torchserve"}
_TENSORBOARD = ServiceImage("tracking", "TensorBoard", ports=(6006,), login="none")
_TORCHSERVE_CONTROL = 8081
_EMPTY_TOKEN = lazy(r"--(?:ServerApp|NotebookApp|LabApp|IdentityProvider)\.token=(?:''|\"\")?\Z")
_PASSWORD = lazy(r"--(?:ServerApp|NotebookApp|LabApp|PasswordIdentityProvider)\.(?:hashed_)?password=['\"]?[^'\"]")
_TORCHSERVE_TAG = lazy(r"0\.(?:\d|10|11)\.")
_OFF = frozenset({"", "0", "false", "no", "off", "none"})


class Exposure:
    """Ports of a service that other machines can reach, and what stands behind them.

    *login* is ``none`` (nobody is asked for anything), ``default`` (everyone knows user and password) or
    ``required`` (a password). *is_grave* says that data or the machine is at stake.
    """

    __slots__ = ("is_grave", "label", "login", "ports", "service")

    def __init__(self, service: "Service", image: ServiceImage, login: str, ports: "list[Port]") -> None:
        self.service = service
        self.label = image.label
        self.login = login
        self.ports = ports
        self.is_grave = image.kind in _GRAVE or image.label in ("TorchServe", "Docker")


def find_exposure(service: "Service") -> Exposure | None:
    """Return how a service that should not be reached from everywhere can be; None where it cannot, or is unknown."""
    image = _software(service)
    if image is None or service.network_mode is not None:
        return None
    login = _login(service, image)
    if login is None:
        return None
    numbers = _numbers(service, image)
    ports = [
        port
        for port in service.ports
        if port.is_public and port.published is not None and port.protocol == "tcp" and any(map(port.targets, numbers))
    ]
    return Exposure(service, image, login, ports) if ports else None


def _software(service: "Service") -> ServiceImage | None:
    server = service.server
    if server is not None and server.name == "tensorboard":
        return _TENSORBOARD
    if server is not None and server.name == "jupyter":
        return SERVICE_IMAGES.get("jupyter") or ServiceImage("notebook", "Jupyter", ports=(8888,), login="required")
    if server is not None and server.name in _BY_SERVER:
        return SERVICE_IMAGES[_BY_SERVER[server.name]]
    image = known_service_image(service)
    if image is None:
        return _docker(service)
    if image.label in _HARMLESS or (image.kind not in _KINDS and image.label not in _MORE):
        return None
    # What is built on such an image and starts something else is no longer it.
    return image if service.build is None or server is None else None


def _docker(service: "Service") -> ServiceImage | None:
    image = service.image
    if service.build is not None or image is None or image.official != "docker" or "dind" not in (image.tag or ""):
        return None
    return ServiceImage("compute", "Docker", ports=(2375,), login="none")


def _numbers(service: "Service", image: ServiceImage) -> tuple[int, ...]:
    server = service.server
    if image.label == "TorchServe":
        return (_TORCHSERVE_CONTROL,)
    if server is not None and server.name in ("mlflow", "tensorboard", "jupyter"):
        port = server.port.number
        if port is None and server.name == "mlflow" and not any("port" in word.value for word in _words(service)):
            # Nothing says another one, and the image's own variables are not those of mlflow.
            return image.ports if service.build is None else ()
        return () if port is None else (port,)
    return image.ports


def _login(service: "Service", image: ServiceImage) -> str | None:
    """Return what somebody meets who reaches the service; None where it is closed as it should be, or unknown."""
    if image.label == "TorchServe":
        return _torchserve_login(service)
    if image.kind == "notebook":
        return "none" if _asks_for_no_token(service) else None
    login = "none" if _is_old_elasticsearch(service, image) else image.login
    if login == "required" and any(_is_set(service, name) for name in image.opens):
        login = "none" if image.label != "Neo4j" or _neo4j_is_open(service) else login
    if login in ("none", "default") and (
        any(_is_set(service, name) for name in image.closes) or _is_configured_elsewhere(service)
    ):
        login = "required"
    return login if login != "required" or image.kind in _GRAVE else None


def _is_configured_elsewhere(service: "Service") -> bool:
    """Whether a file that nobody sees here may set a password: of variables, or of settings."""
    if any(word.value.endswith((".conf", ".cnf", ".yml", ".yaml", ".ini")) for word in service.command or ()):
        return known_service_image(service) is not SERVICE_IMAGES["prom/prometheus"]
    folder = service.project.folder_of(service.node)
    return any(not os.path.isfile(os.path.join(folder, path)) for _, path, _ in env_files(service) if "\0" not in path)


def _is_set(service: "Service", name: str) -> bool:
    """Whether a variable is set to more than ``false``, or an option stands on the command line."""
    if name.startswith("-"):
        return any(word.value == name or word.value.startswith(name + "=") for word in _words(service))
    variable = service.environment.get(name)
    if variable is None:
        return False
    if name.startswith("xpack.") or name == "WEBUI_AUTH":
        # What opens these is that they are switched off.
        return (variable.value or "true").lower() in _OFF
    return variable.value is None or variable.value.lower() not in _OFF


def _words(service: "Service") -> "list[Word]":
    return [*(service.entrypoint or ()), *(service.command or ()), *_started(service)]


def _started(service: "Service") -> "list[Word]":
    return [word for command in service.started for word in command.arguments]


def _is_old_elasticsearch(service: "Service", image: ServiceImage) -> bool:
    """Whether it is Elasticsearch before 8, where passwords have to be switched on."""
    reference = service.image
    if image.label != "Elasticsearch" or reference is None or reference.tag is None:
        return False
    switch = service.environment.get("xpack.security.enabled")
    is_on = switch is not None and (switch.value or "true").lower() == "true"
    return reference.tag.partition(".")[0] in ("5", "6", "7") and not is_on


def _neo4j_is_open(service: "Service") -> bool:
    variable = service.environment.get("NEO4J_AUTH")
    return variable is not None and variable.value == "none"


def _asks_for_no_token(service: "Service") -> bool:
    values = [word.value for word in _words(service)]
    if any(_PASSWORD.match(value) for value in values):
        return False
    return any(_EMPTY_TOKEN.match(value) for value in values)


def _torchserve_login(service: "Service") -> str | None:
    switch = service.environment.get("TS_DISABLE_TOKEN_AUTHORIZATION")
    if switch is not None and (switch.value or "").lower() == "true":
        return "none"
    if any(word.value in ("--disable-token-auth", "--disable-token") for word in _words(service)):
        return "none"
    image = service.image
    return "none" if image is not None and image.tag and _TORCHSERVE_TAG.match(image.tag) else None
