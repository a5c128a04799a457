"""The build context: which files there are, which are left out, and what a COPY takes.

Everything is read lazily and bounded: a context of any size costs at most ``MAX_ENTRIES``
directory entries, symlinked folders are not followed, and no file outside the root is read.
"""

import os

from dlint.drafts import is_draft, read_bytes
from dlint.model.invocation import Invocation, clean_path
from dlint.text import Source

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from dlint.parser.ignorefile import IgnoreFile

MAX_ENTRIES = 100_000
MAX_TEXT_BYTES = 4_000_000


class Entry:
    """A file or folder of the context: its path relative to the root, and its size in bytes."""

    __slots__ = ("is_folder", "path", "size")

    def __init__(self, path: str, size: int, *, is_folder: bool) -> None:
        self.path = path
        self.size = size
        self.is_folder = is_folder

    @property
    def name(self) -> str:
        """The last part of the path."""
        return self.path.rpartition("/")[2]

    def __repr__(self) -> str:
        return f"Entry({self.path!r}, {self.size})"


class Tally:
    """Bytes and files below some path; *is_complete* is false where counting was cut short."""

    __slots__ = ("bytes", "files", "is_complete")

    def __init__(self) -> None:
        self.bytes = 0
        self.files = 0
        self.is_complete = True


class BuildContext:
    """The files of an Invocation's context. With an unknown root it is empty and says so."""

    def __init__(self, invocation: Invocation) -> None:
        self.root = invocation.context
        self._dockerfile = invocation.dockerfile
        self._ignore: tuple[IgnoreFile | None] | None = None
        self._children: dict[str, list[Entry]] = {}
        self._seen_entries = 0
        self._texts: dict[str, Source | None] = {}
        self.is_complete = True
        """False once the limit on entries was reached."""

    @property
    def is_known(self) -> bool:
        """Whether the root is known."""
        return self.root is not None

    @property
    def ignore_file(self) -> "IgnoreFile | None":
        """The ignore file in effect: ``<Dockerfile>.dockerignore``, else ``.dockerignore``."""
        if self._ignore is None:
            self._ignore = (self._read_ignore_file(),)
        return self._ignore[0]

    def _read_ignore_file(self) -> "IgnoreFile | None":
        candidates = [f"{self._dockerfile}.dockerignore"]
        if self.root is not None:
            candidates.append(os.path.join(self.root, ".dockerignore"))
        for path in candidates:
            source = read_text(path)
            if source is not None:
                from dlint.parser.ignorefile import IgnoreFile

                return IgnoreFile(source)
        return None

    def ignores(self, path: str) -> bool:
        """Whether a path is left out of the context."""
        ignore_file = self.ignore_file
        return ignore_file is not None and ignore_file.ignores(path)

    # Reading ---------------------------------------------------------------------------

    def exists(self, path: str) -> bool:
        """Whether there is a file or folder, ignored or not."""
        path = clean_path(path)
        return self.root is not None and os.path.lexists(os.path.join(self.root, path))

    def text(self, path: str) -> Source | None:
        """Return a text file of the context that is not left out; None if there is none."""
        path = clean_path(path)
        if path not in self._texts:
            source = None
            if self.root is not None and not self.ignores(path):
                full = os.path.join(self.root, path)
                if is_inside(full, self.root):
                    source = read_text(full)
            self._texts[path] = source
        return self._texts[path]

    def unreadable(self, path: str) -> str | None:
        """Return why a file of the context cannot be read as text; None if it can, or is not there or left out."""
        path = clean_path(path)
        if self.root is None or self.ignores(path) or self.text(path) is not None:
            return None
        full = os.path.join(self.root, path)
        try:
            if not os.path.isfile(full) or not is_inside(full, self.root):
                return None
            size = os.stat(full).st_size
            with open(full, "rb") as file:
                # pip and conda read what PowerShell writes; dlint does not.
                is_utf16 = file.read(2) in (b"\xff\xfe", b"\xfe\xff")
        except OSError:
            return None
        if is_utf16:
            return None
        return f"has {size / 1e6:.0f} MB" if size > MAX_TEXT_BYTES else "is no text"

    def children(self, folder: str = "") -> list[Entry]:
        """Return what lies directly in a folder, ignored or not, sorted by path."""
        found = self._children.get(folder)
        if found is None:
            found = self._children[folder] = self._scan(folder)
        return found

    def _scan(self, folder: str) -> list[Entry]:
        if self.root is None or self._seen_entries >= MAX_ENTRIES:
            self.is_complete = self.is_complete and self.root is None
            return []
        entries: list[Entry] = []
        try:
            with os.scandir(os.path.join(self.root, folder)) as listing:
                for item in listing:
                    self._seen_entries += 1
                    if self._seen_entries > MAX_ENTRIES:
                        self.is_complete = False
                        break
                    entries.append(_entry(item, folder))
        except OSError:
            return []
        entries.sort(key=lambda entry: entry.path)
        return entries

    def walk(self, folder: str = "", *, with_ignored: bool = False) -> "Iterator[Entry]":
        """Yield everything below a folder that is sent to the builder, folders first."""
        ignore_file = None if with_ignored else self.ignore_file
        waiting = [folder]
        while waiting:
            for entry in self.children(waiting.pop()):
                left_out = ignore_file is not None and ignore_file.ignores(entry.path)
                # An exception may let files of an ignored folder back in.
                if entry.is_folder and (not left_out or (ignore_file and ignore_file.has_exceptions)):
                    waiting.append(entry.path)
                if not left_out:
                    yield entry

    def tally(self, folder: str = "") -> Tally:
        """Return how many files and bytes below a folder are sent to the builder."""
        total = Tally()
        for entry in self.walk(folder):
            if not entry.is_folder:
                total.files += 1
                total.bytes += entry.size
        total.is_complete = self.is_complete
        return total

    # COPY ------------------------------------------------------------------------------

    def find(self, pattern: str) -> list[Entry]:
        """Return the entries a source of COPY stands for, wildcards expanded, ignored ones left out."""
        pattern = clean_path(pattern)
        if not pattern:
            return [Entry("", 0, is_folder=True)] if self.is_known else []
        parts = pattern.split("/")
        folders = [""]
        found: list[Entry] = []
        for index, part in enumerate(parts):
            found = [entry for folder in folders for entry in self.children(folder) if _part_matches(part, entry.name)]
            if index + 1 < len(parts):
                folders = [entry.path for entry in found if entry.is_folder]
        ignore_file = self.ignore_file
        if ignore_file is None:
            return found
        return [
            entry
            for entry in found
            if not ignore_file.ignores(entry.path) or (entry.is_folder and ignore_file.has_exceptions)
        ]

    def copied(self, pattern: str) -> "Iterator[Entry]":
        """Yield the files and folders a source of COPY brings into the image."""
        for entry in self.find(pattern):
            if entry.path:
                yield entry
            if entry.is_folder:
                yield from self.walk(entry.path)


