"""Which files git leaves out: .gitignore files from the repository root down.

Source: gitignore(5). ``git check-ignore`` is the oracle in the tests.
"""

import os

from dlint.globs import compile_tokens, tokens
from dlint.project.repository import repository_root

TYPE_CHECKING = False
if TYPE_CHECKING:
    from dlint.globs import Matcher

MAX_BYTES = 1_000_000


class GitignoreRule:
    """One pattern, relative to the folder of its file."""

    __slots__ = ("folders_only", "is_anchored", "is_negated", "matcher")

    def __init__(self, text: str) -> None:
        self.is_negated = text.startswith("!")
        text = text[1:] if self.is_negated else text
        self.folders_only = text.endswith("/")
        text = text.rstrip("/")
        self.is_anchored = "/" in text
        try:
            self.matcher: Matcher = compile_tokens(tokens(text.lstrip("/")))
        except ValueError:
            self.matcher = lambda path: False

    def matches(self, path: str, *, is_folder: bool) -> bool:
        """Whether it stands for a path relative to the folder of its file."""
        if self.folders_only and not is_folder:
            return False
        return self.matcher(path if self.is_anchored else path.rpartition("/")[2])


class Gitignore:
    """The rules that hold in one folder, with those of the folders above it."""

    __slots__ = ("folder", "parent", "rules")

    def __init__(self, folder: str, parent: "Gitignore | None") -> None:
        self.folder = folder
        self.parent = parent
        self.rules = _read(os.path.join(folder, ".gitignore"))
        if parent is None:
            self.rules = [*_read(os.path.join(folder, ".git", "info", "exclude")), *self.rules]

    def ignores(self, path: str, *, is_folder: bool) -> bool:
        """Whether the file or folder at *path*, which lies below this folder, is left out."""
        level: Gitignore | None = self
        while level is not None:
            relative = os.path.relpath(path, level.folder).replace(os.sep, "/") if level.rules else ""
            for rule in reversed(level.rules):
                if rule.matches(relative, is_folder=is_folder):
                    return not rule.is_negated
            level = level.parent
        return False


def _read(path: str) -> list[GitignoreRule]:
    try:
        with open(path, encoding="utf-8", errors="replace") as file:
            text = file.read(MAX_BYTES)
    except OSError:
        return []
    rules = []
    for line in text.split("\n"):
        line = line.rstrip("\r")
        stripped = line.rstrip(" ")
        if stripped.endswith("\\") and len(stripped) < len(line):
            stripped += " "
        if stripped and not stripped.startswith("#"):
            rules.append(GitignoreRule(stripped))
    return rules


def rules_for(folder: str) -> Gitignore | None:
    """Return the rules that hold in *folder*, None outside of a repository."""
    root = repository_root(folder)
    if root is None:
        return None
    level = Gitignore(root, None)
    relative = os.path.relpath(os.path.abspath(folder), root)
    path = root
    for part in relative.split(os.sep) if relative != "." else ():
        path = os.path.join(path, part)
        level = Gitignore(path, level)
    return level
