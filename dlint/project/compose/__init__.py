"""Which files make a compose project, and how they are read together."""

import os

from dlint.model.compose.project import ComposeFile, ComposeProject
from dlint.parser.compose.merging import without_resets
from dlint.parser.yaml import Node
from dlint.project.compose.beside import base_of, files_of_environment, lacking, override_of
from dlint.project.compose.loading import Loader
from dlint.project.contexts import project_path
from dlint.text import Source, Span


def read_project(source: Source, path: str, *, target: str | None = None) -> ComposeProject:
    """Return the project of the compose file at *path*, whose text is given.

    Files that belong to it are read from the disk, up to the root of the repository; the
    environment of whoever runs dlint is not looked at.
    """
    loader = Loader(source, path)
    root = loader.load_main()
    if loader.can_read and root is not None:
        root = _with_files_beside(loader, root)
    if root is not None:
        _look_at_services(loader, root)
        root = without_resets(root)
    return ComposeProject(
        tuple(loader.files) or (ComposeFile(path, source, None),),
        root if root is not None else Node("table", Span(0, 0), source=source),
        folder=loader.folder,
        project_path=project_path(path),
        problems=tuple(loader.problems.values()),
        target=target,
        environment_files=tuple(loader.environment_files),
        not_read=tuple(loader.not_read),
    )


def _in_order(loader: Loader, root: Node, before: list[str], after: list[str]) -> Node:
    """Return the tree between others that COMPOSE_FILE names."""
    base: Node | None = None
    for path in before:
        tree = loader.load_beside(path, "base")
        if tree is not None:
            base = loader.merge(base, tree) if base is not None else tree
    root = loader.merge(base, root) if base is not None else root
    for path in after:
        tree = loader.load_beside(path, "override")
        root = loader.merge(root, tree) if tree is not None else root
    return root


def _look_at_services(loader: Loader, root: Node) -> None:
    services = root.get("services")
    if services is not None and services.kind != "table":
        loader.problem_at(services, "services has to be a table")
    for key, service in services.pairs if services is not None else []:
        if service.kind != "table":
            loader.problem_at(key, f"the service {key.text} has to be a table, with an image or build at least")


def _with_files_beside(loader: Loader, root: Node) -> Node:
    """Return the tree with the override beside the file over it, or over the base that it needs."""
    name = os.path.basename(loader.path)
    named = files_of_environment(loader)
    if named is not None:
        return _in_order(loader, root, *named)
    over_name = override_of(name, loader.folder)
    if over_name is not None:
        over = loader.load_beside(over_name, "override")
        return loader.merge(root, over) if over is not None else root
    base_name = base_of(name, loader.folder)
    if base_name is None or not (missing := lacking(root, name)):
        return root
    # What the base holds counts only if it has what is missing here.
    mark = loader.mark()
    base = loader.load_beside(base_name, "base")
    services = base.get("services") if base is not None else None
    names = {key.text for key, _ in services.pairs} if services is not None else set()
    if base is None or not ("*" in missing or names & missing):
        loader.forget(mark)
        return root
    return loader.merge(base, root)
