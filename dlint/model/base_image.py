"""What a base image is, as far as its name says it.

:func:`recognise` never guesses: what the tag does not fix stays None, and an unknown
repository gives a :class:`BaseImage` that knows nothing.
"""

from dlint import regex
from dlint.knowledge import base_images as known
from dlint.knowledge.packages import FRAMEWORK_PACKAGES
from dlint.model.image_reference import ImageReference
from dlint.model.versions import minor
from dlint.regex import lazy

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    Family = tuple[Callable[[ImageReference], bool], Callable[["BaseImage", str], None]]


class BaseImage:
    """Facts about a base image; None means unknown.

    *os* is ``debian``, ``ubuntu``, ``alpine``, ``rhel``, ``centos``, ``rocky``, ``alma``,
    ``fedora``, ``amazonlinux``, ``opensuse`` or ``windows``; *python* and *cuda* are versions
    as far as the tag gives them; *flavour* is what the family calls its variants (``slim``,
    ``base``, ``runtime``, ``devel``, ``alpine``).
    """

    __slots__ = (
        "accelerator", "cuda", "cudnn", "family", "flavour", "framework", "node", "os", "os_version", "python",
        "reference", "user",
    )  # fmt: skip

    def __init__(self, reference: ImageReference | None, family: str | None = None) -> None:
        self.reference = reference
        self.family = family
        self.os: str | None = None
        self.os_version: str | None = None
        self.python: str | None = None
        self.node: str | None = None
        self.cuda: str | None = None
        self.cudnn: bool | None = None
        """Whether it holds cuDNN."""
        self.flavour: str | None = None
        self.framework: tuple[str, str | None] | None = None
        """A framework the image ships, and its version."""
        self.accelerator: str | None = None
        """``cuda`` or ``rocm`` for images that carry its libraries."""
        self.user: str | None = None
        """The user containers run as by default."""

    @property
    def libc(self) -> str | None:
        """``musl``, ``glibc``, or None."""
        if self.os is None or self.os == "windows":
            return None
        return "musl" if self.os == "alpine" else "glibc"

    @property
    def is_windows(self) -> bool:
        """Whether it is a Windows image."""
        return self.os == "windows"

    def environment(self) -> tuple[frozenset[str], bool]:
        """Return the names it surely sets, and whether that list is complete."""
        names = known.COMPLETE_ENVIRONMENTS.get(self.family or "")
        if names is not None:
            return frozenset(names), True
        if self.family == "cuda":
            return frozenset(known.CUDA_ENVIRONMENT), False
        return frozenset(), False


SCRATCH = BaseImage(None, "scratch")
SCRATCH.user = "root"

_VERSION = lazy(r"v?(\d+(?:\.\d+)*)((?:a|b|rc)\d+)?\Z")
_ALPINE_WORD = lazy(r"alpine(\d+\.\d+)?\Z")
_DISTRIBUTION_WORD = lazy(r"(ubuntu|debian|ubi|rockylinux|amzn)(\d+(?:\.\d+)?)\Z")
_CUDA_WORD = lazy(r"(?:^|[-_])cu(?:da)?-?(?:(\d+\.\d+(?:\.\d+)?)|(\d\d)(\d))(?:$|[-_])")
_PYTHON_WORD = lazy(r"(?:^|[-_])py(?:thon)?(\d)\.?(\d+)(?:$|[-_])")

# What images call a distribution, and what BaseImage.os calls it.
DISTRIBUTIONS = {
    "ubuntu": "ubuntu", "ubi": "rhel", "rockylinux": "rocky", "amzn": "amazonlinux",
    "opensuse": "opensuse", "centos": "centos", "debian": "debian",
}  # fmt: skip


def has_package(image: BaseImage, name: str) -> bool:
    """Whether a base image holds a Python package already, in some version."""
    return image.framework is not None and name in FRAMEWORK_PACKAGES.get(image.framework[0], ())


def recognise(reference: ImageReference) -> BaseImage:
    """Return what is known of an image."""
    image = BaseImage(reference)
    image.user = known.DEFAULT_USERS.get(reference.name) or known.DEFAULT_USERS.get(reference.official or "")
    tag = reference.tag or ("latest" if reference.digest is None else "")
    families = _FAMILIES
    if reference.official is None:
        # Only here: most files need none of them.
        from dlint.model.ml_images import ML_FAMILIES

        families = (*ML_FAMILIES, *_FAMILIES)
    for test, reader in families:
        if test(reference):
            reader(image, tag)
            return image
    read_distribution(image, tag)
    return image


# What the words of a tag say --------------------------------------------------------------


def read_distribution(image: BaseImage, tag: str) -> None:
    """Read the distribution from the words of a tag, such as ``3.12-slim-bookworm``."""
    for word in tag.split("-"):
        alpine = _ALPINE_WORD.match(word)
        named = _DISTRIBUTION_WORD.match(word)
        if alpine:
            image.os, image.os_version = "alpine", alpine[1]
        elif word in known.DEBIAN_CODENAMES:
            image.os, image.os_version = "debian", known.DEBIAN_CODENAMES[word]
        elif word in known.UBUNTU_CODENAMES:
            image.os, image.os_version = "ubuntu", known.UBUNTU_CODENAMES[word]
        elif word.startswith(("windowsservercore", "nanoserver")):
            image.os, image.user = "windows", None
        elif named:
            image.os, image.os_version = DISTRIBUTIONS[named[1]], named[2]


def version_of(tag: str) -> str | None:
    """Return the version a tag begins with, without ``v`` and pre-release."""
    match = _VERSION.match(tag.split("-", 1)[0])
    return match[1] if match else None


