"""Image names: ``registry/repository:tag@digest``.

The grammar is that of github.com/distribution/reference.
"""

from dlint.regex import lazy

_COMPONENT = lazy(r"[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*\Z")
_TAG = lazy(r"[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}\Z")
_DIGEST = lazy(r"([A-Za-z][A-Za-z0-9]*(?:[-_+.][A-Za-z][A-Za-z0-9]*)*):([0-9a-fA-F]{32,})\Z")
_HOST = lazy(
    r"(?:(?:[a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9])"
    r"(?:\.(?:[a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9]))*|\[[a-fA-F0-9:]+\])(?::[0-9]+)?\Z"
)
_DIGEST_LENGTHS = {"sha256": 64, "sha384": 96, "sha512": 128}
DOCKER_HUB = "docker.io"


class ImageReference:
    """A parsed image name.

    *registry* and *repository* are normalised (``ubuntu`` is ``docker.io`` and
    ``library/ubuntu``); *tag* and *digest* are None where none is written.
    """

    __slots__ = ("digest", "registry", "repository", "tag", "text")

    def __init__(self, text: str, registry: str, repository: str, tag: str | None, digest: str | None) -> None:
        self.text = text
        self.registry = registry
        self.repository = repository
        self.tag = tag
        self.digest = digest

    @property
    def name(self) -> str:
        """The name people use: without ``docker.io`` and ``library``."""
        if self.registry != DOCKER_HUB:
            return f"{self.registry}/{self.repository}"
        return self.repository.removeprefix("library/")

    @property
    def official(self) -> str | None:
        """The name of an official Docker Hub image (``python``), else None.

        Copies on public mirrors that keep the ``library/`` path count too.
        """
        if self.repository.startswith("library/"):
            return self.repository.removeprefix("library/")
        for prefix in ("docker/library/", "docker-library/"):
            if self.registry == "public.ecr.aws" and self.repository.startswith(prefix):
                return self.repository.removeprefix(prefix)
        return None

    def __repr__(self) -> str:
        return f"ImageReference({self.text!r})"


def parse_reference(text: str) -> ImageReference | None:
    """Return the reference, or None where the text is no valid image name."""
    name, at, digest = text.partition("@")
    if at and not _is_digest(digest):
        return None
    path, colon, tag = name.rpartition(":")
    if not colon or "/" in tag:
        # What looks like a tag is the port of a registry.
        path, colon, tag = name, "", ""
    if colon and not _TAG.match(tag):
        return None
    registry = DOCKER_HUB
    first, slash, rest = path.partition("/")
    if slash and _is_host(first):
        if not _HOST.match(first):
            return None
        registry, path = first, rest
    if not path or not all(_COMPONENT.match(part) for part in path.split("/")):
        return None
    if registry == DOCKER_HUB and len(path) == 64 and not path.strip("0123456789abcdef"):
        # Docker takes it for an image id.
        return None
    if registry == "index.docker.io":
        registry = DOCKER_HUB
    if registry == DOCKER_HUB and "/" not in path:
        path = f"library/{path}"
    return ImageReference(text, registry, path, tag or None, digest or None)


def _is_digest(text: str) -> bool:
    match = _DIGEST.match(text)
    return match is not None and len(match[2]) == _DIGEST_LENGTHS.get(match[1], 0)


def _is_host(name: str) -> bool:
    """Whether the part before the first slash is a registry: Docker looks for a dot, a port or capitals."""
    return "." in name or ":" in name or name == "localhost" or name != name.lower()
