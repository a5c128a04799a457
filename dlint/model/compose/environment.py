"""The environment variables of a service: those it sets, and those of its files."""

import os
import stat

from dlint.model.compose.values import entries_of, flag_at, items_of, known_text
from dlint.parser.yaml import Node
from dlint.regex import lazy
from dlint.text import Source, Span

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from dlint.model.compose.project import ComposeProject
    from dlint.model.compose.settings import ServiceSettings

MAX_FILE = 1_000_000
_LINE = lazy(r"(?m)^[ \t]*(?:export[ \t]+)?([A-Za-z_][\w.-]*)[ \t]*=([^\r\n]*)")


class EnvironmentVariable:
    """A variable of a container.

    *value* is None where a variable hides it (*is_known* is False) or where it comes from whoever
    starts the project (``- HF_TOKEN``: *is_passed_on*). *node* is its key or its item; for a file
    (*source* ``env_file``) the place in that file.
    """

    __slots__ = ("is_known", "is_passed_on", "name", "node", "source", "value", "value_node")

    def __init__(
        self,
        name: str,
        node: Node,
        value_node: Node,
        value: str | None,
        *,
        source: str = "environment",
        is_known: bool = True,
        is_passed_on: bool = False,
    ) -> None:
        self.name = name
        self.node = node
        self.value_node = value_node
        self.value = value
        self.source = source
        self.is_known = is_known
        self.is_passed_on = is_passed_on

    def __repr__(self) -> str:
        return f"EnvironmentVariable({self.name!r}, {self.value!r})"


def read_environment(service: "ServiceSettings") -> dict[str, EnvironmentVariable]:
    """Return the variables by name; what ``environment`` says counts over ``env_file``."""
    found = _of_files(service)
    for entry in entries_of(service.get("environment")):
        is_passed_on = entry.is_known and entry.value is None and _has_no_value(entry.value_node, entry.node)
        value = "" if entry.is_known and entry.value is None and not is_passed_on else entry.value
        found[entry.name] = EnvironmentVariable(
            entry.name, entry.node, entry.value_node, value, is_known=entry.is_known, is_passed_on=is_passed_on
        )
    return found


def _has_no_value(value: Node, node: Node) -> bool:
    """Whether nothing is written: ``- NAME``, or ``NAME:`` of a table."""
    return value is node or (value.kind == "text" and value.is_plain)


def env_files(service: "ServiceSettings") -> list[tuple[Node, str, bool]]:
    """Return node, path as written and whether it has to be there, for each file of ``env_file``, in order."""
    found = []
    for item in items_of(service.get("env_file")) or _one_table(service.get("env_file")):
        path = known_text(item.get("path") if item.kind == "table" else item)
        required = flag_at(item.get("required"))
        if path:
            found.append((item, path, required is None or required.value is not False))
    return found


def _one_table(node: Node | None) -> list[Node]:
    return [node] if node is not None and node.kind == "table" else []


def _of_files(service: "ServiceSettings") -> dict[str, EnvironmentVariable]:
    """Return the variables of the files, as far as they lie in the repository and can be read."""
    found: dict[str, EnvironmentVariable] = {}
    for _, path, _ in env_files(service):
        place = os.path.normpath(os.path.join(service.project.folder, path))
        source = service.project.once(("env_file", place), lambda place=place: _read(service.project, place))  # type: ignore[misc]
        for name, span, value in _lines(source) if source is not None else []:
            node = Node("text", span, name, source=source)
            found[name] = EnvironmentVariable(name, node, node, value, source="env_file", is_known=value is not None)
    return found


def _read(project: "ComposeProject", path: str) -> Source | None:
    root = project.folder
    for _ in range(project.project_path.count("/")):
        root = os.path.dirname(root)
    if not f"{path}/".startswith(f"{root.rstrip('/')}/"):
        return None
    try:
        if not stat.S_ISREG(os.stat(path).st_mode):
            return None
        with open(path, "rb") as file:
            data = file.read(MAX_FILE + 1)
    except (OSError, ValueError):
        return None
    return Source.from_bytes(data, path) if len(data) <= MAX_FILE else None


def _lines(source: Source) -> "Iterator[tuple[str, Span, str | None]]":
    """Yield name, place of the name and value of each line; None for values with variables or of several lines."""
    for match in _LINE.finditer(source.text):
        value: str | None = match[2].strip()
        quote = match[2].strip()[:1]
        if quote in ("'", '"'):
            inner, end, _ = match[2].strip()[1:].partition(quote)
            value = inner if end and not (quote == '"' and ("\\" in inner or "$" in inner)) else None
        elif value is not None:
            value = value.partition(" #")[0].strip()
            value = None if "$" in value else value
        yield match[1], Span(match.start(1), match.end(1)), value
