"""Where a key that does not belong somewhere may belong: read from the schema itself."""

from dlint.parser.yaml import Node

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Protocol

    Schema = dict[str, Any]
    Path = tuple[str | int, ...]

    class Forms(Protocol):
        """What knows the forms of a schema."""

        schema: Schema

        def forms(self, schema: Schema) -> list[Schema]: ...


_MOST = 300
# What people write for a key, where the names are not alike.
_MEANT = {
    "env": "environment", "envs": "environment", "variables": "environment", "cmd": "command", "run": "command",
    "name": "container_name", "hosts": "extra_hosts", "workdir": "working_dir", "cwd": "working_dir",
    "memory": "mem_limit", "mem": "mem_limit", "memory_limit": "mem_limit", "gpu": "gpus", "shm": "shm_size",
    "health": "healthcheck", "requires": "depends_on", "needs": "depends_on", "mounts": "volumes",
    "file": "dockerfile", "path": "context", "net": "network_mode",
}  # fmt: skip


def nearest(name: str, names: "tuple[str, ...] | list[str]") -> str | None:
    """Return the name most like *name*, if any is alike; None where there are too many to compare it with."""
    if len(names) > _MOST:
        return None
    from difflib import get_close_matches

    found = get_close_matches(name.lower()[:60], [each for each in names if len(each) <= 60], 1, 0.6)
    return found[0] if found else None


def unknown_key(walk: "Forms", key: Node, value: Node, path: "Path", schema: "Schema") -> str:
    """Return what to do about a key that a table does not have."""
    name = key.text
    names = tuple(schema.get("properties", {}))
    if not path and value.kind == "table" and (value.get("image") or value.get("build")):
        return "move it below `services:`"
    if name.replace("-", "_") in names:
        return f"write `{name.replace('-', '_')}`"
    if _MEANT.get(name) in names:
        return f"did you mean `{_MEANT[name]}`?"
    below = _below(walk, schema, name)
    if below:
        return f"it belongs to `{below}`: write `{below}.{name}`"
    above = _above(walk, path, name)
    if above:
        return above
    near = nearest(name, names)
    return f"did you mean `{near}`?" if near else "delete it, or begin its name with `x-`"


def _below(walk: "Forms", schema: "Schema", name: str) -> str | None:
    """Return the dotted path of the table below this one that has a key, at most two levels down."""
    level = [("", schema)]
    for _ in range(2):
        following = []
        for prefix, table in level:
            for key, part in table.get("properties", {}).items():
                for form in walk.forms(part):
                    if name in form.get("properties", {}):
                        return f"{prefix}{key}"
                    following.append((f"{prefix}{key}.", form))
        level = following
    return None


def _above(walk: "Forms", path: "Path", name: str) -> str | None:
    """Return what to do with a key that a table around this one has, or a table beside it."""
    for length in range(len(path) - 1, -1, -1):
        outer = path[:length]
        for form in _schemas_at(walk, outer):
            if name in form.get("properties", {}):
                return f"move it out, to {_table(outer)}"
            for key, part in form.get("properties", {}).items():
                is_beside = key != path[length] and length >= 2
                if is_beside and any(name in inner.get("properties", {}) for inner in walk.forms(part)):
                    return f"it belongs to `{key}` in {_table(outer)}"
    return None


def _table(path: "Path") -> str:
    from dlint.parser.compose.words import owner

    if len(path) < 2:
        return "the top of the file"
    return owner(path) if len(path) == 2 else f"`{path[-1]}`"


def _schemas_at(walk: "Forms", path: "Path") -> "list[Schema]":
    forms = [walk.schema]
    for step in path:
        inner: list[Schema] = []
        for form in forms:
            if isinstance(step, int):
                part = form.get("items")
            else:
                part = form.get("properties", {}).get(step)
                if part is None:
                    patterns = form.get("patternProperties", {})
                    part = next((part for pattern, part in patterns.items() if pattern != "^x-"), None)
            if part:
                inner += walk.forms(part)
        forms = inner
    return forms
