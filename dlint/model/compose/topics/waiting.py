"""Which services wait for which, and how Compose could know that those are ready."""

from dlint.knowledge.service_probes import OLD_MONGO, PROBES
from dlint.model.compose.purpose import known_service_image
from dlint.regex import lazy

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from dlint.model.compose.dependencies import Dependency
    from dlint.model.compose.project import ComposeProject
    from dlint.model.compose.service import Service

NO_VERSION = 999
"""What stands for the version of images whose tag names none: the newest."""
_ADDRESS = lazy(r"http://localhost:\d+")
# Kinds of images (knowledge.compose_services) that ask again and again until somebody answers.
_PATIENT_KINDS = frozenset({"monitoring", "proxy", "tracking"})
_PATIENT_PROGRAMS = frozenset({"tensorboard", "mlflow", "nginx", "caddy", "prometheus"})
# Kinds of images that a program beside them asks when it starts.
_NEEDED_KINDS = frozenset({"database", "cache", "broker", "storage", "tracking"})


class Edge:
    """One entry of ``depends_on``, with the service it stands in and the one it names."""

    __slots__ = ("dependency", "service", "target")

    def __init__(self, service: "Service", dependency: "Dependency", target: "Service") -> None:
        self.service = service
        self.dependency = dependency
        self.target = target


def edges(project: "ComposeProject") -> "Iterator[Edge]":
    """Yield what services wait for, in the order of the file; what names no service of the project is left out."""
    for service in project.services.values():
        for dependency in service.dependencies:
            target = project.services.get(dependency.name)
            if target is not None and target is not service:
                yield Edge(service, dependency, target)


def is_patient(service: "Service") -> bool:
    """Whether a service is one that asks others again until they answer: a proxy, a monitor."""
    image, command = known_service_image(service), service.main_command
    if command is not None and command.name in _PATIENT_PROGRAMS:
        return True
    return image is not None and image.kind in _PATIENT_KINDS


def label_of(service: "Service") -> str | None:
    """Return what a service runs, by its known image: ``PostgreSQL``."""
    image = known_service_image(service)
    return image.label if image is not None and service.entrypoint is None else None


def is_needed_at_start(service: "Service") -> bool:
    """Whether a service is a database, a broker, a model server: what others ask as soon as they start."""
    image = known_service_image(service)
    return service.is_model_server or (image is not None and image.kind in _NEEDED_KINDS and service.entrypoint is None)


def probe_for(service: "Service") -> str | None:
    """Return the ``test`` of a health check that works in the image of a service; None where none is known."""
    label = label_of(service)
    if label is None:
        return None
    probe = PROBES.get(label)
    if label == "MongoDB" and major_of(service) < 6:
        return OLD_MONGO
    if probe is None or "localhost:" not in probe or not service.is_model_server:
        return probe
    port = service.server.port.number if service.server else None
    if port is None:
        return None if service.command or service.server else probe
    return _ADDRESS.sub(f"http://localhost:{port}", probe)


def start_period_for(service: "Service") -> str | None:
    """Return the time a service may need before it answers; None where seconds are enough."""
    return "10m" if service.is_model_server else None


def major_of(service: "Service") -> int:
    """Return the major version in the tag of its image; NO_VERSION where there is none."""
    target = service.built.target if service.built else None
    reference = target.root.reference if target else None
    text = (reference.tag or "" if reference else "").partition(".")[0].partition("-")[0]
    return int(text) if text.isascii() and text.isdigit() and len(text) < 4 else NO_VERSION