def _entry(item: "os.DirEntry[str]", folder: str) -> Entry:
    path = f"{folder}/{item.name}" if folder else item.name
    try:
        is_folder = item.is_dir(follow_symlinks=False)
        size = 0 if is_folder else item.stat(follow_symlinks=False).st_size
    except OSError:
        is_folder, size = False, 0
    return Entry(path, size, is_folder=is_folder)


def _part_matches(part: str, name: str) -> bool:
    if not any(character in part for character in "*?[\\"):
        return part == name
    from dlint.globs import compile_tokens, tokens

    try:
        return compile_tokens(tokens(part))(name)
    except ValueError:
        return False


def is_inside(path: str, root: str) -> bool:
    """Whether a path, links resolved, lies below the root."""
    real_root = os.path.realpath(root)
    real = os.path.realpath(path)
    return real == real_root or real.startswith(real_root.rstrip(os.sep) + os.sep)


def read_text(path: str) -> Source | None:
    """Return a regular file of bounded size as text, None for anything else."""
    try:
        if not is_draft(path) and (not os.path.isfile(path) or os.stat(path).st_size > MAX_TEXT_BYTES):
            return None
        data = read_bytes(path, MAX_TEXT_BYTES)
    except OSError:
        return None
    return None if b"\0" in data[:8000] else Source.from_bytes(data, shown(path))


def shown(path: str) -> str:
    """Return a path as people see it: relative to the working directory where it is below it."""
    absolute = os.path.abspath(path)
    here = os.getcwd()
    if absolute.startswith(here.rstrip(os.sep) + os.sep):
        absolute = absolute[len(here.rstrip(os.sep)) + 1 :]
    return absolute.replace(os.sep, "/")
