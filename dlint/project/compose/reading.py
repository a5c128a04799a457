"""Reading files that compose files name: regular files of the repository, of a bounded size."""

import os
import stat

from dlint.drafts import read_bytes
from dlint.parser.yaml import Node
from dlint.project.repository import repository_root
from dlint.regex import lazy
from dlint.text import Source

TYPE_CHECKING = False
if TYPE_CHECKING:
    from dlint.project.compose.loading import Loader

MAX_BYTES = 20_000_000
_REMOTE = lazy(r"[a-zA-Z][a-zA-Z0-9+.-]+://|git@|github\.com/")


class Reader:
    """Reads the files of one project; each once."""

    def __init__(self, loader: "Loader", source: Source, path: str) -> None:
        self.loader = loader
        self.shown_folder = os.path.dirname(path)
        self.folder = os.path.dirname(os.path.abspath(path))
        root = repository_root(self.folder) if loader.can_read else None
        self.root = os.path.realpath(root) if root is not None else None
        self.sources: dict[str, Source | None] = {os.path.abspath(path): source}

    def find(self, named_by: Node, text: str, folder: str) -> str | None:
        """Return the absolute path of a file that a node names; None, and noted, if it is not for us to read."""
        if not self.loader.can_read or not named_by.is_known or not text or "\0" in text or _REMOTE.match(text):
            self.loader.not_read.append(named_by)
            return None
        return os.path.normpath(os.path.join(folder, text))

    def read(self, path: str, named_by: Node | None) -> Source | None:
        """Return the file at an absolute path; None, and a problem where it is named, if that cannot be read."""
        if path not in self.sources:
            self.sources[path] = self._read(path, named_by)
        source = self.sources[path]
        if source is None and named_by is not None:
            self.loader.not_read.append(named_by)
        return source

    def shown(self, path: str) -> str:
        """Return a path as it is shown to people: from where the path of the checked file begins."""
        return os.path.normpath(os.path.join(self.shown_folder, os.path.relpath(path, self.folder)))

    def _read(self, path: str, named_by: Node | None) -> Source | None:
        real = os.path.realpath(path)
        if self.root is not None and os.path.commonpath((self.root, real)) != self.root:
            return None
        problem = None
        try:
            status = os.stat(real)
            if not stat.S_ISREG(status.st_mode):
                problem = f"{self.shown(path)} is no file"
            elif status.st_size > MAX_BYTES:
                problem = f"{self.shown(path)} has more than {MAX_BYTES // 1_000_000} MB and is not read"
            else:
                return Source.from_bytes(read_bytes(real, MAX_BYTES), self.shown(path))
        except FileNotFoundError:
            problem = f"there is no file {self.shown(path)}"
        except (OSError, ValueError) as error:
            problem = f"{self.shown(path)} cannot be read: {getattr(error, 'strerror', None) or error}"
        if named_by is not None:
            self.loader.problem_at(named_by, problem)
        return None
