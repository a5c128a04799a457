"""What is mounted into a service: volumes, folders of the host, tmpfs, as Compose 2.40 reads them."""

import posixpath

from dlint.model.compose.values import flag_at, items_of, known_text, masked
from dlint.parser.yaml import Node


class Mount:
    """One mount.

    *type* is ``bind``, ``volume``, ``anonymous``, ``tmpfs``, ``npipe``, ``cluster`` or ``image``, and
    ``hidden`` where a variable names the source (it is a volume or a folder). *target* is the path in
    the container, *source* the name of a volume as the top level has it, or a path of the host as it is
    written; None for anonymous volumes, tmpfs and hidden ones.
    """

    __slots__ = ("is_read_only", "node", "options", "source", "target", "type")

    def __init__(
        self,
        node: Node,
        type_: str,
        source: str | None,
        target: str,
        *,
        is_read_only: bool = False,
        options: tuple[str, ...] = (),
    ) -> None:
        self.node = node
        self.type = type_
        self.source = source
        self.target = target
        self.is_read_only = is_read_only
        self.options = options
        """Further words of the short form: ``z``, ``cached``, ``nocopy``."""

    @property
    def is_persistent(self) -> bool:
        """Whether what is written there outlives the container and can be found again."""
        return self.type in ("bind", "volume", "cluster", "hidden")

    def covers(self, path: str) -> bool:
        """Whether a path of the container lies in it."""
        target = posixpath.normpath(self.target)
        path = posixpath.normpath(path)
        return path == target or path.startswith(target.rstrip("/") + "/")

    def __repr__(self) -> str:
        return f"Mount({self.type}, {self.source!r}, {self.target!r})"


def read_mounts(volumes: Node | None, tmpfs: Node | None = None) -> tuple[Mount, ...]:
    """Return the mounts that ``volumes`` and ``tmpfs`` of a service name; hidden and malformed ones are left out."""
    found = [_long(item) if item.kind == "table" else _short(item) for item in items_of(volumes)]
    for item in items_of(tmpfs):
        path = (known_text(item) or "").partition(":")[0]
        found.append(Mount(item, "tmpfs", None, path) if path else None)
    return tuple(mount for mount in found if mount is not None)


def covering(mounts: tuple[Mount, ...], path: str) -> Mount | None:
    """Return the mount a path of the container lies in: the deepest one, None if it lies in none."""
    fitting = [mount for mount in mounts if mount.covers(path)]
    return max(fitting, key=lambda mount: len(posixpath.normpath(mount.target)), default=None)


def split_volume(text: str) -> list[str]:
    """Return the parts of a short form; the colon behind a drive letter of Windows divides nothing."""
    parts: list[str] = []
    start = 0
    for place, character in enumerate(text):
        if character != ":":
            continue
        if not (place - start == 1 and text[start].isalpha()):
            parts.append(text[start:place])
            start = place + 1
    parts.append(text[start:])
    return parts


def is_path(source: str) -> bool:
    """Whether the source of a short form is a path of the host, and no name of a volume."""
    return source.startswith((".", "/", "~", "\\\\")) or (len(source) > 1 and source[1] == ":" and source[0].isalpha())


def _short(item: Node) -> Mount | None:
    text = masked(item) if not item.is_known else known_text(item)
    parts = split_volume(text or "")
    if len(parts) == 1:
        return Mount(item, "anonymous", None, _cleaned(parts[0])) if item.is_known and parts[0] else None
    source, target, *rest = parts
    if not source or not target or len(rest) > 1 or "$" in target:
        return None
    target = _cleaned(target)
    options = tuple(rest[0].split(",")) if rest else ()
    if not item.is_known:
        return Mount(item, "hidden", None, target, is_read_only="ro" in options, options=options)
    return Mount(
        item, "bind" if is_path(source) else "volume", source, target, is_read_only="ro" in options, options=options
    )


def _cleaned(target: str) -> str:
    return target if "\\" in target else posixpath.normpath(target)


def _long(item: Node) -> Mount | None:
    type_, target = known_text(item.get("type")), known_text(item.get("target"))
    if type_ is None or target is None:
        return None
    source = item.get("source")
    name = known_text(source)
    if type_ == "volume" and name is None and (source is None or source.is_known):
        type_ = "anonymous"
    read_only = flag_at(item.get("read_only"))
    return Mount(item, type_, name, _cleaned(target), is_read_only=bool(read_only and read_only.value))


def read_files(node: Node | None, folder: str) -> tuple[tuple[str, str, Node], ...]:
    """Return name, path in the container and node of the secrets or configs of a service."""
    found = []
    for item in items_of(node):
        source = known_text(item.get("source") if item.kind == "table" else item)
        if source is not None:
            target = known_text(item.get("target")) or source
            found.append((source, target if target.startswith("/") else folder + target, item))
    return tuple(found)
