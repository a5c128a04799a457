"""uv.lock: the packages of a project for every platform, with the sizes of their files.

Source: lock files of uv 0.13 (version 1, revision 5) and uv's documentation. A lock of another major
version is taken to say nothing.
"""

from dlint.model.manifests.common import MAIN, MalformedError, Places, Wanted, locked, size_of, table, tables, text_of
from dlint.model.python_installs import normalise
from dlint.model.requirements import Requirement, Requirements
from dlint.model.wheels import File
from dlint.regex import lazy
from dlint.text import Source, Span

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

_HEADER = lazy(r"(?m)^\[\[package\]\]")
_MAX_VISITS = 200_000


class _Package:
    """One package of a lock, as it stands there."""

    __slots__ = ("data", "name", "source", "span", "version")

    def __init__(self, data: "dict[str, Any]", span: Span) -> None:
        self.data = data
        self.name = normalise(text_of(data.get("name")))
        self.version = text_of(data.get("version"))
        self.source: dict[str, Any] = table(data.get("source"), "source")
        self.span = span

    @property
    def is_member(self) -> bool:
        """Whether it is a project of the workspace and not a dependency."""
        return any(key in self.source for key in ("editable", "virtual"))

    @property
    def folder(self) -> str | None:
        """The folder of a project, relative to the lock."""
        given = self.source.get("editable", self.source.get("virtual"))
        return given if isinstance(given, str) else None


class UvLock:
    """A lock, to be asked for what an install takes."""

    def __init__(self, data: "dict[str, Any]", source: Source) -> None:
        self.source = source
        self.places = Places(source)
        if data.get("version") not in (None, 1):
            raise MalformedError("is a uv.lock of a version that is not known", "version", is_limit=True)
        headers = [match.end() for match in _HEADER.finditer(source.text)]
        listed = tables(data.get("package"), "package")
        if not {"version", "package", "requires-python"} & set(data):
            raise MalformedError("is no uv.lock")
        self.packages: list[_Package] = []
        for index, item in enumerate(listed):
            if not isinstance(item.get("name"), str):
                raise MalformedError("is malformed: a package has no name", "[[package]]")
            if index < len(headers):
                self.places.position = headers[index]
            self.packages.append(_Package(item, self.places.quoted(item["name"])))
        self.by_name: dict[str, list[_Package]] = {}
        for package in self.packages:
            self.by_name.setdefault(package.name, []).append(package)

    def everything(self) -> Requirements:
        """Return every package but the projects themselves."""
        found = Requirements(self.source, is_lock=True)
        direct = {name for member in self.packages if member.is_member for name in _all_names(member)}
        for package in self.packages:
            if not package.is_member:
                entry = _entry(package, self, is_direct=package.name in direct, marker="", extras=())
                entry.groups = (MAIN,)
                found.entries.append(entry)
        return found

    def projects(self, folder: str = ".", name: str | None = None) -> list[_Package]:
        """Return the project in a folder, or of a name."""
        if name is not None:
            return [package for package in self.by_name.get(normalise(name), []) if package.is_member]
        return [package for package in self.packages if package.is_member and (package.folder or ".") == folder]

    def taken(self, projects: list[_Package], wanted: Wanted) -> Requirements:
        """Return what an install of these projects takes, following dependencies and their markers."""
        return _Walk(self, projects, wanted).run()


def _all_names(member: _Package) -> list[str]:
    lists = [member.data.get("dependencies")]
    for key in ("optional-dependencies", "dev-dependencies"):
        lists += table(member.data.get(key), key).values()
    return [normalise(text_of(item.get("name"))) for listed in lists for item in tables(listed, "dependencies")]


def read(data: "dict[str, Any]", source: Source) -> Requirements:
    """Return every package of a lock.

    Raises MalformedError.
    """
    return UvLock(data, source).everything()


