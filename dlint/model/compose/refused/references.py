"""What services name elsewhere in a project, and names that nothing there has."""

from dlint.model.compose.dependencies import read_dependencies
from dlint.model.compose.topics.granted import missing_secret_files
from dlint.model.compose.values import known_text, texts_of
from dlint.parser.compose.fault import Fault
from dlint.parser.compose.suggestions import nearest
from dlint.parser.yaml import Node

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from dlint.model.compose.project import ComposeProject
    from dlint.model.compose.service import Service

_NAMESPACES = ("network_mode", "ipc", "pid", "uts")
_SECTIONS = {"network": "networks", "volume": "volumes", "secret": "secrets", "config": "configs", "model": "models"}
_VERBS = {
    "depends_on": "depends on", "links": "links to", "volumes_from": "takes the volumes of",
    "additional_contexts": "builds from", "network_mode": "shares the network of", "ipc": "shares the IPC of",
    "pid": "shares the processes of", "uts": "shares the host name of",
}  # fmt: skip


class Reference:
    """A name at *node*: *what* is ``service``, ``network``, ``volume``, ``secret``, ``config`` or ``model``.

    *key* is where in the service it stands. *is_awaited* says that the service is started after it.
    """

    __slots__ = ("is_awaited", "is_required", "key", "name", "node", "what")

    def __init__(
        self, what: str, name: str, node: Node, key: str, *, is_awaited: bool = False, is_required: bool = True
    ) -> None:
        self.what = what
        self.name = name
        self.node = node
        self.key = key
        self.is_awaited = is_awaited
        self.is_required = is_required


def references_of(service: "Service") -> list[Reference]:
    """Return everything a service names; what variables hide is left out."""
    return [*_services(service), *_resources(service)]


def _services(service: "Service") -> "Iterator[Reference]":
    for found in read_dependencies(service.get("depends_on")):
        if found.node.is_known:
            yield Reference(
                "service", found.name, found.node, "depends_on", is_awaited=True, is_required=found.is_required
            )
    for text in texts_of(service.get("links")):
        if text.value is not None:
            parts = text.value.split(":")
            name = parts[0] if len(parts) == 2 else text.value
            yield Reference("service", name, text.node, "links", is_awaited=True)
    for key in _NAMESPACES:
        mode = service.get(key)
        shared = known_text(mode) or ""
        if mode is not None and shared.startswith("service:"):
            yield Reference("service", shared.removeprefix("service:"), mode, key, is_awaited=True)
    for text in texts_of(service.get("volumes_from")):
        if text.value is not None and not text.value.startswith("container:"):
            yield Reference("service", text.value.partition(":")[0], text.node, "volumes_from", is_awaited=True)
    for node, value in _additional_contexts(service):
        if value.startswith("service:"):
            yield Reference("service", value.removeprefix("service:"), node, "additional_contexts")


def _additional_contexts(service: "Service") -> "Iterator[tuple[Node, str]]":
    contexts = service.get("build", "additional_contexts")
    for _, value in contexts.pairs if contexts is not None else ():
        yield value, known_text(value) or ""
    for text in texts_of(contexts):
        yield text.node, (text.value or "").partition("=")[2]


def _resources(service: "Service") -> "Iterator[Reference]":
    for key in ("networks", "models"):
        node = service.get(key)
        what = key.removesuffix("s")
        for name, _ in node.pairs if node is not None else ():
            if name.kind == "text":
                yield Reference(what, name.text, name, key)
        for text in texts_of(node) if node is not None and node.kind == "list" else ():
            if text.value is not None:
                yield Reference(what, text.value, text.node, key)
    for mount in service.mounts:
        if mount.type == "volume" and mount.source is not None and mount.node.is_known:
            yield Reference("volume", mount.source, mount.node.get("source") or mount.node, "volumes")
    for what, key, found in (
        ("secret", "secrets", service.get("secrets")),
        ("config", "configs", service.get("configs")),
        ("secret", "build.secrets", service.get("build", "secrets")),
    ):
        for item in found.items if found is not None else ():
            source = item.get("source") if item.kind == "table" else item
            name_text = known_text(source)
            if source is not None and name_text is not None:
                yield Reference(what, name_text, source, key)


