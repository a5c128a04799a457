"""``extends``: a service that takes what it does not say from another one, in this file or in another."""

import os

from dlint.parser.compose.merging import Merger, without_resets
from dlint.parser.yaml import Node

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

    from dlint.parser.compose.variables import Value
    from dlint.project.compose.loading import Loader

MAX_CHAIN = 30


def with_extends(loader: "Loader", root: Node, path: str, variables: "Mapping[str, Value]", folder: str) -> Node:
    """Return a file's tree in which services have what they extend; those that cannot keep their ``extends``.

    *folder* is what paths of other files are relative to.
    """
    services = root.get("services")
    if services is None or services.kind != "table" or not any(value.get("extends") for _, value in services.pairs):
        return root
    extender = _Extender(loader, variables)
    merged = services.copy()
    merged.pairs = [(key, extender.service(key.text, value, services, path, folder)) for key, value in services.pairs]
    result = root.copy()
    result.pairs = [(key, merged if value is services else value) for key, value in root.pairs]
    return result


class _Extender:
    def __init__(self, loader: "Loader", variables: "Mapping[str, Value]") -> None:
        self.loader = loader
        self.variables = variables
        self.done: dict[int, Node] = {}

    def service(self, name: str, service: Node, services: Node, path: str, folder: str) -> Node:
        """Return a service with all that it extends."""
        chain: list[tuple[str, str, Node]] = []
        seen = set()
        while True:
            chain.append((path, name, service))
            seen.add((path, name))
            extends = service.get("extends") if service.kind == "table" else None
            if extends is None or extends.is_null or id(service) in self.done:
                break
            found = self._base(name, extends, services, path, folder)
            if found is None:
                break
            name, service, services, path, folder = found
            if (path, name) in seen:
                self._circle(extends, chain, name)
                break
            if len(chain) >= MAX_CHAIN:
                self.loader.problem_at(extends, f"more than {MAX_CHAIN} services extend each other in a row")
                break
        return self._merged(chain)

    def _merged(self, chain: list[tuple[str, str, Node]]) -> Node:
        base = chain[-1][2]
        base = self.done.get(id(base), base)
        for _, name, service in reversed(chain[:-1]):
            merger = Merger()
            merged = self.loader.noted(merger, merger.extend(base, service, name)) if base.kind == "table" else service
            # What the base could not find is not found here either.
            unresolved = base.get("extends")
            merged = merged.copy()
            merged.pairs = [pair for pair in merged.pairs if pair[0].text != "extends"]
            if unresolved is not None:
                merged.pairs += [pair for pair in base.pairs if pair[1] is unresolved]
            self.done[id(service)] = base = merged
        return base

    def _base(
        self, name: str, extends: Node, services: Node, path: str, folder: str
    ) -> tuple[str, Node, Node, str, str] | None:
        """Return name, table and surroundings of the service that is extended; None, and noted, if there is none."""
        wanted = extends if extends.kind == "text" else extends.get("service")
        if wanted is None or wanted.kind != "text" or wanted.is_null:
            self.loader.problem_at(extends, f"extends of {name} does not say which service")
            return None
        if not wanted.is_known:
            self.loader.not_read.append(extends)
            return None
        file = extends.get("file")
        if file is not None and not file.is_null:
            other = self._other_file(file, folder)
            if other is None:
                return None
            services, path = other
            folder = os.path.dirname(path)
        base = services.get(wanted.text)
        if base is None:
            where = f" in {self.loader.reader.shown(path)}" if file is not None else ""
            self.loader.problem_at(wanted, f"there is no service {wanted.text}{where} that {name} could extend")
            return None
        return wanted.text, base, services, path, folder

    def _other_file(self, file: Node, folder: str) -> tuple[Node, str] | None:
        loader = self.loader
        if file.kind != "text":
            loader.problem_at(file, "file has to be the path of a compose file")
            return None
        found = loader.reader.find(file, file.text, folder)
        source = loader.reader.read(found, file) if found is not None else None
        if found is None or source is None:
            return None
        root = loader.tree(source, found, "extends", self.variables, os.path.dirname(found))
        services = root.get("services") if root is not None else None
        if services is None or services.kind != "table":
            if root is not None:
                loader.problem_at(file, f"{loader.reader.shown(found)} has no services that could be extended")
            loader.not_read.append(file)
            return None
        return without_resets(services), found

    def _circle(self, extends: Node, chain: list[tuple[str, str, Node]], name: str) -> None:
        names = [link[1] for link in chain]
        if name in names:
            names = names[names.index(name) :]
        self.loader.problem_at(extends, f"these services extend each other in a circle: {' → '.join([*names, name])}")
