"""The variables of a project: those of its .env file, and its name."""

import os

from dlint.model.compose.project import EnvironmentFile
from dlint.parser.compose.dotenv import read_dotenv
from dlint.parser.compose.variables import Value
from dlint.parser.yaml import Node
from dlint.regex import lazy

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

    from dlint.project.compose.loading import Loader

_NOT_IN_NAMES = lazy(r"[^-_a-z0-9]")


def read_environment(
    loader: "Loader", folder: str, before: "Mapping[str, Value]", named: "tuple[tuple[str, Node], ...]" = ()
) -> dict[str, Value]:
    """Return the variables of the .env file of a folder, or of the files that are named instead.

    What is in *before* goes before what the files say.
    """
    default = os.path.join(folder, ".env")
    paths: list[tuple[str, Node | None]] = list(named)
    if not named and os.path.isfile(default):
        paths = [(default, None)]
    values = dict(before)
    for path, node in paths:
        source = loader.reader.read(path, node)
        if source is None:
            continue
        entries, error = read_dotenv(source, before)
        if error is not None:
            loader.problem(f"Compose cannot read this file: {error.message}", source, error.span)
        for entry in entries:
            values[entry.name] = entry.value
        if all(known.source is not source for known in loader.environment_files):
            loader.environment_files.append(EnvironmentFile(source.path, source, tuple(entries)))
    return values


def project_name(document: Node, folder: str) -> Value:
    """Return what COMPOSE_PROJECT_NAME holds; unknown where the folder decides."""
    name = document.get("name")
    if name is not None and name.kind == "text" and name.text and "$" not in name.text:
        return Value(name.text)
    return Value(_NOT_IN_NAMES.sub("", os.path.basename(folder).lower()).lstrip("_-"), is_known=False)
