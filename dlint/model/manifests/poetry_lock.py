"""poetry.lock and pdm.lock: locked packages with hashes; neither records sizes.

Both say which groups a package is for since Poetry 2.0 and PDM 2.5 (lock 4.4.1); in older files
that follows from what the project lists and what needs what.
"""

from dlint.model.manifests.common import (
    MAIN,
    MalformedError,
    Places,
    Wanted,
    locked,
    table,
    tables,
    text_of,
    texts,
    without_marker,
)
from dlint.model.python_installs import normalise, read_requirement
from dlint.model.requirements import Requirement, Requirements
from dlint.model.wheels import File
from dlint.regex import lazy
from dlint.text import Source

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

_HEADER = lazy(r"(?m)^\[\[package\]\]")
# What the tools call the group of what is always installed.
_MAIN_NAMES = ("main", "default")


def read(data: "dict[str, Any]", source: Source) -> Requirements:
    """Return the packages of a lock; those without groups are in none.

    Raises MalformedError.
    """
    if "package" not in data and "metadata" not in data:
        raise MalformedError("is no lock file of Poetry or PDM")
    found = Requirements(source, is_lock=True)
    places = Places(source)
    hashes = table(table(data.get("metadata"), "metadata").get("files"), "metadata.files")
    headers = [match.end() for match in _HEADER.finditer(source.text)]
    for index, item in enumerate(tables(data.get("package"), "package")):
        name, version = item.get("name"), item.get("version")
        if not isinstance(name, str) or not isinstance(version, str):
            raise MalformedError("is malformed: a package has no name or version", "[[package]]")
        if index < len(headers):
            places.position = headers[index]
        span = places.quoted(name)
        files = [
            file for file in tables(item.get("files", hashes.get(name)), "files") if isinstance(file.get("file"), str)
        ]
        for groups, marker in _groups(item):
            package = locked(places, name, version, span)
            package.marker = marker
            _source(package, item)
            found.entries.append(
                Requirement(
                    package, source, span, has_hash=any("hash" in file for file in files), groups=groups,
                    files=tuple(File(file["file"], None) for file in files), index=_index(item),
                )
            )  # fmt: skip
    return found


def _groups(item: "dict[str, Any]") -> list[tuple[tuple[str, ...], str]]:
    """Return the groups of a package, together where they have the same marker."""
    listed = item.get("groups")
    if listed is None and isinstance(item.get("category"), str):
        listed = [item["category"]]
    names = tuple(MAIN if name in _MAIN_NAMES else normalise(name) for name in texts(listed, "groups"))
    markers = item.get("markers", item.get("marker"))
    if not isinstance(markers, dict):
        return [(names, text_of(markers))]
    by_marker: dict[str, list[str]] = {}
    for name in names:
        given = markers.get(name, markers.get("default") if name == MAIN else None)
        by_marker.setdefault(text_of(given), []).append(name)
    return [(tuple(members), marker) for marker, members in by_marker.items()]


def _source(package: "Any", item: "dict[str, Any]") -> None:
    source = table(item.get("source"), "source")
    kind = text_of(source.get("type"))
    package.is_url = kind in ("git", "url") or any(key in item for key in ("git", "url"))
    package.is_local = kind in ("directory", "file") or "path" in item


def _index(item: "dict[str, Any]") -> str | None:
    address = text_of(table(item.get("source"), "source").get("url"))
    return address or None


def needs(data: "dict[str, Any]") -> dict[str, frozenset[str]]:
    """Return what each package of a lock needs, by name, whatever the platform.

    Raises MalformedError.
    """
    found: dict[str, set[str]] = {}
    for item in tables(data.get("package"), "package"):
        names = found.setdefault(normalise(text_of(item.get("name"))), set())
        listed = item.get("dependencies")
        if isinstance(listed, dict):
            names |= {normalise(name) for name, given in listed.items() if not _is_optional(given)}
        elif isinstance(listed, list):
            names |= {_name_of(text) for text in listed if isinstance(text, str)}
    return {name: frozenset(names) for name, names in found.items()}


def _is_optional(given: object) -> bool:
    return isinstance(given, dict) and given.get("optional") is True


def _name_of(text: str) -> str:
    from dlint.parser.mapped import MappedText
    from dlint.parser.shell.ast import Word

    return read_requirement(text, Word(MappedText.whole(text, 0), 0, 0, text)).name


def select_by_project(
    found: Requirements, project: Requirements, needed: dict[str, frozenset[str]], wanted: Wanted
) -> Requirements:
    """Return what an install takes of a lock without groups: what the project lists, and what that needs."""
    waiting = [entry.package.name for entry in project.entries if wanted.takes(entry)]
    names: set[str] = set()
    while waiting:
        name = waiting.pop()
        if name not in names:
            names.add(name)
            waiting += needed.get(name, ())
    chosen = Requirements(found.source, is_lock=True)
    chosen.missing = project.missing
    for entry in found.entries:
        holds = wanted.holds(entry.package.marker)
        if entry.package.name in names and holds is not False:
            chosen.entries.append(without_marker(entry) if holds else entry)
    return chosen
