"""``include``: other compose files, each with a project directory and variables of its own."""

import os

from dlint.parser.yaml import Node
from dlint.project.compose.environment import read_environment

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

    from dlint.parser.compose.variables import Value
    from dlint.project.compose.loading import Loader

MAX_DEPTH = 20
SECTIONS = ("services", "volumes", "networks", "secrets", "configs", "models")


def with_includes(
    loader: "Loader", root: Node, path: str, variables: "Mapping[str, Value]", outer: tuple[str, ...], folder: str
) -> Node:
    """Return a file's tree with what it includes; *outer* are the files by which it is included itself."""
    include = root.get("include")
    if include is None or include.is_null:
        return root
    if include.kind != "list":
        loader.problem_at(include, f"include has to be a list, and this is a {include.kind}")
        return root
    for entry in include.items:
        included = _Include(loader, entry, (*outer, os.path.abspath(path)), folder).load(variables)
        if included is not None:
            root = _imported(loader, root, included, entry)
    return root


class _Include:
    """One entry: a path, or a table with ``path``, ``project_directory`` and ``env_file``."""

    def __init__(self, loader: "Loader", entry: Node, outer: tuple[str, ...], folder: str) -> None:
        self.loader = loader
        self.entry = entry
        self.outer = outer
        self.folder = folder

    def load(self, variables: "Mapping[str, Value]") -> Node | None:
        """Return the tree of the included files together; None, and noted, if there is none."""
        nodes = _texts(self.entry if self.entry.kind == "text" else self.entry.get("path"))
        if not nodes:
            self.loader.problem_at(self.entry, "this entry of include names no file")
            return None
        paths = [self.loader.reader.find(node, node.text, self.folder) for node in nodes]
        if paths[0] is None:
            return None
        if paths[0] in self.outer:
            names = " → ".join(self.loader.reader.shown(path) for path in (*self.outer, paths[0]))
            self.loader.problem_at(nodes[0], f"these files include each other in a circle: {names}")
            return None
        if len(self.outer) > MAX_DEPTH:
            self.loader.problem_at(nodes[0], f"files are included more than {MAX_DEPTH} levels deep")
            return None
        folder = self._project_directory() or os.path.dirname(paths[0])
        values = read_environment(self.loader, folder, variables, self._environment_files())
        root: Node | None = None
        for node, path in zip(nodes, paths, strict=True):
            over = self._file(node, path, values, folder) if path is not None else None
            if over is not None:
                root = self.loader.merge(root, over) if root is not None else over
        return root

    def _project_directory(self) -> str | None:
        node = self.entry.get("project_directory")
        if node is None or node.kind != "text" or not node.text:
            return None
        return os.path.normpath(os.path.join(self.folder, node.text))

    def _environment_files(self) -> tuple[tuple[str, Node], ...]:
        found = []
        for node in _texts(self.entry.get("env_file")):
            path = self.loader.reader.find(node, node.text, self.folder)
            if path is not None and path != os.devnull:
                found.append((path, node))
        return tuple(found)

    def _file(self, node: Node, path: str, values: "Mapping[str, Value]", folder: str) -> Node | None:
        source = self.loader.reader.read(path, node)
        root = self.loader.tree(source, path, "include", values, folder) if source is not None else None
        if root is None:
            return None
        root = self.loader.extended(root, path, values, folder)
        return with_includes(self.loader, root, path, values, self.outer, folder)


def _texts(node: Node | None) -> list[Node]:
    if node is None or node.is_null:
        return []
    return [item for item in ([node] if node.kind == "text" else node.items) if item.kind == "text"]


def _imported(loader: "Loader", root: Node, included: Node, entry: Node) -> Node:
    """Return a tree with the resources of an included one; the same name for two things is a problem."""
    result = root.copy()
    for section in SECTIONS:
        theirs = included.get(section)
        if theirs is None or theirs.kind != "table" or not theirs.pairs:
            continue
        ours = result.get(section)
        if ours is None or ours.kind != "table":
            key = next(key for key, value in included.pairs if value is theirs)
            result.pairs = [pair for pair in result.pairs if pair[0].text != section] + [(key, theirs)]
            continue
        merged = ours.copy()
        known = {key.text: (key, value) for key, value in ours.pairs}
        for key, value in theirs.pairs:
            if key.text not in known:
                merged.pairs.append((key, value))
            elif not same_value(known[key.text][1], value):
                mine = known[key.text][0]
                said = f"{section}.{key.text} is also in {key.source.path}, which this project includes, and differs"
                loader.problem_at(mine, said, "change it in an override file, or rename it", labels=(key,))
        result.pairs = [(key, merged if value is ours else value) for key, value in result.pairs]
    return result


def same_value(left: Node, right: Node) -> bool:
    """Whether two nodes say the same, wherever they stand."""
    stack = [(left, right)]
    while stack:
        one, other = stack.pop()
        if one is other:
            continue
        if one.kind != other.kind or one.text != other.text:
            return False
        if len(one.items) != len(other.items) or len(one.pairs) != len(other.pairs):
            return False
        stack += zip(one.items, other.items, strict=True)
        values = {key.text: value for key, value in other.pairs}
        for key, value in one.pairs:
            if key.text not in values:
                return False
            stack.append((value, values[key.text]))
    return True
