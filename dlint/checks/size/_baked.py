"""What the rules about weights and data share where they are copied."""

from dlint.knowledge.files import LARGE_FILE_BYTES
from dlint.model.build import Build
from dlint.model.container_paths import Transferred, transfers
from dlint.model.context import Entry
from dlint.parser.dockerfile import ast

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


def copies(build: Build) -> "Iterator[Transferred]":
    """Yield what COPY and ADD put into the image from the context; all of the context is another rule's subject."""
    for step in build.steps(ast.Copy, ast.Add):
        if step.stage in build.runtime_chain:
            yield from (item for item in transfers(build, step) if not item.is_everything)


def large_files(build: Build, item: Transferred, is_wanted: "Callable[[str], bool]") -> list[Entry]:
    """Return the large files that a copy takes and whose names are wanted, the largest first."""
    found = [
        entry
        for entry in build.context.copied(item.source)
        if not entry.is_folder and entry.size >= LARGE_FILE_BYTES and is_wanted(entry.name)
    ]
    return sorted(found, key=lambda entry: (-entry.size, entry.path))


def mentions(build: Build, words: tuple[str, ...]) -> bool:
    """Whether one of these words, in lower case, is in the Dockerfile."""
    text = build.source.text.lower()
    return any(word in text for word in words)


def covered_by(build: Build, item: Transferred) -> str | None:
    """Return who mounts something over the place a copy writes to, for messages; None if nobody is known to."""
    evidence = build.invocation.evidence
    if item.destination is None or not evidence.keeps(item.destination):
        return None
    return " and ".join(evidence.services) or "the service"
