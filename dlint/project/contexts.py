"""From a lone Dockerfile to the Invocation that probably builds it."""

import os

from dlint.model.invocation import Invocation, clean_path, is_local_source
from dlint.parser.dockerfile import ast
from dlint.project.repository import repository_root

NO_CONTEXT = ""
"""Given as context, it keeps dlint from looking for one."""

_MANIFESTS = (
    "requirements.txt",
    "pyproject.toml",
    "setup.py",
    "package.json",
    "environment.yml",
    "go.mod",
    "Cargo.toml",
)


def default_invocation(
    path: str, dockerfile: ast.Dockerfile, *, context: str | None = None, target: str | None = None,
    build_args: dict[str, str] | None = None, platform: str | None = None,
) -> Invocation:  # fmt: skip
    """Return how a Dockerfile is built when nothing else says so.

    The context is *context*, else the file's folder if its COPY sources are there, else the
    root of the repository if they are there, else unknown.
    """
    if context is None and not path.startswith("<"):
        context = guess_context(path, dockerfile)
    elif context == NO_CONTEXT:
        context = None
    return Invocation(
        path, context=context, target=target, build_args=build_args, platform=platform, project_path=project_path(path)
    )


def project_path(path: str) -> str:
    """Return the path of a file inside its repository, or as given where it is relative, with slashes."""
    if path.startswith("<"):
        return ""
    root = repository_root(os.path.dirname(os.path.abspath(path)))
    if root is not None:
        path = os.path.relpath(os.path.abspath(path), root)
    elif os.path.isabs(path):
        path = os.path.basename(path)
    return os.path.normpath(path).replace(os.sep, "/")


def guess_context(path: str, dockerfile: ast.Dockerfile) -> str | None:
    """Return the folder the sources of COPY and ADD resolve in, None where none is certain."""
    folder = os.path.dirname(os.path.abspath(path))
    root = repository_root(folder)
    sources, copies_all = _sources(dockerfile)
    candidates = [folder] if root in (None, folder) else [folder, root]
    for candidate in candidates:
        assert candidate is not None
        if sources:
            if all(_resolves(candidate, source) for source in sources):
                return candidate
        elif copies_all and _looks_like_project(candidate, root):
            return candidate
    if not sources and not copies_all:
        # Nothing is copied; the context does not matter, but the ignore file beside it may.
        return folder
    return None


def _sources(dockerfile: ast.Dockerfile) -> tuple[list[str], bool]:
    """Return the literal sources copied from the context, and whether all of it is copied."""
    sources, copies_all = [], False
    for instruction in dockerfile.walk():
        if not isinstance(instruction, ast.Transfer) or instruction.flag("from"):
            continue
        for word in instruction.sources:
            text = word.value
            if "$" in text or not is_local_source(text):
                continue
            cleaned = clean_path(text)
            if cleaned in ("", "*"):
                copies_all = True
            else:
                sources.append(cleaned)
    return sources, copies_all


def _resolves(folder: str, source: str) -> bool:
    # Wildcards stand for whatever there is; the part before them must exist.
    parts = []
    for part in source.split("/"):
        if any(character in part for character in "*?["):
            break
        parts.append(part)
    return os.path.lexists(os.path.join(folder, *parts)) if parts else True


def _looks_like_project(folder: str, root: str | None) -> bool:
    if folder == root or root is None:
        return True
    return any(os.path.exists(os.path.join(folder, name)) for name in _MANIFESTS)
