"""Which file of a release an image would take, and how many bytes that is."""

from dlint.knowledge.platforms import GLIBC, MACHINES, MANYLINUX
from dlint.model.versions import release
from dlint.regex import lazy

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from dlint.model.markers import Value
    from dlint.model.stages import Stage

DEFAULT_PLATFORM = "linux/amd64"
# pip takes a wheel for a newer glibc only where it is there; without knowing, the newest is taken.
_NEWEST_GLIBC = (2, 99)
_MANYLINUX = lazy(r"manylinux_(\d{1,3})_(\d{1,3})_(\w+)\Z")
_LINUX = lazy(r"(manylinux1|manylinux2010|manylinux2014|linux|musllinux_\d+_\d+)_(\w+)\Z")
_CPYTHON = lazy(r"(cp|py)(\d)(\d{0,3})\Z")


class Target:
    """What is installed for: *python* is ``X.Y`` or None, *libc* ``glibc``, ``musl`` or None."""

    __slots__ = ("glibc", "libc", "machine", "python")

    def __init__(
        self,
        python: str | None = None,
        machine: str = "x86_64",
        libc: str | None = "glibc",
        glibc: tuple[int, int] | None = None,
    ) -> None:
        self.python = python
        self.machine = machine
        self.libc = libc
        self.glibc = glibc

    def environment(self) -> "dict[str, Value]":
        """Return what markers may ask for; extras and groups are for those who know them."""
        full = (f"{self.python}.0", f"{self.python}.999") if self.python else None
        return {
            "os_name": "posix", "sys_platform": "linux", "platform_system": "Linux",
            "platform_machine": self.machine, "implementation_name": "cpython",
            "platform_python_implementation": "CPython", "python_version": self.python,
            "python_full_version": full, "implementation_version": full,
        }  # fmt: skip


def target_of(stage: "Stage", platform: str | None, python: str | None = None) -> Target:
    """Return what installations in a stage are for.

    *platform* is the one that is built (linux/amd64 if nobody says), *python* the version an
    option names; otherwise it is that of the base image.
    """
    words = (stage.platform or platform or DEFAULT_PLATFORM).split("/")
    machine = MACHINES.get(words[1] if len(words) > 1 else words[0])
    root = stage.root
    return Target(
        python or root.python, machine or "x86_64", root.libc, GLIBC.get((root.os or "", root.os_version or ""))
    )


class File:
    """A file of a release: its name and, where a lock records it, its size in bytes."""

    __slots__ = ("name", "size")

    def __init__(self, name: str, size: int | None) -> None:
        self.name = name
        self.size = size

    @property
    def is_wheel(self) -> bool:
        """Whether it is a wheel."""
        return self.name.endswith(".whl")

    def __repr__(self) -> str:
        return f"File({self.name!r}, {self.size})"


def bytes_taken(files: "Iterable[File]", target: Target) -> tuple[int, int] | None:
    """Return the least and most bytes of the wheel that would be taken.

    They differ where the version of Python is not known. None: no wheel fits (it is built from
    source), or the size is not recorded.
    """
    wheels = [(tags, file) for file in files if file.is_wheel and (tags := _tags(file.name))]
    pythons = [target.python] if target.python else _pythons(wheels)
    sizes = []
    for python in pythons:
        best = _best(wheels, python, target)
        if best is None:
            if target.python:
                return None
            continue
        if best.size is None:
            return None
        sizes.append(best.size)
    return (min(sizes), max(sizes)) if sizes else None


def _tags(name: str) -> tuple[str, str, str] | None:
    parts = name.removesuffix(".whl").rsplit("-", 3)
    return (parts[1], parts[2], parts[3]) if len(parts) == 4 else None


def _pythons(wheels: list[tuple[tuple[str, str, str], File]]) -> list[str]:
    """Return the versions of CPython that wheels name; any of them may be the one."""
    found = set()
    for (python_tags, _, _), _ in wheels:
        for tag in python_tags.split(".")[:20]:
            match = _CPYTHON.match(tag)
            if match and match[2] == "3" and match[3] and match[1] == "cp":
                found.add(f"3.{match[3]}")
    return sorted(found) or ["3.12"]


def _best(wheels: list[tuple[tuple[str, str, str], File]], python: str, target: Target) -> File | None:
    version = release(python)
    if version is None or len(version) < 2:
        return None
    ranked = []
    for index, (tags, file) in enumerate(wheels):
        platform = max((_platform_rank(tag, target) for tag in tags[2].split(".")[:20]), default=0)
        language = max((_python_rank(tag, tags[1], version[1]) for tag in tags[0].split(".")[:20]), default=0)
        if platform and language:
            ranked.append((language, platform, -index, file))
    return max(ranked, key=lambda item: item[:3])[3] if ranked else None


def _python_rank(tag: str, abi: str, minor: int) -> int:
    """Return how well a Python tag fits CPython 3.*minor*; 0: not at all."""
    match = _CPYTHON.match(tag)
    if match is None or match[2] != "3":
        return 0
    tagged = int(match[3]) if match[3] else 0
    if match[1] == "cp":
        if tagged == minor and f"cp3{minor}" in abi.split("."):
            return 100_000
        if abi == "abi3" and 2 <= tagged <= minor:
            return 50_000 + tagged
        return 40_000 if tagged == minor and abi == "none" else 0
    if abi != "none" or tagged > minor:
        return 0
    return 10_000 + tagged


def _platform_rank(tag: str, target: Target) -> int:
    """Return how well a platform tag fits; 0: not at all."""
    if tag == "any":
        return 1
    many = _MANYLINUX.match(tag)
    if many:
        glibc, machine = (int(many[1]), int(many[2])), many[3]
    else:
        plain = _LINUX.match(tag)
        if plain is None:
            return 0
        machine = plain[2]
        if plain[1].startswith("musllinux"):
            return 1000 if target.libc == "musl" and machine == target.machine else 0
        glibc = MANYLINUX.get(plain[1], (2, 0))
    if machine != target.machine or target.libc == "musl" or glibc > (target.glibc or _NEWEST_GLIBC):
        return 0
    return 10 + glibc[1]
