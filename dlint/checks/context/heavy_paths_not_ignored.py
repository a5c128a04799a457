"""Report heavy folders and files that are copied along."""

import posixpath

from dlint.checks import WARNING, Report, Saving, rule
from dlint.checks.context._environments import made_before
from dlint.checks.context._everything import copies_of_everything, needless
from dlint.diagnostic import format_bytes
from dlint.knowledge.files import ENVIRONMENT, HISTORY, LARGE_FILE_BYTES, is_data, is_weights
from dlint.model.build import Build
from dlint.model.container_paths import Transferred, transfers
from dlint.model.context import Entry
from dlint.parser.dockerfile import ast

_SHOWN = 5
# Below this nobody notices, unless it is the repository's history, which changes with every commit.
_WORTH_BYTES = 1_000_000
_NEVER_WANTED = (ENVIRONMENT, HISTORY)


@rule("heavy-paths-not-ignored", severity=WARNING, looks_at="context", triggers=("copy", "add"))
def check(build: Build, report: Report) -> None:
    copies = copies_of_everything(build)
    if not copies:
        for item in _copies_of_folders(build):
            heavy = [found for found in _heavy(build, item.source) if not _is_replaced(build, item, found[0])]
            _report(build, report, item, heavy)
    # Without an ignore file dockerignore-missing says it all.
    elif build.context.ignore_file is not None:
        _report(build, report, copies[0], _heavy(build, ""))


def _copies_of_folders(build: Build) -> list[Transferred]:
    """Return what takes a folder that is not itself one of those that should not travel."""
    return [
        item
        for step in build.steps(ast.Copy, ast.Add)
        if step.stage in build.reachable
        for item in transfers(build, step)
        if not any(_is_unmistakable(part) for part in item.source.split("/"))
    ]


def _is_replaced(build: Build, item: Transferred, path: str) -> bool:
    """Whether the image makes that environment itself, which is the subject of host-venv-overwrites-image."""
    return item.destination is not None and made_before(build, item, posixpath.relpath(path, item.source)) is not None


def _report(build: Build, report: Report, item: Transferred, heavy: list[tuple[str, int, str]]) -> None:
    context = build.context
    found = [(path, size, what) for path, size, what in heavy if what in _NEVER_WANTED or not _is_used(build, path)]
    if not found:
        return
    found.sort(key=lambda item: -item[1])
    listed = ", ".join(f"{path} ({what}, {format_bytes(size)})" for path, size, what in found[:_SHOWN])
    total = sum(size for _, size, _ in found)
    ignore_file = context.ignore_file.source.path if context.ignore_file else "a new .dockerignore"
    report(
        item.word.span,
        f"this copies {listed}" + (f" and {len(found) - _SHOWN} more" if len(found) > _SHOWN else ""),
        advice=f"add to {ignore_file}: {' '.join(path for path, _, _ in found[:_SHOWN])}",
        saving=Saving(disk_bytes=total, basis="measured", bound="exact" if context.is_complete else "at-least"),
    )


def _heavy(build: Build, folder: str) -> list[tuple[str, int, str]]:
    """Return paths below a folder that should not travel, with their bytes and what they are."""
    context = build.context
    found = []
    waiting = list(context.children(folder))
    while waiting:
        entry = waiting.pop()
        may_be_needless = _is_unmistakable(entry.name) or "/" not in entry.path
        what = needless(build, entry) if entry.is_folder and may_be_needless else None
        if what is not None:
            size = context.tally(entry.path).bytes
            if size >= _WORTH_BYTES or (entry.name == ".git" and size):
                found.append((entry.path, size, what))
        elif entry.is_folder:
            if not context.ignores(entry.path) or (context.ignore_file and context.ignore_file.has_exceptions):
                waiting.extend(context.children(entry.path))
        # Weights in a folder that is copied by its name are there on purpose.
        elif not folder and _is_large(entry) and not context.ignores(entry.path):
            found.append((entry.path, entry.size, "weights" if is_weights(entry.name) else "data"))
    return found


def _is_unmistakable(name: str) -> bool:
    """Whether a folder's name, anywhere, stands for nothing else."""
    return name.startswith((".", "__", "node"))


def _is_large(entry: Entry) -> bool:
    return entry.size >= LARGE_FILE_BYTES and (is_weights(entry.name) or is_data(entry.name))


def _is_used(build: Build, path: str) -> bool:
    """Whether the Dockerfile names the path, or the ignore file lets it in by name, so that it is wanted."""
    ignore_file = build.context.ignore_file
    if ignore_file and any(pattern.is_exception and pattern.matches(path) for pattern in ignore_file.patterns):
        return True
    return f"{path}/" in build.source.text or f" {path} " in build.source.text
