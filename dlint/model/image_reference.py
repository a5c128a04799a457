"""Image names: ``registry/repository:tag@digest``.

The grammar is that of github.com/distribution/reference.
"""

import re

_DOMAIN = (
    r"(?:[a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9])"
    r"(?:\.(?:[a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9]))*|\[[a-fA-F0-9:]+\]"
)
_COMPONENT = r"[a-z0-9]+(?:(?:[._]|__|[-]+)[a-z0-9]+)*"
_REFERENCE = re.compile(
    rf"(?P<name>(?:(?P<domain>(?:{_DOMAIN})(?::[0-9]+)?)/)?"
    rf"(?P<path>{_COMPONENT}(?:/{_COMPONENT})*))"
    r"(?::(?P<tag>\w[\w.-]{0,127}))?"
    r"(?:@(?P<digest>[A-Za-z][A-Za-z0-9]*(?:[-_+.][A-Za-z][A-Za-z0-9]*)*:[0-9a-fA-F]{32,}))?\Z",
    re.ASCII,
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
    match = _REFERENCE.match(text)
    if not match:
        # "UPPER/name" is a host for Docker, although it has neither dot nor port.
        return None
    domain, path = match["domain"], match["path"]
    digest = match["digest"]
    if digest and len(digest.partition(":")[2]) != _DIGEST_LENGTHS.get(digest.partition(":")[0], 0):
        return None
    if re.fullmatch(r"[a-f0-9]{64}", match["name"]):
        return None
    if domain and not _is_host(domain):
        path = f"{domain}/{path}"
        if domain != domain.lower():
            return None
        domain = None
    registry = domain or DOCKER_HUB
    if registry == "index.docker.io":
        registry = DOCKER_HUB
    if registry == DOCKER_HUB and "/" not in path:
        path = f"library/{path}"
    return ImageReference(text, registry, path, match["tag"], digest)


def _is_host(domain: str) -> bool:
    return "." in domain or ":" in domain or domain == "localhost" or domain != domain.lower()
