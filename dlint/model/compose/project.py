"""A compose project: one compose file with all that belongs to it, as Compose would read them."""

from dlint.model.compose.service import Service

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import TypeVar

    from dlint.parser.yaml import Node
    from dlint.text import Source, Span

    T = TypeVar("T")


class ComposeFile:
    """A file that has a part in a project.

    *role* says which: ``main``, ``override`` (merged over it), ``include`` or ``extends``. *root* is
    what stands in it, None for an empty file.
    """

    __slots__ = ("path", "role", "root", "source")

    def __init__(self, path: str, source: "Source", root: "Node | None", role: str = "main") -> None:
        self.path = path
        self.source = source
        self.root = root
        self.role = role


class Problem:
    """Something in a file for which Compose refuses the project, or that keeps it from being read whole."""

    __slots__ = ("advice", "message", "source", "span")

    def __init__(self, message: str, source: "Source", span: "Span", advice: str | None = None) -> None:
        self.message = message
        self.source = source
        self.span = span
        self.advice = advice


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
        node = self.root.get("services")
        pairs = node.pairs if node is not None else []
        return {key.text: Service(self, key, value) for key, value in pairs if value.kind == "table"}

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

    def once(self, key: object, compute: "Callable[[], T]") -> "T":
        """Return what *compute* gives, computed once for this project."""
        if key not in self._cache:
            self._cache[key] = compute()
        return self._cache[key]  # type: ignore[return-value]
