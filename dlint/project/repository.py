"""The git repository around a file."""

import os


def repository_root(folder: str) -> str | None:
    """Return the root of the git repository that holds a folder, None outside of one."""
    folder = os.path.abspath(folder)
    while True:
        if os.path.exists(os.path.join(folder, ".git")):
            return folder
        parent = os.path.dirname(folder)
        if parent == folder:
            return None
        folder = parent
