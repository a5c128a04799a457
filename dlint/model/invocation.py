"""How a Dockerfile is built: what the file itself does not say."""

import os
import posixpath

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from dlint.parser.yaml import Node

MAX_LABELS = 3


class Evidence:
    """What is known from outside the Dockerfile; None and empty mean that nobody said.

    *gpu* is True or False where a service asks for a GPU or clearly runs without one. *ports* are
    container ports that are published, *exposed* those that only other containers reach.
    *healthcheck* says whether the service defines a check (False: it switches it off). *role* is the
    value of a Role. *environment* are variables of the container, None for a hidden value. *command*
    and *entrypoint* are the words that replace those of the image, None where the image's stay.
    *user* is whom containers run as, *mounts* the paths in the container where something persistent
    is mounted, *init* whether an init process is the first one, *read_only* whether the file system is.
    *is_local* says that every published port is published on the host's own loopback address only,
    *hides_ports* that there may be more of them. *services* are the names of those who said it, *places*
    where they said it: nodes by ``service``, ``ports``, ``gpu`` and ``user``.
    """

    __slots__ = (
        "command", "entrypoint", "environment", "exposed", "gpu", "healthcheck", "hides_ports", "init", "is_local",
        "mounts", "places", "ports", "read_only", "role", "services", "user",
    )  # fmt: skip

    def __init__(
        self,
        *,
        gpu: bool | None = None,
        ports: tuple[int, ...] = (),
        healthcheck: bool | None = None,
        role: str | None = None,
        exposed: tuple[int, ...] = (),
        environment: "Mapping[str, str | None] | None" = None,
        command: tuple[str, ...] | None = None,
        entrypoint: tuple[str, ...] | None = None,
        user: str | None = None,
        mounts: tuple[str, ...] = (),
        init: bool | None = None,
        read_only: bool | None = None,
        services: tuple[str, ...] = (),
        is_local: bool = False,
        hides_ports: bool = False,
        places: "Mapping[str, tuple[Node, ...]] | None" = None,
    ) -> None:
        self.gpu = gpu
        self.ports = ports
        self.healthcheck = healthcheck
        self.role = role
        self.exposed = exposed
        self.environment = environment or {}
        self.command = command
        self.entrypoint = entrypoint
        self.user = user
        self.mounts = mounts
        self.init = init
        self.read_only = read_only
        self.services = services
        self.is_local = is_local
        self.hides_ports = hides_ports
        self.places = places or {}

    def labels(self, what: str, text: str) -> "tuple[tuple[Node, str], ...]":
        """Return the places where something was said, as related places of a finding."""
        return tuple((node, text) for node in self.places.get(what, ())[:MAX_LABELS])

    @property
    def replaces_start(self) -> bool:
        """Whether a service runs something else than what the Dockerfile's ENTRYPOINT and CMD say."""
        return self.command is not None or self.entrypoint is not None

    def keeps(self, path: str) -> bool:
        """Whether a path of the container lies in something persistent that is mounted."""
        return any(f"{path}/".startswith(f"{mount.rstrip('/')}/") for mount in self.mounts)


class Invocation:
    """One way to build a Dockerfile.

    *context* is the root of the build context as a path, or None where it is unknown.
    """

    __slots__ = ("build_args", "context", "dockerfile", "evidence", "platform", "project_path", "target")

    def __init__(
        self,
        dockerfile: str,
        *,
        context: str | None = None,
        target: str | None = None,
        build_args: dict[str, str] | None = None,
        platform: str | None = None,
        evidence: Evidence | None = None,
        project_path: str | None = None,
    ) -> None:
        self.project_path = project_path or os.path.basename(dockerfile)
        """The path of the file inside its project, with slashes; it tells what the file is for."""
        self.dockerfile = dockerfile
        """The path of the file, as it can be opened."""
        self.context = context
        self.target = target
        self.build_args = build_args or {}
        self.platform = platform
        self.evidence = evidence or Evidence()

    def within(self, context: str | None) -> "Invocation":
        """Return the same way to build with another context."""
        return Invocation(
            self.dockerfile, context=context, target=self.target, build_args=self.build_args,
            platform=self.platform, evidence=self.evidence, project_path=self.project_path,
        )  # fmt: skip


def clean_path(path: str) -> str:
    """Return a path of the context without leading slashes, ``.`` and ``..``; ``""`` is the root."""
    cleaned = posixpath.normpath("/" + path.replace("\\", "/") if "\\" in path and "*" not in path else "/" + path)
    return cleaned.lstrip("/")


def is_local_source(text: str) -> bool:
    """Whether a source of COPY or ADD is a path, and no heredoc, URL or git repository."""
    return "<<" not in text and "://" not in text and not text.startswith("git@")


def read_build_args(texts: "Iterable[str]") -> dict[str, str]:
    """Return build arguments as ``docker build --build-arg`` takes them: NAME alone comes from the environment."""
    found = {}
    for text in texts:
        name, equals, value = text.partition("=")
        if not name:
            continue
        given = value if equals else os.environ.get(name)
        if given is not None:
            found[name] = given
    return found
