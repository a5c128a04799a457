"""pyproject.toml: what a project depends on (PEP 621, PEP 735, and the tables of Poetry, PDM and uv)."""

from dlint import regex
from dlint.model.manifests.common import MAIN, Places, table, text_of, texts
from dlint.model.packages import Package
from dlint.model.python_installs import normalise, read_requirement
from dlint.model.requirements import Requirement, Requirements
from dlint.regex import lazy
from dlint.text import Source

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

_MAX_INCLUDES = 200
_POETRY_EXACT = lazy(r"(?:={1,3}\s*)?v?\d[^\s,*|^~<>]*\Z")


def read(data: "dict[str, Any]", source: Source) -> Requirements:
    """Return everything a project lists, with the groups and extras that ask for it.

    Raises MalformedError.
    """
    found = Requirements(source)
    places = Places(source)
    project = table(data.get("project"), "project")
    tools = table(data.get("tool"), "tool")
    poetry = table(tools.get("poetry"), "tool.poetry")
    _project(project, found, places)
    _groups(table(data.get("dependency-groups"), "dependency-groups"), found, places)
    _development(tools, found, places)
    _poetry(poetry, found, places)
    dynamic = texts(project.get("dynamic"), "project.dynamic")
    is_listed = "dependencies" in project or "dependencies" in poetry
    if ("dependencies" in dynamic and not poetry) or not (is_listed or project or data.get("dependency-groups")):
        found.missing.append("dependencies")
    return found


def _project(project: "dict[str, Any]", found: Requirements, places: Places) -> None:
    places.move("[project]")
    position = places.position
    places.move("\ndependencies")
    for text in texts(project.get("dependencies"), "project.dependencies"):
        _add(found, places, text, groups=(MAIN,))
    places.position = position
    places.move("[project.optional-dependencies]")
    for name, listed in table(project.get("optional-dependencies"), "project.optional-dependencies").items():
        for text in texts(listed, f"project.optional-dependencies.{name}"):
            _add(found, places, text, extras=(normalise(name),))


def _add(
    found: Requirements, places: Places, text: str, *, groups: tuple[str, ...] = (), extras: tuple[str, ...] = ()
) -> None:
    span = places.quoted(text)
    package = read_requirement(text, places.word(span))
    found.entries.append(Requirement(package, found.source, span, groups=groups, extras=extras))


def _groups(groups: "dict[str, Any]", found: Requirements, places: Places) -> None:
    """Read [dependency-groups], whose groups may include each other."""
    normal = {normalise(name): listed for name, listed in groups.items()}
    places.move("[dependency-groups]")
    for name, listed in normal.items():
        if not isinstance(listed, list):
            texts(listed, f"dependency-groups.{name}")
        for item in listed if isinstance(listed, list) else ():
            if isinstance(item, str):
                _add(found, places, item, groups=_includers(name, normal))


def _includers(name: str, groups: "dict[str, Any]") -> tuple[str, ...]:
    """Return a group and those that include it."""
    waiting, names = [name], [name]
    while waiting and len(names) < _MAX_INCLUDES:
        inner = waiting.pop()
        for outer, listed in groups.items():
            if outer in names or not isinstance(listed, list):
                continue
            included = [item.get("include-group") for item in listed if isinstance(item, dict)]
            if any(isinstance(each, str) and normalise(each) == inner for each in included):
                names.append(outer)
                waiting.append(outer)
    return tuple(names)


def _development(tools: "dict[str, Any]", found: Requirements, places: Places) -> None:
    """Read what PDM and uv had before there were dependency groups."""
    uv = table(tools.get("uv"), "tool.uv")
    places.move("[tool.uv]")
    for text in texts(uv.get("dev-dependencies"), "tool.uv.dev-dependencies"):
        _add(found, places, text, groups=("dev",))
    pdm = table(tools.get("pdm"), "tool.pdm")
    places.move("[tool.pdm.dev-dependencies]")
    for name, listed in table(pdm.get("dev-dependencies"), "tool.pdm.dev-dependencies").items():
        for text in texts(listed, f"tool.pdm.dev-dependencies.{name}"):
            _add(found, places, text.removeprefix("-e ").strip(), groups=(normalise(name),))


# Poetry -----------------------------------------------------------------------------------


def _poetry(poetry: "dict[str, Any]", found: Requirements, places: Places) -> None:
    extras: dict[str, list[str]] = {}
    for extra, names in table(poetry.get("extras"), "tool.poetry.extras").items():
        for name in texts(names, f"tool.poetry.extras.{extra}"):
            extras.setdefault(normalise(name), []).append(normalise(extra))
    places.move("[tool.poetry.dependencies]")
    _poetry_table(poetry.get("dependencies"), "tool.poetry.dependencies", MAIN, found, places, extras)
    places.move("[tool.poetry.dev-dependencies]")
    _poetry_table(poetry.get("dev-dependencies"), "tool.poetry.dev-dependencies", "dev", found, places)
    for name, group in table(poetry.get("group"), "tool.poetry.group").items():
        title = f"tool.poetry.group.{name}"
        places.move(f"[{title}.dependencies]")
        listed = table(group, title).get("dependencies")
        _poetry_table(listed, f"{title}.dependencies", normalise(name), found, places)


def _poetry_table(
    value: object,
    title: str,
    group: str,
    found: Requirements,
    places: Places,
    extras: "dict[str, list[str]] | None" = None,
) -> None:
    for name, given in table(value, title).items():
        if normalise(name) == "python":
            continue
        span = places.plain(name)
        for constraint in (given if isinstance(given, list) else [given])[:50]:
            package = _poetry_package(name, constraint, places.word(span))
            is_optional = isinstance(constraint, dict) and constraint.get("optional") is True
            wanted_by = tuple((extras or {}).get(package.name, ()))
            found.entries.append(
                Requirement(
                    package,
                    found.source,
                    span,
                    groups=() if is_optional else (group,),
                    extras=wanted_by if is_optional else (),
                )
            )


def _poetry_package(name: str, constraint: object, word: "Any") -> Package:
    """Return one dependency in Poetry's own words: a version, or a table."""
    details = constraint if isinstance(constraint, dict) else {}
    version = text_of(constraint) or text_of(details.get("version"))
    listed = details.get("extras")
    extras = tuple(normalise(extra) for extra in listed if isinstance(extra, str)) if isinstance(listed, list) else ()
    address = text_of(details.get("git")) or text_of(details.get("url"))
    is_local = bool(text_of(details.get("path")))
    if address:
        is_pinned = "url" in details or any(text_of(details.get(key)) for key in ("rev", "tag"))
        version = f"@ {address}"
    else:
        is_pinned = is_local or bool(_POETRY_EXACT.match(version.strip()))
        if is_pinned and version:
            version = "==" + regex.sub(r"\A[=\s]+", "", version.strip())
        elif version.strip() == "*":
            version = ""
    package = Package(
        normalise(name), version, word, is_pinned=is_pinned, is_url=bool(address), is_local=is_local, extras=extras
    )
    package.marker = text_of(details.get("markers"))
    return package