class _Walk:
    """From the projects along the dependencies; a marker that is not known makes all behind it uncertain."""

    def __init__(self, lock: UvLock, projects: list[_Package], wanted: Wanted) -> None:
        self.lock = lock
        self.projects = projects
        self.wanted = wanted
        # What is installed for certain, then what may be.
        self.found: dict[int, Requirement] = {}
        self.waiting: list[tuple[_Package, str, str]] = []
        """Packages, the extra of them that is wanted, and the first marker on the way that is not known."""
        self.seen: set[tuple[int, str, bool]] = set()
        self.active = self._active_extras()

    def _active_extras(self) -> frozenset[str]:
        """Return the names by which uv's markers call the chosen extras and groups: extra-7-project-cpu."""
        names = set(self.wanted.extras or ())
        for project in self.projects:
            for extra in self.wanted.extras or ():
                names.add(f"extra-{len(project.name)}-{project.name}-{extra}")
            for group in self.wanted.groups or ():
                names.add(f"group-{len(project.name)}-{project.name}-{group}")
        return frozenset(names)

    def run(self) -> Requirements:
        result = Requirements(self.lock.source, is_lock=True)
        for project in self.projects:
            for item in self._roots(project):
                self._follow(item, "", is_direct=True)
        visits = 0
        while self.waiting and visits < _MAX_VISITS:
            visits += 1
            package, extra, marker = self.waiting.pop()
            data = package.data
            listed = (
                table(data.get("optional-dependencies"), "optional-dependencies").get(extra)
                if extra
                else data.get("dependencies")
            )
            for item in tables(listed, "dependencies"):
                self._follow(item, marker, is_direct=False)
        result.entries = list(self.found.values())
        return result

    def _roots(self, project: _Package) -> "list[dict[str, Any]]":
        groups, extras = self.wanted.groups, self.wanted.extras
        found = []
        if groups is None or MAIN in groups:
            found += tables(project.data.get("dependencies"), "dependencies")
            for name, listed in table(project.data.get("optional-dependencies"), "optional-dependencies").items():
                if extras is None or normalise(name) in extras:
                    found += tables(listed, "optional-dependencies")
        for name, listed in table(project.data.get("dev-dependencies"), "dev-dependencies").items():
            if groups is None or normalise(name) in groups:
                found += tables(listed, "dev-dependencies")
        return found

    def _follow(self, item: "dict[str, Any]", marker: str, *, is_direct: bool) -> None:
        own = text_of(item.get("marker"))
        holds = self._holds(own)
        if holds is False:
            return
        unknown = marker or ("" if holds else own)
        extras = item.get("extra")
        extras = [extra for extra in extras if isinstance(extra, str)] if isinstance(extras, list) else []
        for package in self._meant(item):
            if package.is_member and package in self.projects:
                continue
            self._add(package, unknown, extras, is_direct=is_direct)
            for extra in ("", *extras):
                key = (id(package), extra, bool(unknown))
                if key not in self.seen and (id(package), extra, False) not in self.seen:
                    self.seen.add(key)
                    self.waiting.append((package, extra, unknown))

    def _holds(self, marker: str) -> bool | None:
        if not marker:
            return True
        from dlint.model.markers import evaluate

        environment = self.wanted.target.environment()
        environment["extra"] = None if self.wanted.extras is None else self.active
        return evaluate(marker, environment)

    def _meant(self, item: "dict[str, Any]") -> list[_Package]:
        """Return the packages a dependency may mean: one, unless the lock has forks and the Python is not known."""
        candidates = self.lock.by_name.get(normalise(text_of(item.get("name"))), [])
        version, source = text_of(item.get("version")), item.get("source")
        if version:
            candidates = [each for each in candidates if each.version == version]
        if isinstance(source, dict):
            candidates = [each for each in candidates if each.source == source] or candidates
        return candidates[:20]

    def _add(self, package: _Package, marker: str, extras: list[str], *, is_direct: bool) -> None:
        if package.is_member:
            return
        entry = self.found.get(id(package))
        if entry is None:
            self.found[id(package)] = entry = _entry(package, self.lock, is_direct=is_direct, marker=marker, extras=())
        if not marker:
            entry.package.marker = ""
        entry.is_direct = entry.is_direct or is_direct
        entry.package.extras = tuple(dict.fromkeys((*entry.package.extras, *extras)))


def _entry(package: _Package, lock: UvLock, *, is_direct: bool, marker: str, extras: tuple[str, ...]) -> Requirement:
    files = [
        *tables(package.data.get("wheels"), "wheels"),
        *([package.data["sdist"]] if "sdist" in package.data else []),
    ]
    files = [file for file in files if isinstance(file, dict)]
    read = locked(lock.places, package.name, package.version, package.span, extras)
    read.marker = marker
    registry = text_of(package.source.get("registry"))
    address = text_of(package.source.get("git")) or text_of(package.source.get("url"))
    read.is_url, read.is_local = (
        bool(address),
        any(key in package.source for key in ("path", "directory", "editable", "virtual")),
    )
    return Requirement(
        read,
        lock.source,
        package.span,
        has_hash=any(text_of(file.get("hash")) for file in files),
        groups=(MAIN,),
        files=tuple(File(_name_of(file), size_of(file.get("size"))) for file in files),
        index=registry if registry and "pypi.org" not in registry else address or None,
        is_direct=is_direct,
    )


def _name_of(file: "dict[str, Any]") -> str:
    """Return the name of a file from its name, address or path."""
    given = (
        text_of(file.get("filename"))
        or text_of(file.get("name"))
        or text_of(file.get("url"))
        or text_of(file.get("path"))
    )
    return given.partition("#")[0].partition("?")[0].replace("\\", "/").rpartition("/")[2].replace("%2B", "+")
