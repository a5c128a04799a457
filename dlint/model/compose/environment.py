"""The environment variables of a service: those it sets, and those of its files."""

import os
import stat

from dlint.drafts import read_bytes
from dlint.model.compose.values import entries_of, flag_at, items_of, known_text
from dlint.parser.compose.dotenv import read_dotenv
from dlint.parser.yaml import Node
from dlint.text import Source

TYPE_CHECKING = False
if TYPE_CHECKING:
    from dlint.model.compose.project import ComposeProject
    from dlint.model.compose.settings import ServiceSettings

MAX_FILE = 1_000_000


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
        is_text = entry.value_node.kind == "text"
        found[entry.name] = EnvironmentVariable(
            entry.name,
            entry.node,
            entry.value_node,
            entry.value,
            is_known=entry.is_known and is_text,
            is_passed_on=entry.is_known and is_text and entry.value is None,
        )
    return found


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
    project = service.project
    for item, path, _ in env_files(service):
        place = os.path.normpath(os.path.join(project.folder_of(item), path))
        found |= project.once(("env_file", place), lambda place=place: _of_file(project, place))  # type: ignore[misc]
    return found


def _of_file(project: "ComposeProject", path: str) -> dict[str, EnvironmentVariable]:
    """Return the variables of one file; what Compose puts into them comes from the project's own .env file."""
    source = _read(project, path)
    found: dict[str, EnvironmentVariable] = {}
    if source is None:
        return found
    own = {entry.name for entry in read_dotenv(source)[0]}
    given = {
        entry.name: entry.value
        for file in project.environment_files[:1]
        for entry in file.entries
        if entry.name not in own
    }
    entries, _ = read_dotenv(source, given)
    for entry in entries:
        key = Node("text", entry.span, entry.name, source=source)
        value = Node("text", entry.value_span, entry.value.text, source=source)
        value.is_known = entry.value.is_known
        found[entry.name] = EnvironmentVariable(
            entry.name,
            key,
            value,
            entry.value.text if entry.value.is_known else None,
            source="env_file",
            is_known=entry.value.is_known,
        )
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
        data = read_bytes(path, MAX_FILE + 1)
    except (OSError, ValueError):
        return None
    return Source.from_bytes(data, path) if len(data) <= MAX_FILE else None