def undefined_names(project: "ComposeProject") -> "Iterator[Fault]":
    """Yield a fault for each name that nothing in the project has; none where parts of it were not read."""
    if is_partial(project):
        return
    for service in project.services.values():
        for reference in references_of(service):
            if reference.what == "service":
                yield from _missing_service(project, service, reference)
            elif not _is_defined(project, reference):
                yield _missing_resource(project, service, reference)
        yield from _missing_stage(service)
        yield from missing_secret_files(service)


def is_partial(project: "ComposeProject") -> bool:
    """Whether files that belong to a project were not read, so that nobody knows what is not in it."""
    return bool(project.not_read)


def _is_defined(project: "ComposeProject", reference: Reference) -> bool:
    if reference.what == "network" and reference.name == "default":
        return True
    return reference.name in project.elements(_SECTIONS[reference.what])


def _missing_service(project: "ComposeProject", service: "Service", reference: Reference) -> "Iterator[Fault]":
    target = project.services.get(reference.name)
    name = reference.name or '""'
    message = f"service {service.name} {_VERBS[reference.key]} {name}, "
    if target is None:
        section = project.root.get("services")
        if section is not None and section.get(reference.name) is not None:
            return  # It is there, and malformed.
        near = nearest(reference.name, list(project.services))
        advice = f"did you mean {near}?" if near else f"define a service {reference.name}, or delete this"
        yield Fault(reference.node, f"{message}which is no service of this project", advice, kind="reference")
        return
    profiles = [text.value for text in texts_of(target.get("profiles"))]
    if profiles and None not in profiles and not texts_of(service.get("profiles")) and reference.is_required:
        label = ((target.get("profiles") or target.key, f"{target.name} has profiles"),)
        message += f"which is only there with the profile {profiles[0]}"
        advice = f"give {service.name} the same profile, or write the dependency with `required: false`"
        yield Fault(reference.node, message, advice, labels=label, kind="reference")
    elif reference.key == "additional_contexts" and target.get("build") is None and target.get("extends") is None:
        label = ((target.key, f"{target.name} has no `build`"),)
        advice = f"name the image: docker-image://{known_text(target.get('image')) or 'IMAGE'}"
        yield Fault(reference.node, f"{message}which is not built here", advice, labels=label, kind="reference")


def _missing_resource(project: "ComposeProject", service: "Service", reference: Reference) -> Fault:
    section = _SECTIONS[reference.what]
    near = nearest(reference.name, list(project.elements(section)))
    advice = f"define it at the top: `{section}:` with `{reference.name}:` below"
    if near:
        advice = f"did you mean {near}?"
    elif reference.what == "volume":
        advice += f"; a folder of the host is written ./{reference.name}"
    message = f"service {service.name} uses the {reference.what} {reference.name}, which is not defined in this project"
    return Fault(reference.node, message, advice, kind="reference")


def _missing_stage(service: "Service") -> "Iterator[Fault]":
    """Yield a fault if the stage that is to be built is none of the Dockerfile's."""
    build = service.build
    target = build.target if build is not None else None
    built = service.built if target is not None and target.value else None
    if build is None or built is None or target is None or not target.value or built.target is not None:
        return
    names = [stage.name for stage in built.stages if stage.name]
    if not built.stages:
        return
    near = nearest(target.value, names)
    advice = f"did you mean {near}?" if near else f"its stages are {', '.join(names)}" if names else "delete the line"
    message = f"service {service.name} builds the stage {target.value}, which {build.name} does not have"
    yield Fault(target.node, message, advice, kind="reference")


def unused_elements(project: "ComposeProject") -> "Iterator[tuple[str, Node]]":
    """Yield what and key of top-level networks, volumes, secrets and configs that no service uses."""
    used = {
        (reference.what, reference.name)
        for service in project.services.values()
        for reference in references_of(service)
    }
    for what, section in _SECTIONS.items():
        for name, (key, _) in project.elements(section).items():
            if (what, name) not in used and (what, name) != ("network", "default"):
                yield what, key
