"""A compose project: one compose file with all that belongs to it, as Compose would read them."""

import os

from dlint.model.compose.service import Service

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import TypeVar

    from dlint.parser.compose.dotenv import Entry
    from dlint.parser.compose.variables import Variable
    from dlint.parser.yaml import Node
    from dlint.text import Source, Span

    T = TypeVar("T")


class ComposeFile:
    """A file that has a part in a project.

    *role* says which: ``main``, ``override`` (merged over it), ``base`` (what it is merged over),
    ``include`` or ``extends``. *root* is what stands in it, with its aliases, merge keys and variables
    resolved but nothing of other files; None for an empty file or one that cannot be read.
    *folder* is what relative paths in it are relative to.
    """

    __slots__ = ("folder", "path", "role", "root", "source")

    def __init__(
        self, path: str, source: "Source", root: "Node | None", role: str = "main", folder: str | None = None
    ) -> None:
        self.path = path
        self.source = source
        self.root = root
        self.role = role
        self.folder = os.path.dirname(os.path.abspath(path)) if folder is None else folder


class EnvironmentFile:
    """A ``.env`` file whose variables were put in, and its entries in order."""

    __slots__ = ("entries", "path", "source")

    def __init__(self, path: str, source: "Source", entries: "tuple[Entry, ...]") -> None:
        self.path = path
        self.source = source
        self.entries = entries


class Problem:
    """Something in a file for which Compose refuses the project, or that keeps it from being read whole.

    *labels* are other places that belong to it, and what they are.
    """

    __slots__ = ("advice", "labels", "message", "source", "span")

    def __init__(
        self,
        message: str,
        source: "Source",
        span: "Span",
        advice: str | None = None,
        labels: "tuple[tuple[Source, Span, str], ...]" = (),
    ) -> None:
        self.message = message
        self.source = source
        self.span = span
        self.advice = advice
        self.labels = labels

    def __repr__(self) -> str:
        return f"Problem({self.message!r}, {self.source.path!r}, {self.span})"


class ComposeProject:
    """A compose project. Read only; each fact is computed when first asked for.

    *root* is the tree of all files together: aliases, merge keys, ``extends``, ``include`` and
    overrides resolved, variables put in. Every node still knows the file and the place it was written at.
    """

    def __init__(
        self,
        files: "tuple[ComposeFile, ...]",
        root: "Node",
        *,
        folder: str,
        project_path: str,
        problems: "tuple[Problem, ...]" = (),
        target: str | None = None,
        environment_files: tuple[EnvironmentFile, ...] = (),
        not_read: "tuple[Node, ...]" = (),
    ) -> None:
        self.files = files
        """All files that were read; the first is the one that is checked."""
        self.root = root
        self.folder = folder
        """The project directory: what relative paths in the project are relative to."""
        self.project_path = project_path
        """The path of the first file inside its repository, with slashes; it tells what the project is for."""
        self.problems = problems
        self.target = target
        """What will run it, where that is configured: ``compose``, ``swarm``, or None."""
        self.environment_files = environment_files
        """The ``.env`` files that give variables their values; that of the project directory is the first."""
        self.not_read = not_read
        """What names files that are not read, because they are remote, outside of the repository or missing."""
        self._cache: dict[object, object] = {}

    @property
    def source(self) -> "Source":
        """The source of the file that is checked."""
        return self.files[0].source

    @property
    def services(self) -> "dict[str, Service]":
        """The services by name, in the order of the file."""
        return self.once("services", self._read_services)

    def _read_services(self) -> "dict[str, Service]":
        found = self.elements("services").items()
        return {name: Service(self, key, value) for name, (key, value) in found if value.kind == "table"}

    @property
    def is_test(self) -> bool:
        """Whether its path or its name says that it is for tests or CI: ``tests/``, ``docker-compose.ci.yml``."""
        from dlint.model.compose.purpose import is_called_after_tests

        return self.once("is_test", lambda: is_called_after_tests(self.project_path))

    @property
    def is_development(self) -> bool:
        """Whether it is for work on the code: ``.devcontainer/``, ``compose.dev.yaml``, ``compose.override.yaml``."""
        from dlint.model.compose.purpose import is_called_after_development

        return self.once("is_development", lambda: is_called_after_development(self.project_path))

    def elements(self, section: str) -> "dict[str, tuple[Node, Node]]":
        """Return name -> key and value of a top-level table: ``volumes``, ``networks``, ``secrets``, ``configs``."""
        node = self.root.get(section)
        return {key.text: (key, value) for key, value in (node.pairs if node is not None else [])}

    def folder_of(self, node: "Node") -> str:
        """Return what a relative path in a node is relative to; included and extended files have their own."""
        folders = self.once("folders", lambda: {id(file.source): file.folder for file in self.files})
        return folders.get(id(node.source), self.folder)

    @property
    def variables(self) -> "tuple[Variable, ...]":
        """Every use of a variable in the files that were read, in the order of the files."""
        return self.once("variables", self._read_variables)

    def _read_variables(self) -> "tuple[Variable, ...]":
        from dlint.parser.compose.merge_keys import inside_out

        found: list[Variable] = []
        for file in self.files:
            nodes = [node for node in inside_out(file.root) if node.variables] if file.root is not None else []
            for node in sorted(nodes, key=lambda node: node.span):
                found += node.variables
        return tuple(found)

    def once(self, key: object, compute: "Callable[[], T]") -> "T":
        """Return what *compute* gives, computed once for this project."""
        try:
            return self._cache[key]  # type: ignore[return-value]
        except KeyError:
            value = self._cache[key] = compute()
            return value
