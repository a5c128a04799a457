"""Dependency groups of a pyproject.toml, and which of them are installed unless somebody says no.

Sources: PEP 735; docs.astral.sh/uv/concepts/projects/dependencies (``dev``, ``default-groups``);
python-poetry.org/docs/managing-dependencies (a group is installed unless it is optional) (2026-11-22).
"""

from dlint.model.python_installs import normalise
from dlint.regex import lazy
from dlint.text import Source

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

DEVELOPMENT = frozenset({
    "dev", "develop", "development", "devel", "test", "tests", "testing", "lint", "linting", "typing", "ci", "pre-commit",
})  # fmt: skip
"""Names of groups and extras that hold tools for people who work on a project."""

_NAME = lazy(r"\s*([A-Za-z0-9][\w.-]*)")
# A dotted key of n parts costs the standard library n * n steps.
_LONG_LINE = lazy(r"[^\n]{20000}")


def default_groups(source: Source | None, tool: str) -> dict[str, list[str]]:
    """Return the groups that *tool* installs by default, ``uv``, ``poetry`` or ``pdm``, and the names in them.

    Nothing where the file cannot be seen or is malformed. Groups that others include are not followed.
    """
    data = _read(source)
    if data is None:
        return {}
    settings = _table(data, "tool", tool)
    groups = {name: _names(group) for name, group in _table(data, "dependency-groups").items()}
    if tool == "uv":
        groups["dev"] = [*groups.get("dev", []), *_names(settings.get("dev-dependencies"))]
        chosen = settings.get("default-groups", ["dev"])
        if chosen != "all":
            groups = {name: groups[name] for name in groups if isinstance(chosen, list) and name in chosen}
    elif tool == "poetry":
        own = _table(settings, "group")
        groups |= {"dev": [*groups.get("dev", []), *_keys(settings.get("dev-dependencies"))]}
        groups |= {name: [*groups.get(name, []), *_keys(_table(own, name).get("dependencies"))] for name in own}
        groups = {name: names for name, names in groups.items() if _table(own, name).get("optional") is not True}
    else:
        groups |= {name: _names(group) for name, group in _table(settings, "dev-dependencies").items()}
    return {name: names for name, names in groups.items() if names}


def _read(source: Source | None) -> "dict[str, Any] | None":
    if source is None or _LONG_LINE.search(source.text):
        return None
    import tomllib

    try:
        return tomllib.loads(source.text)
    except (ValueError, RecursionError):
        return None


def _table(data: "dict[str, Any]", *path: str) -> "dict[str, Any]":
    found: Any = data
    for name in path:
        found = found.get(name) if isinstance(found, dict) else None
    return found if isinstance(found, dict) else {}


def _keys(table: object) -> list[str]:
    return [normalise(name) for name in table if name != "python"] if isinstance(table, dict) else []


def _names(group: object) -> list[str]:
    """Return the names of a list of requirements."""
    entries = group if isinstance(group, list) else []
    found = (_NAME.match(entry) for entry in entries if isinstance(entry, str))
    return [normalise(match[1]) for match in found if match]