def cuda_of(tag: str) -> str | None:
    """Return the CUDA version in a tag: ``12.8`` of ``cu128``, ``cuda12.8`` and ``cuda-12.8``."""
    match = _CUDA_WORD.search(tag)
    if match is None:
        return None
    return match[1] or f"{match[2]}.{match[3]}"


def python_of(tag: str) -> str | None:
    """Return the Python version in a tag: ``3.12`` of ``py312``, ``py3.12`` and ``python3.12``."""
    match = _PYTHON_WORD.search(tag)
    return f"{match[1]}.{match[2]}" if match else None


# Families --------------------------------------------------------------------------------


def _read_official(image: BaseImage, tag: str) -> None:
    """Language images and others whose plain tags are Debian."""
    assert image.reference is not None
    name = image.reference.official
    image.family = name
    version = version_of(tag)
    read_distribution(image, tag)
    words = tag.split("-")
    image.flavour = next((word for word in ("slim", "alpine") if any(w.startswith(word) for w in words)), None)
    if image.os is None:
        image.os = "debian"
        if name == "python" and version and version.count(".") == 1:
            image.os_version = known.PYTHON_DEFAULT_SUITE.get(version)
    if name in ("python", "pypy"):
        image.python = minor(version) or (version if version == "2" else None)
    elif name == "node":
        image.node = version.split(".")[0] if version else None


def _read_debian(image: BaseImage, tag: str) -> None:
    image.family = image.os = "debian"
    word = tag.split("-", maxsplit=1)[0]
    image.os_version = known.DEBIAN_CODENAMES.get(word) or (word.split(".")[0] if word[:1].isdigit() else None)
    image.flavour = "slim" if "slim" in tag.split("-") else None


def _read_ubuntu(image: BaseImage, tag: str) -> None:
    image.family = image.os = "ubuntu"
    word = tag.split("-", maxsplit=1)[0]
    image.os_version = known.UBUNTU_CODENAMES.get(word) or (word if regex.fullmatch(r"\d\d\.\d\d", word) else None)


def _read_simple(family: str, os: str, pattern: str = r"(\d+(?:\.\d+)?)") -> "Callable[[BaseImage, str], None]":
    def read(image: BaseImage, tag: str) -> None:
        image.family, image.os = family, os
        match = regex.match(pattern, tag)
        image.os_version = match[1] if match else None

    return read


def _read_busybox(image: BaseImage, tag: str) -> None:
    image.family = "busybox"


def _read_ubi(image: BaseImage, tag: str) -> None:
    assert image.reference is not None
    image.family, image.os = "ubi", "rhel"
    match = regex.search(r"ubi(\d+)", image.reference.repository)
    image.os_version = match[1] if match else None
    python = regex.search(r"/python-(\d)(\d+)(?:-minimal)?\Z", image.reference.repository)
    if python:
        image.family, image.python, image.user = "ubi-python", f"{python[1]}.{python[2]}", "1001"


def _read_lambda(image: BaseImage, tag: str) -> None:
    image.family, image.os = "lambda", "amazonlinux"
    assert image.reference is not None
    if image.reference.repository.endswith("/python"):
        image.python = minor(version_of(tag))


def _read_windows(image: BaseImage, tag: str) -> None:
    image.family, image.os, image.user = "windows", "windows", None


def _read_uv(image: BaseImage, tag: str) -> None:
    image.family = "uv"
    image.python = python_of(tag)
    read_distribution(image, tag)


def _read_distroless(image: BaseImage, tag: str) -> None:
    assert image.reference is not None
    image.family, image.os = "distroless", "debian"
    match = regex.search(r"debian(\d+)", image.reference.repository)
    image.os_version = match[1] if match else None
    image.user = "nonroot" if "nonroot" in tag else "root"


def official(*names: str) -> "Callable[[ImageReference], bool]":
    """Match official images."""
    return lambda reference: reference.official in names


def named(*names: str) -> "Callable[[ImageReference], bool]":
    """Match images by their whole name."""
    return lambda reference: reference.name in names


def repository(pattern: str) -> "Callable[[ImageReference], bool]":
    """Match images by a pattern in their name."""
    return lambda reference: regex.search(pattern, reference.name) is not None


_FAMILIES: "tuple[Family, ...]" = (
    (official("debian"), _read_debian),
    (official("ubuntu"), _read_ubuntu),
    (official("alpine"), _read_simple("alpine", "alpine", r"(\d+\.\d+)")),
    (official("busybox"), _read_busybox),
    (lambda reference: reference.official in known.OFFICIAL_DEBIAN, _read_official),
    (official("centos"), _read_simple("centos", "centos", r"(?:centos)?(\d+)")),
    (named("quay.io/centos/centos"), _read_simple("centos-stream", "centos", r"stream(\d+)")),
    (official("rockylinux"), _read_simple("rocky", "rocky", r"(\d+)")),
    (named("rockylinux/rockylinux", "quay.io/rockylinux/rockylinux"), _read_simple("rocky", "rocky", r"(\d+)")),
    (official("almalinux"), _read_simple("alma", "alma", r"(\d+)")),
    (official("fedora"), _read_simple("fedora", "fedora", r"(\d+)")),
    (official("amazonlinux"), _read_simple("amazonlinux", "amazonlinux", r"(\d+)")),
    (repository(r"^(?:registry\.access\.redhat\.com|registry\.redhat\.io)/ubi\d+"), _read_ubi),
    (repository(r"^opensuse/"), _read_simple("opensuse", "opensuse")),
    (repository(r"^public\.ecr\.aws/lambda/"), _read_lambda),
    (repository(r"^mcr\.microsoft\.com/(?:windows|dotnet/framework|powershell)"), _read_windows),
    (named("ghcr.io/astral-sh/uv"), _read_uv),
    (repository(r"^gcr\.io/distroless/"), _read_distroless),
)  # fmt: skip
