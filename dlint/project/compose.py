"""Which files make a compose project, and how they are read together."""

import os

from dlint.model.compose.project import ComposeFile, ComposeProject, Problem
from dlint.parser.unreadable import UnreadableError
from dlint.parser.yaml import Node, read_yaml
from dlint.project.contexts import project_path
from dlint.text import Source, Span


def read_project(source: Source, path: str, *, target: str | None = None) -> ComposeProject:
    """Return the project of the compose file at *path*, whose text is given."""
    problems = []
    root: Node | None = None
    try:
        root = read_yaml(source)
    except UnreadableError as error:
        problems.append(Problem(f"the file {error}", source, error.span))
    return ComposeProject(
        (ComposeFile(path, source, root),),
        root if root is not None and root.kind == "table" else Node("table", Span(0, 0), source=source),
        folder=os.path.dirname(os.path.abspath(path)),
        project_path=project_path(path),
        problems=tuple(problems),
        target=target,
    )
