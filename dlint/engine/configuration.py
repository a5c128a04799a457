"""Which configuration counts for a file.

The nearest file going up from the checked file counts, not beyond the root of the
repository; in one folder ``.dlint.toml`` comes before ``dlint.toml`` before ``pyproject.toml``
with a ``[tool.dlint]`` table. Nothing is merged but what ``extend`` names.
"""

import os

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

NAMES = (".dlint.toml", "dlint.toml", "pyproject.toml")


class Configuration:
    """The settings of one configuration file: option name -> value, as given there."""

    __slots__ = ("path", "rules", "values")

    def __init__(self, path: str | None = None) -> None:
        self.path = path
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
        self._found: dict[str, Configuration | None] = {}

    def find(self, path: str) -> Configuration | None:
        """Return the configuration for the file at *path*, None if there is none.

        Raises ConfigurationError with all problems of the file found.
        """
        folder = os.path.dirname(os.path.abspath(path))
        visited = []
        found = None
        while True:
            if folder in self._found:
                found = self._found[folder]
                break
            visited.append(folder)
            found = in_folder(folder)
            parent = os.path.dirname(folder)
            if found or os.path.exists(os.path.join(folder, ".git")) or parent == folder:
                found = found or user_level()
                break
            folder = parent
        for folder in visited:
            self._found[folder] = found
        return found


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
