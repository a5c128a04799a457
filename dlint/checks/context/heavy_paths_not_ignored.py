"""Report heavy folders and files that are copied along with everything."""

from dlint.checks import WARNING, Report, Saving, rule
from dlint.checks.context._everything import copies_of_everything, needless
from dlint.diagnostic import format_bytes
from dlint.knowledge.files import ENVIRONMENT, HISTORY, LARGE_FILE_BYTES, is_data, is_weights
from dlint.model.build import Build
from dlint.model.context import Entry

_SHOWN = 5
# Below this nobody notices, unless it is the repository's history, which changes with every commit.
_WORTH_BYTES = 1_000_000
_NEVER_WANTED = (ENVIRONMENT, HISTORY)


@rule("heavy-paths-not-ignored", severity=WARNING, looks_at="context", triggers=("copy", "add"))
def check(build: Build, report: Report) -> None:
    context = build.context
    # Without an ignore file dockerignore-missing says it all.
    if context.ignore_file is None:
        return
    copies = copies_of_everything(build)
    if not copies:
        return
    found = [
        (path, size, what) for path, size, what in _heavy(build) if what in _NEVER_WANTED or not _is_used(build, path)
    ]
    if not found:
        return
    found.sort(key=lambda item: -item[1])
    listed = ", ".join(f"{path} ({what}, {format_bytes(size)})" for path, size, what in found[:_SHOWN])
    total = sum(size for _, size, _ in found)
    report(
        copies[0].word.span,
        f"this copies {listed}" + (f" and {len(found) - _SHOWN} more" if len(found) > _SHOWN else ""),
        advice=f"add to {context.ignore_file.source.path}: {' '.join(path for path, _, _ in found[:_SHOWN])}",
        saving=Saving(disk_bytes=total, basis="measured", bound="exact" if context.is_complete else "at-least"),
    )


def _heavy(build: Build) -> list[tuple[str, int, str]]:
    """Return paths that should not travel, with their bytes and what they are."""
    context = build.context
    found = []
    waiting = list(context.children())
    while waiting:
        entry = waiting.pop()
        what = needless(build, entry) if entry.is_folder and _may_be_needless(entry) else None
        if what is not None:
            size = context.tally(entry.path).bytes
            if size >= _WORTH_BYTES or (entry.name == ".git" and size):
                found.append((entry.path, size, what))
        elif entry.is_folder:
            if not context.ignores(entry.path) or (context.ignore_file and context.ignore_file.has_exceptions):
                waiting.extend(context.children(entry.path))
        elif _is_large(entry) and not context.ignores(entry.path):
            found.append((entry.path, entry.size, "weights" if is_weights(entry.name) else "data"))
    return found


def _may_be_needless(entry: Entry) -> bool:
    """Below the root only the names count that stand for nothing else."""
    return "/" not in entry.path or entry.name.startswith((".", "__", "node"))


def _is_large(entry: Entry) -> bool:
    return entry.size >= LARGE_FILE_BYTES and (is_weights(entry.name) or is_data(entry.name))


def _is_used(build: Build, path: str) -> bool:
    """Whether the Dockerfile names the path, or the ignore file lets it in by name, so that it is wanted."""
    ignore_file = build.context.ignore_file
    if ignore_file and any(pattern.is_exception and pattern.matches(path) for pattern in ignore_file.patterns):
        return True
    return f"{path}/" in build.source.text or f" {path} " in build.source.text
