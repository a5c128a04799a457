"""Which files to check: named ones as they are, folders searched by name pattern."""

import os

from dlint.regex import lazy

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


# The same expressions stand in .pre-commit-hooks.yaml.
DOCKERFILE = lazy(
    r"(^|/)((Docker|Container)file([._-][^/]*)?|(docker|container)file|[^/]*\.([Dd]ocker|[Cc]ontainer)file)$"
)
COMPOSE = lazy(r"(^|/)((docker-)?compose|docker-stack)([._-][^/]*)?\.ya?ml$")
NO_DOCKERFILE = lazy(
    r"\.(dockerignore|containerignore|md|rst|j2|jinja2?|tmpl|tpl|template|bak|orig|swp|py|go|rs|ts|js)$"
)


def is_dockerfile_name(path: str) -> bool:
    """Whether a path is called like a Dockerfile."""
    path = path.replace(os.sep, "/")
    return bool(DOCKERFILE.search(path)) and not NO_DOCKERFILE.search(path)


def is_compose_name(path: str) -> bool:
    """Whether a path is called like a compose file."""
    return bool(COMPOSE.search(path.replace(os.sep, "/")))


def is_compose_path(path: str) -> bool:
    """Whether a file that is to be checked is a compose file: any YAML file is, if it is named."""
    return path.endswith((".yml", ".yaml"))


def is_ignore_file(path: str) -> bool:
    """Whether a file leaves out parts of a build context."""
    return path.endswith((".dockerignore", ".containerignore"))


class Filters:
    """Which files of a folder are wanted; patterns are relative to *root*."""

    __slots__ = ("exclude", "force_exclude", "include", "respect_gitignore", "root")

    def __init__(
        self,
        root: str,
        *,
        include: tuple[str, ...] = (),
        exclude: tuple[str, ...] = (),
        force_exclude: bool = False,
        respect_gitignore: bool = True,
    ) -> None:
        self.root = root
        self.include = include
        """Patterns that replace the built-in names."""
        self.exclude = exclude
        self.force_exclude = force_exclude
        """Whether named files are excluded too."""
        self.respect_gitignore = respect_gitignore

    def excludes(self, path: str) -> bool:
        """Whether an absolute path is excluded."""
        from dlint.globs import matches_path

        relative = os.path.relpath(path, self.root).replace(os.sep, "/")
        for pattern in self.exclude:
            is_relative = "/" in pattern.rstrip("/") and not pattern.startswith("/")
            if matches_path(pattern, relative if is_relative else path):
                return True
        return False

    def wants(self, path: str) -> bool:
        """Whether a file is called like something to check."""
        if not self.include:
            return is_dockerfile_name(path) or is_compose_name(path)
        from dlint.globs import compiled, matches_path

        name = os.path.basename(path)
        absolute = os.path.abspath(path)
        return any(
            compiled(pattern)(name) if "/" not in pattern else matches_path(f"**/{pattern.lstrip('/')}", absolute)
            for pattern in self.include
        )


class Discovery:
    """Finds the files to check below the paths given.

    *filters_for* gives the filters that hold for a path. *missing* lists named paths that do
    not exist, *empty* folders in which nothing was found.
    """

    def __init__(self, filters_for: "Callable[[str], Filters]") -> None:
        self.filters_for = filters_for
        self.missing: list[str] = []
        self.empty: list[str] = []
        self.unreadable: list[tuple[str, str]] = []
        """Folders that could not be listed, and why."""
        self._seen: set[str] = set()

    def find(self, paths: list[str]) -> list[str]:
        """Return the files in the order of *paths*, each once, folders sorted."""
        found: list[str] = []
        for path in paths or ["."]:
            if os.path.isdir(path):
                below = list(self._walk(path))
                found.extend(file for file in below if self._is_new(file))
                if not below:
                    self.empty.append(path)
            elif not os.path.lexists(path):
                self.missing.append(path)
            elif not self._is_excluded_by_name(path) and self._is_new(path):
                found.append(path)
        return found

    def _is_new(self, path: str) -> bool:
        key = os.path.abspath(path)
        is_new = key not in self._seen
        self._seen.add(key)
        return is_new

    def _is_excluded_by_name(self, path: str) -> bool:
        filters = self.filters_for(path)
        return filters.force_exclude and filters.excludes(os.path.abspath(path))

    def _walk(self, top: str) -> "Iterator[str]":
        from dlint.project.gitignore import Gitignore, rules_for

        filters = self.filters_for(os.path.join(top, "Dockerfile"))
        rules = rules_for(top) if filters.respect_gitignore else None
        waiting: list[tuple[str, Gitignore | None]] = [(top, rules)]
        while waiting:
            folder, rules = waiting.pop()
            folders, files = self._listing(folder)
            for path in files:
                if self._is_wanted(path) and not (rules and rules.ignores(os.path.abspath(path), is_folder=False)):
                    yield os.path.normpath(path) if top == "." else path
            below = []
            for path in folders:
                absolute = os.path.abspath(path)
                if self.filters_for(os.path.join(path, "Dockerfile")).excludes(absolute):
                    continue
                if rules and rules.ignores(absolute, is_folder=True):
                    continue
                below.append((path, Gitignore(absolute, rules) if rules else None))
            waiting.extend(reversed(below))

    def _listing(self, folder: str) -> tuple[list[str], list[str]]:
        """Return the folders and files directly in a folder; links to folders are not followed."""
        folders, files = [], []
        try:
            with os.scandir(folder) as listing:
                for entry in sorted(listing, key=lambda entry: entry.name):
                    if entry.is_dir(follow_symlinks=False):
                        folders.append(os.path.join(folder, entry.name))
                    elif _is_file(entry):
                        files.append(os.path.join(folder, entry.name))
        except OSError as error:
            self.unreadable.append((folder, error.strerror or str(error)))
        return folders, files

    def _is_wanted(self, path: str) -> bool:
        filters = self.filters_for(path)
        return filters.wants(path) and not filters.excludes(os.path.abspath(path))


def _is_file(entry: "os.DirEntry[str]") -> bool:
    """Whether an entry is a file, or a link to one; a link to itself is none."""
    try:
        return entry.is_file()
    except OSError:
        return False
