"""Words of image tags, as the readers of all families need them."""

import re

from dlint.knowledge import base_images as known
from dlint.model.image_reference import ImageReference
from dlint.regex import lazy

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from dlint.model.base_image import BaseImage

    Family = tuple[Callable[[ImageReference], bool], Callable[[BaseImage, str], None]]

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


def read_distribution(image: "BaseImage", tag: str) -> None:
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


# Which images a reader is for.


def official(*names: str) -> "Callable[[ImageReference], bool]":
    """Match official images."""
    return lambda reference: reference.official in names


def named(*names: str) -> "Callable[[ImageReference], bool]":
    """Match images by their whole name."""
    return lambda reference: reference.name in names


def repository(pattern: str) -> "Callable[[ImageReference], bool]":
    """Match images by a pattern in their name."""
    return lambda reference: re.search(pattern, reference.name) is not None
