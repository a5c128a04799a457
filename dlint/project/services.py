"""How compose services build a Dockerfile: the projects beside it, and those that are checked with it."""

import os

from dlint.drafts import read_bytes
from dlint.model.invocation import Invocation
from dlint.project.discovery import is_compose_name
from dlint.project.repository import repository_root

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

MAX_FOLDERS = 20
MAX_FILES = 30
MAX_BYTES = 1_000_000


class ComposeProjects:
    """The compose projects a run knows; each is read when a Dockerfile first asks for it."""

    def __init__(self, files: "Iterable[str]" = ()) -> None:
        self.files = tuple(os.path.abspath(path) for path in files if is_compose_name(path))
        """Compose files that are checked themselves, wherever they are."""
        self._builds: dict[str, list[Invocation]] = {}
        self._listings: dict[str, tuple[str, ...]] = {}

    def invocations(self, path: str) -> list[Invocation]:
        """Return how services build the Dockerfile at *path*, one for each way; none where no service does."""
        wanted = os.path.realpath(path)
        found = [
            invocation
            for file in dict.fromkeys((*self._around(os.path.dirname(os.path.abspath(path))), *self.files))
            for invocation in self._invocations_in(file)
            if os.path.realpath(invocation.dockerfile) == wanted
        ]
        if len(found) < 2:
            return found
        from dlint.model.compose.build import joined

        return joined(found)

    def _around(self, folder: str) -> "Iterator[str]":
        """Yield the compose files of a folder and those above it, up to the root of the repository."""
        root = repository_root(folder) or folder
        for _ in range(MAX_FOLDERS):
            if folder not in self._listings:
                self._listings[folder] = _compose_files(folder)
            yield from self._listings[folder]
            if folder == root:
                return
            folder = os.path.dirname(folder)

    def _invocations_in(self, file: str) -> list[Invocation]:
        if file not in self._builds:
            self._builds[file] = _read(file)
        return self._builds[file]


def _compose_files(folder: str) -> tuple[str, ...]:
    try:
        names = os.listdir(folder)
    except OSError:
        return ()
    found = sorted(name for name in names if "compose" in name and is_compose_name(name))
    return tuple(os.path.join(folder, name) for name in found[:MAX_FILES])


def _read(path: str) -> list[Invocation]:
    """Return how the services of a compose file build Dockerfiles; none where it cannot be read."""
    from dlint.text import Source

    try:
        data = read_bytes(path, MAX_BYTES + 1)
    except OSError:
        return []
    if len(data) > MAX_BYTES or b"build" not in data:
        return []
    from dlint.model.compose.build import invocations_of
    from dlint.model.context import shown
    from dlint.project.compose import read_project

    project = read_project(Source.from_bytes(data, shown(path)), path)
    return [invocation for service, invocation in invocations_of(project) if service.build and not service.build.inline]
