"""The pyproject.toml that a tool for Python projects meets, and the groups it installs unasked.

Sources: PEP 735; docs.astral.sh/uv/concepts/projects/dependencies; python-poetry.org/docs/managing-dependencies;
pdm-project.org, "Manage dependencies".
"""

from dlint.model.container_paths import in_context

TYPE_CHECKING = False
if TYPE_CHECKING:
    from dlint.model.build import Build
    from dlint.model.commands import Command

# Names of groups that are for people who work on a project.
_DEVELOPMENT = frozenset(
    {"dev", "develop", "development", "test", "tests", "testing", "lint", "linting", "typing", "docs"}
)


def read_project(build: "Build", command: "Command") -> dict[str, object] | None:
    """Return the pyproject.toml in the folder a command runs in, None if it cannot be seen or read."""
    path = in_context(build, command, "pyproject.toml")
    source = build.context.text(path) if path else None
    if source is None:
        return None
    import tomllib

    try:
        return tomllib.loads(source.text)
    except (tomllib.TOMLDecodeError, RecursionError):
        return None


def table_of(project: dict[str, object], *keys: str) -> dict[str, object]:
    """Return the table below some keys, an empty one where there is none."""
    found: object = project
    for key in keys:
        found = found.get(key) if isinstance(found, dict) else None
    return found if isinstance(found, dict) else {}


def development_groups(project: dict[str, object], manager: str) -> list[str]:
    """Return the groups for development that uv, poetry or pdm install where no option leaves them out."""
    groups = table_of(project, "dependency-groups")
    if manager == "uv":
        own = table_of(project, "tool", "uv")
        named = own.get("default-groups", ["dev"])
        wanted = list(groups) if named == "all" else named if isinstance(named, list) else []
        found = [name for name in wanted if isinstance(name, str) and groups.get(name)]
        if own.get("dev-dependencies"):
            found.append("dev")
    elif manager == "poetry":
        own = table_of(project, "tool", "poetry")
        found = ["dev"] if own.get("dev-dependencies") else []
        for name in table_of(own, "group"):
            group = table_of(own, "group", name)
            if table_of(group, "dependencies") and not group.get("optional"):
                found.append(name)
    elif manager == "pdm":
        found = [name for name, content in {**groups, **table_of(project, "tool", "pdm", "dev-dependencies")}.items()
                 if content]  # fmt: skip
    else:
        found = []
    return [name for name in dict.fromkeys(found) if name in _DEVELOPMENT]
