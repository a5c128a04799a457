"""How the image of a service is built, and what the service says about it to those who check its Dockerfile."""

import os

from dlint.model.compose.values import Entry, Text, entries_of, is_null, known_text, text_at
from dlint.model.invocation import Evidence, Invocation
from dlint.parser.yaml import Node

TYPE_CHECKING = False
if TYPE_CHECKING:
    from dlint.model.build import Build
    from dlint.model.compose.project import ComposeProject
    from dlint.model.compose.service import Service

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
        if node is None:
            return self.service.project.folder
        text = known_text(node)
        if text is None or is_remote(text):
            return None
        return os.path.normpath(os.path.join(self.service.project.folder, os.path.expanduser(text)))

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
    """Return how the Dockerfile of a service is built, with what the service says; None without one."""
    raise NotImplementedError


def read_built(service: "Service") -> "Build | None":
    """Return the model of the image a service runs; None where nothing of it can be read."""
    raise NotImplementedError


def invocations_of(project: "ComposeProject") -> "list[tuple[Service, Invocation]]":
    """Return each service with a Dockerfile of its own and how it is built, in the order of the file."""
    return [(service, service.invocation) for service in project.services.values() if service.invocation is not None]


def joined_invocations(project: "ComposeProject") -> "list[tuple[tuple[Service, ...], Invocation]]":
    """Return the services that build the same image (same Dockerfile, context, target, arguments) with one Invocation.

    Its evidence is that of all of them: a GPU if one asks for it, a health check if one has it, the
    ports of all, the rest only where they agree.
    """
    raise NotImplementedError


def joined_evidence(evidence: list[Evidence]) -> Evidence:
    """Return what several services say about the image they share."""
    raise NotImplementedError
