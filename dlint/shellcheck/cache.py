"""What ShellCheck said before, by content: nothing in here can be out of date.

An entry is one line of text, ``key checksum remarks``, in one of 64 files. A file is replaced
whole, so that whoever reads it sees all of the old or all of the new one. Runs that write at the
same time wait for each other; where they cannot, entries get lost, which costs time and nothing else.
"""

import os
import time

from dlint.digest import blake2b
from dlint.shellcheck.document import LEVELS, Document, Remark

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

# Part of every key: a change in what is asked or kept makes a new one.
FORMAT = b"2"
MAX_FILE_BYTES = 256_000
LOCK_SECONDS = 2.0
_KEY = 64
_TAG = b"Signature: 8a477f597d28d172789f06886806bc55\n# A cache of dlint; it can be deleted at any time.\n"


def default_folder() -> str | None:
    """Return the user's cache folder, None where there is none."""
    base = os.environ.get("XDG_CACHE_HOME", "")
    if not os.path.isabs(base):
        base = os.environ.get("LOCALAPPDATA", "") if os.name == "nt" else os.path.expanduser("~/.cache")
    return os.path.join(base, "dlint") if os.path.isabs(base) else None


class Cache:
    """Remarks by document, in a folder that may be missing, unreadable or read-only."""

    def __init__(self, folder: str, version: str) -> None:
        self.folder = os.path.join(folder, "shellcheck")
        self._version = version.encode()
        self._known: dict[str, dict[bytes, bytes]] = {}
        self._new: dict[str, dict[bytes, bytes]] = {}

    def get(self, document: Document) -> list[Remark] | None:
        """Return what is known of a document."""
        key = self._key(document)
        name = _name(key)
        known = self._known.get(name)
        if known is None:
            known = self._known[name] = _entries(os.path.join(self.folder, name))
        checksum, _, packed = known.get(key, b"").partition(b" ")
        if checksum != _checksum(packed):
            return None
        try:
            return unpack(packed.decode())
        except (ValueError, IndexError):
            return None

    def put(self, document: Document, remarks: list[Remark]) -> None:
        """Note what was found in a document."""
        key = self._key(document)
        packed = pack(remarks).encode("utf-8", "replace")
        if len(packed) < MAX_FILE_BYTES // 8:
            self._new.setdefault(_name(key), {})[key] = _checksum(packed) + b" " + packed

    def save(self) -> None:
        """Write what was noted; a folder that cannot be written to is no error."""
        if not self._new:
            return
        tag = os.path.join(os.path.dirname(self.folder), "CACHEDIR.TAG")
        if not os.path.exists(tag):
            _replace(tag, _TAG)
        lock = _lock(os.path.join(self.folder, "lock"))
        for name, entries in self._new.items():
            path = os.path.join(self.folder, name)
            _replace(path, _bounded(_entries(path) | entries))
        if lock is not None:
            os.close(lock)

    def _key(self, document: Document) -> bytes:
        parts = (str(part).encode() for part in document.key)
        return blake2b(b"\0".join((FORMAT, self._version, *parts)), digest_size=_KEY // 2).hexdigest().encode()


def cached_version(folder: str, program: str, ask: "Callable[[str], str]") -> str:
    """Return the version of a program, which is asked once for each state of its file.

    Raises what *ask* raises, and OSError where there is no such file.
    """
    state = os.stat(program)
    identity = f"{program}\t{state.st_size}\t{state.st_mtime_ns}"
    path = os.path.join(folder, "shellcheck", "versions")
    try:
        with open(path, encoding="utf-8", errors="surrogateescape") as file:
            known = dict(line.rsplit("\t", 1) for line in file.read(100_000).split("\n") if "\t" in line)
    except (OSError, ValueError):
        known = {}
    if identity in known:
        return known[identity]
    known = {**dict(list(known.items())[-20:]), identity: ask(program)}
    data = "".join(f"{key}\t{value}\n" for key, value in known.items()).encode("utf-8", "surrogateescape")
    _replace(path, data)
    return known[identity]


def _lock(path: str) -> int | None:
    """Wait a moment until no one else writes; return what to close, None where there are no locks."""
    try:
        import fcntl

        lock = os.open(path, os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o600)
    except (ImportError, OSError):
        return None
    end = time.monotonic() + LOCK_SECONDS
    while time.monotonic() < end:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            time.sleep(0.005)
        else:
            break
    return lock


def _name(key: bytes) -> str:
    return f"{int(key[:2], 16) // 4:02x}"


def _entries(path: str) -> dict[bytes, bytes]:
    """Return the entries of a file by their keys, in the order they were made."""
    try:
        with open(path, "rb") as file:
            lines = file.read(2 * MAX_FILE_BYTES).split(b"\n")
    except OSError:
        return {}
    return {line[:_KEY]: line[_KEY + 1 :] for line in lines if line[_KEY : _KEY + 1] == b" "}


def _bounded(entries: dict[bytes, bytes]) -> bytes:
    """Return the contents of a file, without the oldest entries where there are too many."""
    lines = [key + b" " + value + b"\n" for key, value in entries.items()]
    size = sum(map(len, lines))
    if size > MAX_FILE_BYTES:
        # Half of it goes, so that the next entries do not rewrite everything again.
        while size > MAX_FILE_BYTES // 2:
            size -= len(lines.pop(0))
    return b"".join(lines)


def _replace(path: str, data: bytes) -> None:
    """Write a file, if that can be done, so that nobody ever sees half of it."""
    temporary = f"{path}.{os.getpid()}.{os.urandom(4).hex()}"
    try:
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(temporary, "wb") as file:
            file.write(data)
        os.replace(temporary, path)
    except OSError:
        if os.path.exists(temporary):
            os.unlink(temporary)


def _checksum(packed: bytes) -> bytes:
    return blake2b(packed, digest_size=6).hexdigest().encode()


# Fields are separated by tabs, remarks by \x1e; ShellCheck's messages hold neither.
_FIELD, _REMARK = "\t", "\x1e"


def pack(remarks: list[Remark]) -> str:
    """Return remarks as one line."""
    return _REMARK.join(_FIELD.join(map(str, _fields(remark))) for remark in remarks)


def _fields(remark: Remark) -> "list[object]":
    edits = [part for start, end, text, opens in remark.edits for part in (start, end, text, int(opens))]
    return [remark.code, remark.level, remark.start, remark.end, remark.message, *edits]


def unpack(text: str) -> list[Remark]:
    """Return remarks from a line. Raises ValueError and IndexError for anything else."""
    return [_remark(part.split(_FIELD)) for part in text.split(_REMARK)] if text else []


def _remark(fields: list[str]) -> Remark:
    code, level, start, end, message, *rest = fields
    if level not in LEVELS or len(rest) % 4:
        raise ValueError(level)
    edits = tuple(
        (int(rest[index]), int(rest[index + 1]), rest[index + 2], rest[index + 3] == "1")
        for index in range(0, len(rest), 4)
    )
    return Remark(int(code), level, message, int(start), int(end), edits)
