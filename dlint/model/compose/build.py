"""How the image of a service is built, and what the service says about it to those who check its Dockerfile."""

import os
import posixpath
import stat

from dlint.drafts import read_bytes
from dlint.model.build import Build
from dlint.model.compose.evidence import joined_evidence
from dlint.model.compose.values import Entry, Text, entries_of, is_null, known_text, text_at
from dlint.model.invocation import Evidence, Invocation
from dlint.parser.dockerfile import parse
from dlint.parser.dockerfile.expansion import UNKNOWN
from dlint.parser.yaml import Node
from dlint.text import Source

TYPE_CHECKING = False
if TYPE_CHECKING:
    from dlint.model.compose.project import ComposeProject
    from dlint.model.compose.service import Service
    from dlint.parser.dockerfile.ast import Dockerfile

MAX_DOCKERFILE = 4_000_000


class ServiceBuild:
    """The ``build`` of a service. *node* is its value: a text (the context) or a table."""

    def __init__(self, service: "Service", node: Node) -> None:
        self.service = service
        self.node = node

    def get(self, name: str) -> Node | None:
        """Return the value of a key of the long form."""
        return self.node.get(name)

    @property
    def context_node(self) -> Node | None:
        """Where the context is named; None where it is the project directory by default."""
        node = self.node if self.node.kind == "text" else self.get("context")
        return None if is_null(node) else node

    @property
    def context(self) -> str | None:
        """The folder of the build context, absolute; None if it is remote, of a service, or a variable hides it."""
        node = self.context_node
        folder = self.service.project.folder_of(self.node if node is None else node)
        if node is None:
            return folder
        text = known_text(node)
        if text is None or is_remote(text):
            return None
        return os.path.normpath(os.path.join(folder, os.path.expanduser(text)))

    @property
    def inline(self) -> Node | None:
        """The node of ``dockerfile_inline``, whose text is the Dockerfile."""
        text = text_at(self.get("dockerfile_inline"))
        return text.node if text else None

    @property
    def dockerfile_node(self) -> Node | None:
        """Where the Dockerfile is named; None where it is the context's ``Dockerfile`` by default."""
        text = text_at(self.get("dockerfile"))
        return text.node if text else None

    @property
    def dockerfile(self) -> str | None:
        """The path of the Dockerfile, absolute, whether it is there or not; None for inline, remote and hidden ones."""
        context, node = self.context, self.dockerfile_node
        name = "Dockerfile" if node is None else known_text(node)
        if context is None or name is None or self.inline is not None or is_remote(name):
            return None
        return os.path.normpath(os.path.join(context, name))

    @property
    def target(self) -> Text | None:
        """The stage that is built; None for the last one."""
        return text_at(self.get("target"))

    @property
    def args(self) -> dict[str, Entry]:
        """The build arguments by name; one without a value comes from whoever builds."""
        return {entry.name: entry for entry in entries_of(self.get("args"))}

    @property
    def platforms(self) -> tuple[str, ...]:
        """The platforms it is built for, that of the service among them."""
        from dlint.model.compose.values import texts_of

        found = [text.value for text in texts_of(self.get("platforms")) if text.value]
        own = self.service.platform
        if own is not None and own.value and own.value not in found:
            found.insert(0, own.value)
        return tuple(found)

    @property
    def additional_contexts(self) -> dict[str, Entry]:
        """Further contexts by name: paths, URLs, ``docker-image://…``, ``service:name``."""
        return {entry.name: entry for entry in entries_of(self.get("additional_contexts"))}

    @property
    def name(self) -> str:
        """How to name its Dockerfile in messages: its path from the project directory."""
        path = self.dockerfile
        if path is None:
            return "its inline Dockerfile" if self.inline is not None else "its Dockerfile"
        return os.path.relpath(path, self.service.project.folder).replace(os.sep, "/")


def is_remote(text: str) -> bool:
    """Whether a context is a URL, a git repository or a service, and no folder."""
    return "://" in text or text.startswith(("git@", "github.com/", "gitlab.com/", "bitbucket.org/", "service:"))


def read_build(service: "Service") -> ServiceBuild | None:
    """Return how the image of a service is built, None where it is not."""
    node = service.get("build")
    if node is None or is_null(node) or node.kind not in ("text", "table"):
        return None
    return ServiceBuild(service, node)


