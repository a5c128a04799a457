"""What a Prometheus of a compose project scrapes: the targets of the configuration that is mounted into it."""

import os
import stat

from dlint.model.compose.purpose import known_service_image
from dlint.model.compose.values import items_of, known_text
from dlint.parser.unreadable import UnreadableError
from dlint.parser.yaml import Node, read_yaml
from dlint.regex import lazy
from dlint.text import Source

TYPE_CHECKING = False
if TYPE_CHECKING:
    from dlint.model.compose.project import ComposeProject
    from dlint.model.compose.service import Service

MAX_FILE = 1_000_000
_DEFAULT = "/etc/prometheus/prometheus.yml"
_TARGET = lazy(r"(?:https?://)?([A-Za-z0-9][A-Za-z0-9_.-]*?)(?::(\d{1,5}))?(?:/.*)?\Z")


class Target:
    """A ``host:port`` that is scraped; *node* is its place in the configuration, *job* the name of its job."""

    __slots__ = ("host", "job", "node", "port")

    def __init__(self, node: Node, host: str, port: int, job: str) -> None:
        self.node = node
        self.host = host
        self.port = port
        self.job = job


class Scraping:
    """What a Prometheus scrapes.

    *place* is where its configuration is mounted, *name* the file's name for people. *is_complete* says that
    no target comes from elsewhere: other files, service discovery, rules for relabelling.
    """

    __slots__ = ("is_complete", "name", "place", "targets")

    def __init__(self, place: Node, name: str, targets: tuple[Target, ...], *, is_complete: bool) -> None:
        self.place = place
        self.name = name
        self.targets = targets
        self.is_complete = is_complete


def read_scraping(service: "Service") -> Scraping | None:
    """Return what a service scrapes; None unless it is a Prometheus whose configuration can be read."""
    image = known_service_image(service)
    if image is None or image.label != "Prometheus":
        return None
    return service.once("scraping", lambda: _read(service))


def _read(service: "Service") -> Scraping | None:
    path = _configured_path(service)
    found = _on_host(service, path) if path is not None else None
    if found is None:
        return None
    place, file = found
    source = _source(service.project, file)
    try:
        root = read_yaml(source) if source is not None else None
    except UnreadableError:
        root = None
    if root is None:
        return None
    targets, is_complete = _targets(root)
    return Scraping(place, os.path.basename(file), tuple(targets), is_complete=is_complete)


def _configured_path(service: "Service") -> str | None:
    """Return the path of the configuration in the container; None where something hides it."""
    if service.build is not None:
        return None
    for command in service.started:
        for index, word in enumerate(command.arguments):
            name, equals, value = word.value.partition("=")
            if name.lstrip("-") == "config.file":
                following = command.arguments[index + 1].value if index + 1 < len(command.arguments) else ""
                path = value if equals else following
                return path if word.is_literal and path.startswith("/") else None
    return _DEFAULT


def _on_host(service: "Service", path: str) -> tuple[Node, str] | None:
    """Return where a file of the container is mounted, and its path on the host."""
    project = service.project
    for name, target, node in service.configs:
        if target == path:
            _, definition = project.elements("configs").get(name, (None, None))
            file = known_text(definition.get("file")) if definition is not None else None
            return (node, os.path.join(project.folder_of(definition), file)) if definition and file else None
    mount = service.mount_at(path)
    if mount is None or mount.type != "bind" or mount.source is None or mount.source.startswith("~"):
        return None
    rest = os.path.relpath(path, mount.target)
    file = os.path.join(project.folder_of(mount.node), mount.source, *([] if rest == "." else [rest]))
    return mount.node, os.path.normpath(file)


def _source(project: "ComposeProject", path: str) -> Source | None:
    """Return a file of the repository, None for one that is elsewhere, too large, or cannot be read."""
    root = project.folder
    for _ in range(project.project_path.count("/")):
        root = os.path.dirname(root)
    path = os.path.normpath(path)
    try:
        is_inside = os.path.realpath(path).startswith(os.path.realpath(root).rstrip("/") + "/")
        if not is_inside or not stat.S_ISREG(os.stat(path).st_mode):
            return None
        with open(path, "rb") as file:
            data = file.read(MAX_FILE + 1)
    except (OSError, ValueError):
        return None
    return Source.from_bytes(data, os.path.relpath(path)) if len(data) <= MAX_FILE else None


def _targets(root: Node) -> tuple[list[Target], bool]:
    """Return the static targets of a configuration, and whether there can be no others."""
    found: list[Target] = []
    is_complete = root.get("scrape_config_files") is None
    for job in items_of(root.get("scrape_configs")):
        if job.get("relabel_configs") is not None:
            # What is named there is handed on to an exporter, and not what is scraped.
            is_complete = False
            continue
        if any(key.text.endswith("_sd_configs") for key, _ in job.pairs):
            is_complete = False
        name = known_text(job.get("job_name")) or ""
        for group in items_of(job.get("static_configs")):
            for item in items_of(group.get("targets")):
                match = _TARGET.match(known_text(item) or "")
                if match:
                    scheme = known_text(job.get("scheme")) or "http"
                    port = int(match[2]) if match[2] else 443 if scheme == "https" else 80
                    found.append(Target(item, match[1], port, name))
                else:
                    is_complete = False
    return found, is_complete
