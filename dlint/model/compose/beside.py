"""Compose files of the project's folder that have no part in the project: variants, and what is started with ``-f``."""

import os

TYPE_CHECKING = False
if TYPE_CHECKING:
    from dlint.model.compose.project import ComposeProject

_MAX_FILE = 300_000
_MAX_FILES = 40


def texts_beside(project: "ComposeProject") -> tuple[dict[str, str], bool]:
    """Return the texts of the files by name, and whether these are all of them."""
    return project.once("texts beside", lambda: _read(project))


def _read(project: "ComposeProject") -> tuple[dict[str, str], bool]:
    read = {os.path.abspath(file.path) for file in project.files}
    try:
        names = sorted(os.listdir(project.folder))
    except (OSError, ValueError):
        return {}, False
    names = [name for name in names if name.endswith((".yml", ".yaml")) and "compose" in name]
    texts, is_complete = {}, len(names) <= _MAX_FILES
    for name in names[:_MAX_FILES]:
        path = os.path.join(project.folder, name)
        if os.path.abspath(path) in read or not os.path.isfile(path):
            continue
        try:
            with open(path, encoding="utf-8", errors="replace") as file:
                texts[name] = file.read(_MAX_FILE)
        except (OSError, ValueError):
            is_complete = False
    return texts, is_complete
