"""What an image has made for itself and a mount of the host hides."""

import os
import posixpath

from dlint.knowledge.files import ENVIRONMENT_FOLDERS
from dlint.model.container_paths import absolute
from dlint.model.fetches import MODEL, read_fetch
from dlint.model.fillings import fillings, project_environment
from dlint.parser.dockerfile import ast

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from dlint.model.build import Build
    from dlint.model.compose.mounts import Mount
    from dlint.model.compose.service import Service
    from dlint.model.stages import Step
    from dlint.text import Span

_NODE = "node_modules"


class Hidden:
    """Files of the image below *path* that *mount* hides; *span* is where the Dockerfile makes them.

    *is_environment* tells environments from models; *is_replaced* says that the folder of the host has one
    of the same name.
    """

    __slots__ = ("is_environment", "is_replaced", "mount", "path", "span")

    def __init__(self, mount: "Mount", path: str, span: "Span", *, is_environment: bool, is_replaced: bool) -> None:
        self.mount = mount
        self.path = path
        self.span = span
        self.is_environment = is_environment
        self.is_replaced = is_replaced


def hidden_files(service: "Service") -> list[Hidden]:
    """Return what binds of the host hide in the image of a service, the first place of each path."""
    if not any(mount.type == "bind" and mount.source is not None for mount in service.mounts):
        return []
    build = service.built if service.build is not None else None
    if build is None or service.has_hidden_mounts or service.get("develop") is not None:
        return []
    found: dict[str, Hidden] = {}
    for path, span, is_environment in _made(build):
        mount = service.mount_at(path)
        if path in found or mount is None or mount.type != "bind" or mount.source is None:
            continue
        target = posixpath.normpath(mount.target)
        # Whoever mounts something over exactly an environment wants another one.
        if is_environment and target == path:
            continue
        is_replaced = _is_on_host(service, mount, posixpath.relpath(path, target))
        if is_replaced and path.endswith(_NODE):
            continue
        found[path] = Hidden(mount, path, span, is_environment=is_environment, is_replaced=is_replaced)
    return list(found.values())


def _made(build: "Build") -> "Iterator[tuple[str, Span, bool]]":
    """Yield path, place and kind of each environment (True) and each folder of models (False) of an image."""
    for stage in build.runtime_chain:
        for step in stage.steps:
            yield from _environments(build, step)
            yield from _models(step)


def _environments(build: "Build", step: "Step") -> "Iterator[tuple[str, Span, bool]]":
    for install in build.installs:
        if install.step is step:
            place = project_environment(install)
            if place is not None:
                yield place, install.span, True
    for filling in fillings(build, step):
        if posixpath.basename(filling.path) in ENVIRONMENT_FOLDERS and filling.is_large:
            yield filling.path, filling.span, True


def _models(step: "Step") -> "Iterator[tuple[str, Span, bool]]":
    for command in step.commands if isinstance(step.instruction, ast.Run) else ():
        fetch = read_fetch(command)
        place = absolute(fetch.folder, step.workdir) if fetch is not None and fetch.folder else None
        if fetch is not None and place is not None and fetch.kind == MODEL:
            yield place, command.head(1), False


def _is_on_host(service: "Service", mount: "Mount", below: str) -> bool:
    folder = service.project.folder_of(mount.node)
    try:
        return os.path.isdir(os.path.normpath(os.path.join(folder, mount.source or "", below)))
    except ValueError:
        return False
