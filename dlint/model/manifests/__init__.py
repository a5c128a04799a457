"""Files that list Python and conda packages, one module a format, all read into ``Requirements``.

:func:`read_manifest` reads any of them; which one an install command reads, and which part of it, is
known by :mod:`dlint.model.lockfiles`. Nothing here raises: a file that cannot be read has a *problem*.
"""

from dlint.text import Span

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any, TypeVar

    from dlint.model.build import Build
    from dlint.model.manifests.uv_lock import UvLock
    from dlint.model.requirements import Problem, Requirements
    from dlint.text import Source

    T = TypeVar("T")
    Reader = Callable[[Build, Source, str, str], Requirements]


def format_of(path: str) -> str:
    """Return the format of a file by its name; ``requirements`` for any other."""
    name = path.rpartition("/")[2]
    if name == "pyproject.toml":
        return "pyproject"
    if name == "uv.lock":
        return "uv"
    if name == "pylock.toml" or (name.startswith("pylock.") and name.endswith(".toml")):
        return "pylock"
    if name in ("poetry.lock", "pdm.lock"):
        return "poetry"
    if name == "Pipfile.lock":
        return "pipfile"
    if name.endswith((".yml", ".yaml")):
        stem = name.rpartition(".")[0]
        return "conda-lock" if stem.endswith(("conda-lock", "-lock", ".lock")) else "environment"
    return "requirements"


def read_manifest(build: "Build", path: str, machine: str = "x86_64") -> "Requirements | None":
    """Return everything a file of the context lists, None if it is not there or left out.

    *machine* is the one whose part of a lock for conda is wanted.
    """
    kind = format_of(path)
    return build.once(f"manifest {machine} {path}", lambda: _read(build, path, kind, machine))


def read_conda_list(build: "Build", path: str) -> "Requirements | None":
    """Return the packages of a text file for conda, None if it is not there or left out."""
    return build.once(f"conda list {path}", lambda: _read(build, path, "conda-list", ""))


def read_uv_lock(build: "Build", path: str) -> "UvLock | Problem | None":
    """Return a uv.lock, or what is wrong with it; None if it is not there or left out."""

    def read(source: "Source") -> "UvLock":
        from dlint.model.manifests.toml import read_toml
        from dlint.model.manifests.uv_lock import UvLock

        return UvLock(read_toml(source), source)

    def tried() -> "UvLock | Problem | None":
        lock, problem = _tried(build, path, read)
        return lock or problem

    return build.once(f"uv.lock {path}", tried)


def toml_data(build: "Build", path: str) -> "dict[str, Any]":
    """Return the data of a TOML file; of one that cannot be read none."""

    def read(source: "Source") -> "dict[str, Any]":
        from dlint.model.manifests.toml import read_toml

        return read_toml(source)

    return build.once(f"toml {path}", lambda: _tried(build, path, read)[0] or {})


def _read(build: "Build", path: str, kind: str, machine: str) -> "Requirements | None":
    found, problem = _tried(build, path, lambda source: _READERS[kind](build, source, path, machine))
    if found is not None or problem is None:
        return found
    return broken(build, path, problem)


def broken(build: "Build", path: str, problem: "Problem") -> "Requirements":
    """Return what stands for a file that cannot be read."""
    from dlint.model.requirements import Requirements
    from dlint.text import Source

    found = Requirements(build.context.text(path) or Source("", path))
    found.problem = problem
    return found


def _tried(build: "Build", path: str, read: "Callable[[Source], T]") -> "tuple[T | None, Problem | None]":
    """Return what a reader makes of a file, and else what is wrong with it."""
    from dlint.model.requirements import Problem

    source = build.context.text(path)
    if source is None:
        reason = build.context.unreadable(path)
        return None, Problem(reason, Span(0, 0), is_limit=reason.startswith("has")) if reason else None
    from dlint.model.manifests.common import MalformedError, first_line
    from dlint.parser.unreadable import UnreadableError

    try:
        return read(source), None
    except UnreadableError as error:
        return None, Problem(error.message, error.span, is_limit=error.is_limit)
    except MalformedError as error:
        place = source.text.find(error.needle) if error.needle else -1
        span = Span(place, place + len(error.needle)) if place >= 0 else first_line(source)
        return None, Problem(error.message, span, is_limit=error.is_limit)
    except RecursionError:
        return None, Problem("is nested too deeply", Span(0, 0), is_limit=True)
    except ValueError as error:
        # Of the standard library's JSON: its message, and where it stopped.
        place = min(getattr(error, "pos", 0), len(source.text))
        message = str(getattr(error, "msg", "a number is too large"))
        return None, Problem(f"is no valid JSON: {message[:1].lower()}{message[1:]}", Span(place, place))


def _toml(module: str) -> "Reader":
    """Return the reader of a TOML format."""

    def read(build: "Build", source: "Source", path: str, machine: str) -> "Requirements":
        from dlint.model.manifests.toml import read_toml

        reader = __import__(f"dlint.model.manifests.{module}", fromlist=["read"])
        found: Requirements = reader.read(read_toml(source), source)
        return found

    return read


def _pipfile(build: "Build", source: "Source", path: str, machine: str) -> "Requirements":
    from dlint.model.manifests import pipfile_lock

    return pipfile_lock.read(source)


def _conda_lock(build: "Build", source: "Source", path: str, machine: str) -> "Requirements":
    from dlint.model.manifests import conda

    return conda.read_lock(source, machine)


def _environment(build: "Build", source: "Source", path: str, machine: str) -> "Requirements":
    from dlint.model.manifests import conda

    return conda.read_environment(source, build.context, path)


def _conda_list(build: "Build", source: "Source", path: str, machine: str) -> "Requirements":
    from dlint.model.manifests import conda

    return conda.read_list(source)


def _requirements(build: "Build", source: "Source", path: str, machine: str) -> "Requirements":
    from dlint.model.manifests.common import MalformedError
    from dlint.model.requirements import Requirements, read_requirements

    for mark in ("<<<<<<< ", ">>>>>>> "):
        if source.text.startswith(mark) or f"\n{mark}" in source.text:
            raise MalformedError("holds a merge conflict", mark.strip())
    return read_requirements(build.context, path) or Requirements(source)


_READERS: "dict[str, Reader]" = {
    "pyproject": _toml("pyproject"), "uv": _toml("uv_lock"), "pylock": _toml("pylock"), "poetry": _toml("poetry_lock"),
    "pipfile": _pipfile, "conda-lock": _conda_lock, "environment": _environment, "conda-list": _conda_list,
    "requirements": _requirements,
}  # fmt: skip
