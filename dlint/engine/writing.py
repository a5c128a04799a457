"""Files that fixes change: which may be, and how: whole or not at all."""

import contextlib
import os
import stat

from dlint.project.repository import repository_root

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable


def why_not(path: str, named: "Iterable[str]") -> str | None:
    """Return why a file may not be changed, None if it may.

    *named* are the files that are checked. Others are changed only in the project of one of them, and a
    link only where it leads to a file of that project.
    """
    real = os.path.realpath(path)
    try:
        status = os.stat(real)
    except OSError as error:
        return error.strerror or str(error)
    if not stat.S_ISREG(status.st_mode):
        return "is not a regular file"
    # The mode counts for the superuser too: somebody meant it.
    if not status.st_mode & 0o222 or not os.access(real, os.W_OK):
        return "is read-only"
    if not os.access(os.path.dirname(real), os.W_OK | os.X_OK):
        return "lies in a folder nothing can be written to"
    for each in named:
        absolute = os.path.abspath(each)
        if absolute == os.path.abspath(path) and not os.path.islink(absolute):
            return None
        folder = os.path.realpath(os.path.dirname(absolute))
        root = repository_root(folder) or folder
        if real.startswith(root.rstrip(os.sep) + os.sep):
            return None
    return f"is outside of the project ({real})" if os.path.islink(path) else "is outside of the project"


def replace(path: str, before: bytes, after: bytes) -> str | None:
    """Put *after* in the place of *before* in one step; return why it was left as it is, None if it was done.

    A link stays a link, and mode and owner stay as they are.
    """
    real = os.path.realpath(path)
    temporary = f"{real}.{os.getpid()}.dlint"
    try:
        status = os.stat(real)
        try:
            handle = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(handle, "wb") as file:
                file.write(after)
                file.flush()
                os.fsync(handle)
            _take_over(status, temporary)
            with open(real, "rb") as file:
                if file.read() != before:
                    return "was changed meanwhile"
            os.replace(temporary, real)
        finally:
            if os.path.lexists(temporary):
                os.unlink(temporary)
    except OSError as error:
        return f"cannot be written: {error.strerror or error}"
    return None


def _take_over(status: os.stat_result, path: str) -> None:
    """Give a file owner and mode of another one."""
    # Somebody else's file in a shared folder becomes that of who changes it.
    with contextlib.suppress(OSError, AttributeError):
        os.chown(path, status.st_uid, status.st_gid)
    os.chmod(path, stat.S_IMODE(status.st_mode))


def create(path: str, data: bytes) -> str | None:
    """Write a file that is not there yet; return why that failed, None if it was done."""
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666)
        with os.fdopen(handle, "wb") as file:
            file.write(data)
    except OSError as error:
        return f"cannot be written: {error.strerror or error}"
    return None
