"""Which configuration counts for a file.

The nearest file going up from the checked file counts, not beyond the root of the
repository; in one folder ``.dlint.toml`` comes before ``dlint.toml`` before ``pyproject.toml``
with a ``[tool.dlint]`` table. Nothing is merged but what ``extend`` names. Where there is none, the
nearest configuration of hadolint counts.
"""

import os

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

NAMES = (".dlint.toml", "dlint.toml", "pyproject.toml")
HADOLINT_NAMES = (".hadolint.yaml", ".hadolint.yml")


class Configuration:
    """The settings of one configuration file: option name -> value, as given there."""

    __slots__ = ("is_foreign", "path", "rules", "values")

    def __init__(self, path: str | None = None, *, is_foreign: bool = False) -> None:
        self.path = path
        self.is_foreign = is_foreign
        """Whether it is another tool's."""
        self.values: dict[str, Any] = {}
        self.rules: dict[str, dict[str, Any]] = {}
        """Options of single rules."""

    @property
    def root(self) -> str:
        """The folder its patterns are relative to."""
        return os.path.dirname(os.path.abspath(self.path)) if self.path else os.getcwd()


class ConfigurationFinder:
    """Finds the configuration of a checked file; each folder is looked at once."""

    def __init__(self) -> None:
        self._found: dict[str, tuple[Configuration | None, str | None]] = {}
        """For a folder: the configuration that counts there, and hadolint's nearest file."""
        self._read: dict[str | None, Configuration | None] = {}

    def find(self, path: str) -> Configuration | None:
        """Return the configuration for the file at *path*, None if there is none.

        Raises ConfigurationError with all problems of the file found.
        """
        found, hadolint = self._look(os.path.dirname(os.path.abspath(path)))
        if found is None and hadolint not in self._read:
            self._read[hadolint] = read_hadolint(hadolint) if hadolint else user_level()
        return found or self._read[hadolint]

    def _look(self, folder: str) -> tuple[Configuration | None, str | None]:
        """Look in a folder and those above it, up to the root of the repository."""
        visited = []
        while folder not in self._found:
            visited.append(folder)
            own = in_folder(folder)
            parent = os.path.dirname(folder)
            if own or os.path.exists(os.path.join(folder, ".git")) or parent == folder:
                self._found[folder] = (own, None if own else hadolint_file(folder))
                break
            folder = parent
        found, hadolint = self._found[folder]
        for below in reversed(visited):
            if found is None:
                hadolint = hadolint_file(below) or hadolint
            self._found[below] = (found, hadolint)
        return found, hadolint


def hadolint_file(folder: str) -> str | None:
    """Return the configuration of hadolint that lies in *folder*."""
    for name in HADOLINT_NAMES:
        path = os.path.join(folder, name)
        if os.path.isfile(path):
            return path
    return None


def read_hadolint(path: str) -> Configuration:
    """Read a configuration of hadolint. Raises ConfigurationError."""
    from dlint.engine.hadolint import read

    return read(path)


def in_folder(folder: str) -> Configuration | None:
    """Return the configuration that lies in *folder*."""
    for name in NAMES:
        path = os.path.join(folder, name)
        try:
            with open(path, "rb") as file:
                data = file.read()
        except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
            continue
        except OSError as error:
            # What lies in a folder nobody may enter is no configuration of anything that can be read.
            if not os.access(folder, os.X_OK):
                return None
            from dlint.engine.errors import ConfigurationError

            raise ConfigurationError([f"{path}: {error.strerror}"]) from None
        if name != "pyproject.toml" or b"[tool.dlint" in data:
            from dlint.engine.configuration_file import read

            return read(path, data)
    return None


def user_level() -> Configuration | None:
    """Return the configuration of the user."""
    home = os.environ.get("XDG_CONFIG_HOME") or os.path.join(os.path.expanduser("~"), ".config")
    path = os.path.join(home, "dlint", "dlint.toml")
    if not os.path.isfile(path):
        return None
    from dlint.engine.configuration_file import read

    return read(path)