def invocation_of(service: "Service") -> Invocation | None:
    """Return how the Dockerfile of a service is built, with what the service says; None without one.

    An inline Dockerfile is named by the compose file.
    """
    from dlint.model.compose.evidence import evidence_of

    build = service.build
    if build is None:
        return None
    path = build.dockerfile
    if path is None and build.inline is None:
        return None
    platforms = build.platforms
    target = build.target
    return Invocation(
        path or build.node.source.path,
        context=build.context,
        target=target.value if target else None,
        build_args={entry.name: _argument(entry) for entry in build.args.values() if _is_given(entry)},
        platform=platforms[0] if len(platforms) == 1 else None,
        evidence=evidence_of(service),
        project_path=_project_path(service, path) if path else service.project.project_path,
    )


def _is_given(entry: Entry) -> bool:
    """Whether an argument has a value, or one that is hidden, rather than that of the Dockerfile."""
    return entry.value is not None or not entry.is_known


def _argument(entry: Entry) -> str:
    return UNKNOWN if entry.value is None else entry.value


def _project_path(service: "Service", path: str) -> str:
    """Return the path of a Dockerfile in the repository, as that of the compose file says where this is."""
    project = service.project
    folder = project.project_path.rpartition("/")[0]
    relative = os.path.relpath(path, project.folder).replace(os.sep, "/")
    joined = posixpath.normpath(posixpath.join(folder, relative))
    return joined.lstrip("./") if joined.startswith("..") else joined


def read_built(service: "Service") -> "Build | None":
    """Return the model of the image a service runs; None where nothing of it can be read."""
    build = service.build
    if build is not None:
        invocation = service.invocation
        tree = _dockerfile_of(service, build)
        return Build(tree, invocation) if tree is not None and invocation is not None else None
    image = service.image
    return None if image is None else _image_build(service, f"FROM {image.text}\n")


def built_or_unknown(service: "Service") -> Build:
    """Return the model of the image a service runs; one of which nothing is known where it cannot be read."""
    built = service.built
    if built is None or built.target is None:
        return _image_build(service, "ARG IMAGE\nFROM ${IMAGE}\n")
    return built


def _image_build(service: "Service", text: str) -> Build:
    from dlint.model.compose.evidence import evidence_of

    tree = parse(Source(text, service.node.source.path))
    platform = service.platform
    invocation = Invocation(
        service.node.source.path,
        platform=platform.value if platform else None,
        evidence=evidence_of(service),
        project_path=service.project.project_path,
    )
    return Build(tree, invocation)


def _dockerfile_of(service: "Service", build: ServiceBuild) -> "Dockerfile | None":
    """Return the tree of a service's Dockerfile; each file is read and parsed once for a project."""
    inline = build.inline
    if inline is not None:
        source = Source(inline.text, inline.source.path) if inline.is_known else None
        return parse(source) if source else None
    path = build.dockerfile
    return None if path is None else service.project.once(("dockerfile", path), lambda: _read_dockerfile(path))


def _read_dockerfile(path: str) -> "Dockerfile | None":
    try:
        if not stat.S_ISREG(os.stat(path).st_mode):
            return None
        data = read_bytes(path, MAX_DOCKERFILE + 1)
    except (OSError, ValueError):
        return None
    return None if len(data) > MAX_DOCKERFILE else parse(Source.from_bytes(data, path))


def invocations_of(project: "ComposeProject") -> "list[tuple[Service, Invocation]]":
    """Return each service with a Dockerfile of its own and how it is built, in the order of the file."""
    return [(service, service.invocation) for service in project.services.values() if service.invocation is not None]


def joined(invocations: "list[Invocation]") -> "list[Invocation]":
    """Return one for all of a Dockerfile's invocations that make the same image (context, target, arguments, platform).

    Its evidence is that of all of them: a GPU if one asks for it, a health check if one has it, the
    ports of all, the rest only where they agree.
    """
    groups: dict[object, list[Invocation]] = {}
    for each in invocations:
        key = (each.context, each.target, tuple(sorted(each.build_args.items())), each.platform)
        groups.setdefault(key, []).append(each)
    return [with_evidence(group[0], joined_evidence([each.evidence for each in group])) for group in groups.values()]


def with_evidence(invocation: Invocation, evidence: Evidence) -> Invocation:
    """Return the same way to build, about which something else is known."""
    return Invocation(
        invocation.dockerfile,
        context=invocation.context,
        target=invocation.target,
        build_args=invocation.build_args,
        platform=invocation.platform,
        evidence=evidence,
        project_path=invocation.project_path,
    )
