"""What a base image is, as far as its name says it.

:func:`recognise` never guesses: what the tag does not fix stays None, and an unknown
repository gives a :class:`BaseImage` that knows nothing.
"""

import re

from dlint.knowledge import base_images as known
from dlint.knowledge.packages import FRAMEWORK_PACKAGES
from dlint.model.image_reference import ImageReference
from dlint.model.versions import release
from dlint.regex import lazy

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable


class BaseImage:
    """Facts about a base image; None means unknown.

    *os* is ``debian``, ``ubuntu``, ``alpine``, ``rhel``, ``centos``, ``rocky``, ``alma``,
    ``fedora``, ``amazonlinux``, ``opensuse`` or ``windows``; *python* and *cuda* are versions
    as far as the tag gives them; *flavour* is what the family calls its variants (``slim``,
    ``base``, ``runtime``, ``devel``, ``alpine``).
    """

    __slots__ = (
        "accelerator", "cuda", "family", "flavour", "framework", "node", "os", "os_version", "python",
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

    @property
    def has_externally_managed_python(self) -> bool:
        """Whether its only Python is one that pip must not install into (PEP 668)."""
        since = known.EXTERNALLY_MANAGED_SINCE.get(self.os or "")
        version = release(self.os_version)
        return self.family in known.DISTRIBUTION_PYTHON and bool(since and version and version >= since)

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
_CUDA_TAG = lazy(
    r"(\d+\.\d+(?:\.\d+)?)-(?:cudnn\d*-)?(base|runtime|devel)(?:-cudnn\d*)?"
    r"-(ubuntu|ubi|rockylinux|amzn|cm|opensuse|centos|debian)(\d+(?:\.\d+)?)"
)
_CUDA_WITHOUT_OS = lazy(r"(\d+\.\d+(?:\.\d+)?)-(?:cudnn\d*-)?(base|runtime|devel)\b")
_CUDA_OS = {
    "ubuntu": "ubuntu", "ubi": "rhel", "rockylinux": "rocky", "amzn": "amazonlinux",
    "opensuse": "opensuse", "centos": "centos", "debian": "debian",
}  # fmt: skip
_PYTORCH_TAG = lazy(r"(\d+\.\d+(?:\.\d+)?)-cuda(\d+\.\d+)-cudnn\d+-(runtime|devel)\Z")


def has_package(image: BaseImage, name: str) -> bool:
    """Whether a base image holds a Python package already, in some version."""
    return image.framework is not None and name in FRAMEWORK_PACKAGES.get(image.framework[0], ())


def recognise(reference: ImageReference) -> BaseImage:
    """Return what is known of an image."""
    image = BaseImage(reference)
    image.user = known.DEFAULT_USERS.get(reference.name) or known.DEFAULT_USERS.get(reference.official or "")
    tag = reference.tag or ("latest" if reference.digest is None else "")
    for test, reader in _FAMILIES:
        if test(reference):
            reader(image, tag)
            return image
    _suite(image, tag)
    return image


def _suite(image: BaseImage, tag: str) -> None:
    """Read the distribution from the words of a tag, such as ``3.12-slim-bookworm``."""
    for word in tag.split("-"):
        alpine = _ALPINE_WORD.match(word)
        if alpine:
            image.os, image.os_version = "alpine", alpine[1]
        elif word in known.DEBIAN_CODENAMES:
            image.os, image.os_version = "debian", known.DEBIAN_CODENAMES[word]
        elif word in known.UBUNTU_CODENAMES:
            image.os, image.os_version = "ubuntu", known.UBUNTU_CODENAMES[word]
        elif word.startswith(("windowsservercore", "nanoserver")):
            image.os, image.user = "windows", None
        elif re.fullmatch(r"ubuntu\d\d\.\d\d", word):
            image.os, image.os_version = "ubuntu", word[6:]
        elif re.fullmatch(r"(?:debian|ubi|rockylinux)\d+(?:\.\d+)?", word):
            name = re.sub(r"[\d.]+", "", word)
            image.os, image.os_version = _CUDA_OS[name], word[len(name) :]


def _version_of(tag: str) -> str | None:
    match = _VERSION.match(tag.split("-", 1)[0])
    return match[1] if match else None


def _minor(version: str | None) -> str | None:
    """Return ``X.Y`` of a version that has at least two parts."""
    parts = (version or "").split(".")
    return ".".join(parts[:2]) if len(parts) > 1 else None


def _read_official(image: BaseImage, tag: str) -> None:
    """Language images and others whose plain tags are Debian."""
    assert image.reference is not None
    name = image.reference.official
    image.family = name
    version = _version_of(tag)
    _suite(image, tag)
    words = tag.split("-")
    image.flavour = next((word for word in ("slim", "alpine") if any(w.startswith(word) for w in words)), None)
    if image.os is None:
        image.os = "debian"
        if name == "python" and version and version.count(".") == 1:
            image.os_version = known.PYTHON_DEFAULT_SUITE.get(version)
    if name in ("python", "pypy"):
        image.python = _minor(version) or (version if version == "2" else None)
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
    image.os_version = known.UBUNTU_CODENAMES.get(word) or (word if re.fullmatch(r"\d\d\.\d\d", word) else None)


def _read_simple(family: str, os: str, pattern: str = r"(\d+(?:\.\d+)?)") -> "Callable[[BaseImage, str], None]":
    def read(image: BaseImage, tag: str) -> None:
        image.family, image.os = family, os
        match = re.match(pattern, tag)
        image.os_version = match[1] if match else None

    return read


def _read_busybox(image: BaseImage, tag: str) -> None:
    image.family = "busybox"


def _read_ubi(image: BaseImage, tag: str) -> None:
    assert image.reference is not None
    image.family, image.os = "ubi", "rhel"
    match = re.search(r"ubi(\d+)", image.reference.repository)
    image.os_version = match[1] if match else None
    python = re.search(r"/python-(\d)(\d+)(?:-minimal)?\Z", image.reference.repository)
    if python:
        image.family, image.python, image.user = "ubi-python", f"{python[1]}.{python[2]}", "1001"


def _read_cuda(image: BaseImage, tag: str) -> None:
    image.family, image.accelerator, image.user = "cuda", "cuda", "root"
    match = _CUDA_TAG.match(tag)
    if match:
        image.cuda, image.flavour = match[1], match[2]
        image.os, image.os_version = _CUDA_OS.get(match[3]), match[4]
        return
    loose = _CUDA_WITHOUT_OS.match(tag)
    if loose:
        image.cuda, image.flavour = loose[1], loose[2]
    _suite(image, tag)


def _read_pytorch(image: BaseImage, tag: str) -> None:
    image.family, image.accelerator, image.os = "pytorch", "cuda", "ubuntu"
    match = _PYTORCH_TAG.match(tag)
    if match:
        image.cuda, image.flavour = match[2], match[3]
    image.framework = ("torch", match[1] if match else None)


def _read_ngc(image: BaseImage, tag: str) -> None:
    assert image.reference is not None
    image.family, image.accelerator, image.os = "ngc", "cuda", "ubuntu"
    name = image.reference.repository.rpartition("/")[2]
    framework = {"pytorch": "torch", "tensorflow": "tensorflow", "jax": "jax"}.get(name)
    if framework:
        image.framework = (framework, None)


def _read_rocm(image: BaseImage, tag: str) -> None:
    assert image.reference is not None
    image.family, image.accelerator, image.os = "rocm", "rocm", None
    match = re.search(r"ubuntu[-_]?(\d\d\.\d\d)", f"{image.reference.repository}:{tag}")
    if match:
        image.os, image.os_version = "ubuntu", match[1]
    python = re.search(r"_py(\d\.\d+)", tag)
    image.python = python[1] if python else None


def _read_tensorflow(image: BaseImage, tag: str) -> None:
    image.family, image.os = "tensorflow", "ubuntu"
    image.accelerator = "cuda" if "gpu" in tag.split("-") else None
    image.framework = ("tensorflow", _version_of(tag))


def _read_conda(image: BaseImage, tag: str) -> None:
    image.family = "conda"
    _suite(image, tag)
    if image.os is None and "cuda" not in tag and "ubuntu" not in tag:
        image.os = "debian"


def _read_lambda(image: BaseImage, tag: str) -> None:
    image.family, image.os = "lambda", "amazonlinux"
    assert image.reference is not None
    if image.reference.repository.endswith("/python"):
        image.python = _minor(_version_of(tag))


def _read_jupyter(image: BaseImage, tag: str) -> None:
    image.family, image.os, image.user = "jupyter", "ubuntu", "jovyan"
    image.accelerator = "cuda" if "cuda" in tag else None


def _read_windows(image: BaseImage, tag: str) -> None:
    image.family, image.os, image.user = "windows", "windows", None


def _read_uv(image: BaseImage, tag: str) -> None:
    image.family = "uv"
    python = re.search(r"python(\d\.\d+)", tag)
    image.python = python[1] if python else None
    _suite(image, tag)


def _read_distroless(image: BaseImage, tag: str) -> None:
    assert image.reference is not None
    image.family, image.os = "distroless", "debian"
    match = re.search(r"debian(\d+)", image.reference.repository)
    image.os_version = match[1] if match else None
    image.user = "nonroot" if "nonroot" in tag else "root"


def _official(*names: str) -> "Callable[[ImageReference], bool]":
    return lambda reference: reference.official in names


def _named(*names: str) -> "Callable[[ImageReference], bool]":
    return lambda reference: reference.name in names


def _repository(pattern: str) -> "Callable[[ImageReference], bool]":
    return lambda reference: re.search(pattern, reference.name) is not None


_FAMILIES: "tuple[tuple[Callable[[ImageReference], bool], Callable[[BaseImage, str], None]], ...]" = (
    (_official("debian"), _read_debian),
    (_official("ubuntu"), _read_ubuntu),
    (_official("alpine"), _read_simple("alpine", "alpine", r"(\d+\.\d+)")),
    (_official("busybox"), _read_busybox),
    (lambda reference: reference.official in known.OFFICIAL_DEBIAN, _read_official),
    (_repository(r"(^|/)nvidia/cuda$"), _read_cuda),
    (_named("pytorch/pytorch"), _read_pytorch),
    (_named("tensorflow/tensorflow"), _read_tensorflow),
    (_repository(r"^nvcr\.io/nvidia/(?:pytorch|tensorflow|jax|tritonserver|nemo|paddlepaddle|tensorrt)$"), _read_ngc),
    (_repository(r"^rocm/"), _read_rocm),
    (_official("centos"), _read_simple("centos", "centos", r"(?:centos)?(\d+)")),
    (_named("quay.io/centos/centos"), _read_simple("centos-stream", "centos", r"stream(\d+)")),
    (_official("rockylinux"), _read_simple("rocky", "rocky", r"(\d+)")),
    (_named("rockylinux/rockylinux", "quay.io/rockylinux/rockylinux"), _read_simple("rocky", "rocky", r"(\d+)")),
    (_official("almalinux"), _read_simple("alma", "alma", r"(\d+)")),
    (_official("fedora"), _read_simple("fedora", "fedora", r"(\d+)")),
    (_official("amazonlinux"), _read_simple("amazonlinux", "amazonlinux", r"(\d+)")),
    (_repository(r"^(?:registry\.access\.redhat\.com|registry\.redhat\.io)/ubi\d+"), _read_ubi),
    (_repository(r"^opensuse/"), _read_simple("opensuse", "opensuse")),
    (_repository(r"^(?:condaforge|continuumio|mambaorg)/"), _read_conda),
    (_repository(r"^public\.ecr\.aws/lambda/"), _read_lambda),
    (_repository(r"^(?:quay\.io/)?jupyter/[\w-]+-notebook$"), _read_jupyter),
    (_repository(r"^mcr\.microsoft\.com/(?:windows|dotnet/framework|powershell)"), _read_windows),
    (_named("ghcr.io/astral-sh/uv"), _read_uv),
    (_repository(r"^gcr\.io/distroless/"), _read_distroless),
)  # fmt: skip
