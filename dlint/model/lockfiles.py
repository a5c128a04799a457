"""Which files of the build context an install command reads, and what it takes of them.

Sources: the documentation of pip 26, uv 0.13, Poetry 2, PDM 2.26, Pipenv 2026, conda 25 and conda-lock 3.
"""

import posixpath

from dlint import regex
from dlint.model.caches import is_true
from dlint.model.container_paths import in_context
from dlint.model.manifests import broken, format_of, read_conda_list, read_manifest, read_uv_lock, toml_data
from dlint.model.packages import Install
from dlint.model.requirements import Problem
from dlint.model.wheels import Target, target_of
from dlint.text import Span

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from dlint.model.build import Build
    from dlint.model.manifests.common import Wanted
    from dlint.model.requirements import Requirements
    from dlint.model.stages import Stage
    from dlint.parser.shell.ast import Word

MAIN = "main"
# Options that name the folder of a project; some stand in front of the verb.
_FOLDER_OPTIONS = {
    "uv": ("--directory", "--project"), "poetry": ("-C", "--directory", "-P", "--project"), "pdm": ("-p", "--project"),
}  # fmt: skip


class Manifest:
    """A file that an install command reads.

    *span* is the place of the Dockerfile that names it, *path* its path in the context, *found* the
    part of it that is taken.
    """

    __slots__ = ("found", "path", "span")

    def __init__(self, span: Span, path: str, found: "Requirements") -> None:
        self.span = span
        self.path = path
        self.found = found


class Files:
    """What an install command reads.

    *is_complete* is false where some of it cannot be seen; *broken* are files that are there and
    cannot be read (their *found* has a problem).
    """

    __slots__ = ("broken", "is_complete", "manifests")

    def __init__(self) -> None:
        self.manifests: list[Manifest] = []
        self.broken: list[Manifest] = []
        self.is_complete = True


def files_of(build: "Build", install: Install) -> Files:
    """Return the files an install command reads, without those that cannot be seen."""
    return build.once(f"files {id(install)}", lambda: _Reading(build, install).read())


class _Reading:
    """Collects the files of one install command."""

    def __init__(self, build: "Build", install: Install) -> None:
        self.build = build
        self.install = install
        self.arguments = install.arguments
        self.files = Files()
        self.folder = _folder(install)
        self.target = self._target()

    def read(self) -> Files:
        reader = _READERS.get(self.install.manager)
        if reader is not None:
            if "$" in self.folder:
                self.files.is_complete = False
            else:
                reader(self)
        return self.files

    # What is asked for ------------------------------------------------------------------

    def _target(self) -> Target:
        stage, platform = self.install.step.stage, self.build.invocation.platform
        given = None
        if self.install.manager == "uv":
            command = self.install.command
            given = self.arguments.get("--python", "-p") or command.setting("UV_PYTHON") or self._pinned_python()
        match = regex.search(r"(?:\A|python|cpython[-@]?)(3\.\d+)(?:\.\d+)?\Z", given or "")
        target = target_of(stage, platform, match[1] if match else None)
        if match is None and (given or _has_other_pythons(self.build, stage)):
            target.python = None
        return target

    def _pinned_python(self) -> str | None:
        """Return what the project's .python-version asks uv for."""
        path = self._in_context(".python-version") if self.install.verb == "sync" else None
        source = self.build.context.text(path) if path else None
        return source.text.strip()[:40] if source else None

    def wanted(self, groups: "Iterable[str] | None" = (MAIN,), extras: "Iterable[str] | None" = ()) -> "Wanted":
        """Return what to take of a file; None stands for all groups or extras."""
        from dlint.model.manifests.common import Wanted
        from dlint.model.python_installs import normalise

        return Wanted(
            self.target,
            None if groups is None else frozenset(map(normalise, groups)),
            None if extras is None else frozenset(map(normalise, extras)),
        )

    def values(self, *options: str) -> list[str]:
        """Return what is given to options, lists taken apart."""
        return [part for value, _ in self.arguments.words(*options) for part in regex.split(r"[\s,]+", value) if part]

    def is_set(self, *options: str, variable: str = "") -> bool:
        """Whether an option, or the variable that stands for it, is set."""
        given = {name for name, _, _, _ in self.arguments.options}
        return not given.isdisjoint(options) or (bool(variable) and is_true(self.install.command.setting(variable)))

    # Where it stands --------------------------------------------------------------------

    def _in_context(self, name: str) -> str | None:
        return in_context(self.build, self.install.command, posixpath.join(self.folder, name))

    def named(self, word: "Word") -> str | None:
        """Return the path in the context of the file a word names, None where it cannot be seen."""
        value = self.install.command.resolve(word)
        if word.value.startswith("-") and "=" in word.value:
            value = value.partition("=")[2] if value else None
        path = in_context(self.build, self.install.command, value) if value and value != "-" else None
        if path is None:
            self.files.is_complete = False
        return path

    def beside(self, name: str) -> str | None:
        """Return the context path of a file of the project, None where there is none."""
        path = self._in_context(name)
        is_there = path is not None and self.build.context.exists(path) and not self.build.context.ignores(path)
        return path if is_there else None

    def add(self, span: Span, path: str, wanted: "Wanted", found: "Requirements | None" = None) -> None:
        """Add the part of a file that is wanted."""
        from dlint.model.manifests.common import select

        if found is None:
            found = read_manifest(self.build, path, self.target.machine)
        if found is None:
            self.files.is_complete = False
        elif found.problem:
            self.files.is_complete = False
            self.files.broken.append(Manifest(span, path, found))
        else:
            self.files.is_complete = self.files.is_complete and not found.missing
            self.files.manifests.append(Manifest(span, path, select(found, wanted)))


def _has_other_pythons(build: "Build", stage: "Stage") -> bool:
    """Whether a stage may install for another Python than that of its base image."""
    return build.once(
        f"other pythons {stage.index}",
        lambda: any(
            (command.name == "uv" and command.has("venv", "python") and not command.has("--system"))
            or command.name in ("conda", "mamba", "micromamba", "pyenv")
            for member in stage.chain[:50]
            for step in member.steps
            for command in step.commands
        ),
    )


def _folder(install: Install) -> str:
    """Return the folder of the project that the command is told to work in, ``""`` if none is named."""
    options = _FOLDER_OPTIONS.get(install.manager, ())
    words = install.command.values()
    for index, word in enumerate(words):
        name, equals, value = word.partition("=")
        if name in options:
            return value if equals else words[index + 1] if index + 1 < len(words) else "$"
    return ""


# pip --------------------------------------------------------------------------------------


def _pip(reading: _Reading) -> None:
    if reading.install.manager == "uv" and not reading.install.verb.startswith("pip "):
        _uv(reading)
        return
    for word in reading.install.files:
        path = reading.named(word)
        if path is not None:
            is_project = format_of(path) == "pyproject"
            extras = None if reading.is_set("--all-extras") else reading.values("--extra")
            reading.add(word.span, path, reading.wanted(extras=extras if is_project else ()))
    if reading.is_set("--no-deps"):
        return
    for package in reading.install.packages:
        if package.is_local:
            _local(reading, package.word)
    for value, word in reading.arguments.words("--group"):
        path, colon, group = value.rpartition(":")
        place = in_context(reading.build, reading.install.command, path if colon else "pyproject.toml")
        if place is None or "$" in value:
            reading.files.is_complete = False
        else:
            reading.add(word.span, place, reading.wanted(groups=(group,)))


def _local(reading: _Reading, word: "Word") -> None:
    """Read the project in a folder that is installed."""
    text = reading.install.command.resolve(word) or ""
    text = regex.sub(r"\A(?:-e|--editable)[\s=]*", "", text)
    match = regex.match(r"([^\[\]]+)(?:\[([^\]]*)\])?\Z", text)
    if match is None or text.endswith((".whl", ".gz", ".zip")):
        reading.files.is_complete = False
        return
    path = in_context(reading.build, reading.install.command, posixpath.join(match[1], "pyproject.toml"))
    if path is None or not reading.build.context.exists(path):
        # setup.py is a program.
        reading.files.is_complete = False
        return
    extras = [extra.strip() for extra in (match[2] or "").split(",") if extra.strip()]
    reading.add(word.span, path, reading.wanted(extras=extras))


# Projects ---------------------------------------------------------------------------------


def _uv(reading: _Reading) -> None:
    if reading.install.verb == "tool install":
        return
    if reading.install.verb != "sync":
        # What uv add makes of the lock is not known before.
        reading.files.is_complete = False
        return
    span = reading.install.span
    project = reading.beside("pyproject.toml")
    wanted = reading.wanted(_uv_groups(reading, project), _uv_extras(reading))
    lock_path = reading.beside("uv.lock")
    if lock_path is None:
        reading.files.is_complete = False
        if project is not None:
            reading.add(span, project, wanted)
        return
    lock = read_uv_lock(reading.build, lock_path)
    if lock is None or isinstance(lock, Problem):
        reading.add(span, lock_path, wanted, broken(reading.build, lock_path, lock) if lock else None)
        return
    projects = lock.projects(name=reading.arguments.get("--package"))
    if reading.is_set("--all-packages"):
        projects = [package for package in lock.packages if package.is_member]
    if not projects:
        reading.files.is_complete = False
        return
    taken = lock.taken(projects, wanted)
    left_out = {name.lower() for name in reading.values("--no-install-package")}
    taken.entries = [entry for entry in taken.entries if entry.package.name not in left_out]
    reading.files.manifests.append(Manifest(span, lock_path, taken))


def _uv_groups(reading: _Reading, project: str | None) -> list[str] | None:
    """Return the dependency groups that uv sync installs."""
    if reading.is_set("--all-groups"):
        return None
    only = reading.values("--only-group") + (["dev"] if reading.is_set("--only-dev") else [])
    if only:
        return only
    data = toml_data(reading.build, project) if project else {}
    tool = data.get("tool")
    uv = tool.get("uv") if isinstance(tool, dict) else None
    given = uv.get("default-groups", ["dev"]) if isinstance(uv, dict) else ["dev"]
    if given == "all":
        listed = data.get("dependency-groups")
        given = list(listed) if isinstance(listed, dict) else []
    groups = [name for name in given if isinstance(name, str)] if isinstance(given, list) else []
    if reading.is_set("--no-default-groups", variable="UV_NO_DEFAULT_GROUPS"):
        groups = []
    left_out = set(reading.values("--no-group"))
    if reading.is_set("--no-dev", variable="UV_NO_DEV"):
        left_out.add("dev")
    return [MAIN, *(name for name in (*groups, *reading.values("--group")) if name not in left_out)]


def _uv_extras(reading: _Reading) -> list[str] | None:
    return None if reading.is_set("--all-extras") else reading.values("--extra")


def _poetry(reading: _Reading) -> None:
    if reading.install.verb == "add":
        reading.files.is_complete = False
        return
    without = set(reading.values("--without"))
    if reading.is_set("--no-dev"):
        without.add("dev")
    only = reading.values("--only") or ([MAIN] if reading.is_set("--only-root") else [])
    extras = None if reading.is_set("--all-extras") else reading.values("-E", "--extras")
    _locked_project(reading, "poetry.lock", only, without, set(reading.values("--with")), extras)


def _pdm(reading: _Reading) -> None:
    if reading.install.verb == "add":
        reading.files.is_complete = False
        return
    groups = reading.values("-G", "--group", "--with")
    is_production = reading.is_set("--prod", "--production", "--no-dev")
    only = [MAIN] if is_production else []
    if reading.is_set("--no-default"):
        only = groups
    without = set(reading.values("--without"))
    name = reading.arguments.get("-L", "--lockfile") or "pdm.lock"
    if ":all" in groups:
        _locked_project(reading, name, [], without, None, None)
        return
    _locked_project(reading, name, [*only, *groups] if only else [], without, set(groups), groups)


def _locked_project(
    reading: _Reading, lock: str, only: list[str], without: set[str], with_: set[str] | None, extras: list[str] | None
) -> None:
    """Read a lock of Poetry or PDM: all groups but optional ones, unless options say otherwise."""
    from dlint.model.manifests.poetry_lock import needs, select_by_project

    span = reading.install.span
    project_path = reading.beside("pyproject.toml")
    project = read_manifest(reading.build, project_path) if project_path else None
    path = reading.beside(lock)
    optional = _optional_groups(reading, project_path) - (with_ or set()) if with_ is not None else set()
    found = read_manifest(reading.build, path) if path else None
    known = {group for each in (project, found) if each for entry in each.entries for group in entry.groups}
    groups = only or [
        group for group in {MAIN, *known, *(with_ or ())} if group not in without and group not in optional
    ]
    wanted = reading.wanted(groups, extras)
    if path is None or found is None:
        reading.files.is_complete = False
        if project_path:
            reading.add(span, project_path, wanted, project)
        return
    if found.problem or any(entry.groups for entry in found.entries):
        reading.add(span, path, wanted, found)
        return
    if project is None or project.problem:
        reading.files.is_complete = False
        return
    chosen = select_by_project(found, project, needs(toml_data(reading.build, path)), wanted)
    reading.files.manifests.append(Manifest(span, path, chosen))


def _optional_groups(reading: _Reading, path: str | None) -> set[str]:
    """Return the groups that Poetry installs only when asked to."""
    data = toml_data(reading.build, path) if path else {}
    for name in ("tool", "poetry", "group"):
        inner = data.get(name)
        data = inner if isinstance(inner, dict) else {}
    return {name for name, group in data.items() if isinstance(group, dict) and group.get("optional") is True}


def _pipenv(reading: _Reading) -> None:
    if reading.install.packages or reading.install.files:
        reading.files.is_complete = False
        return
    path = reading.beside("Pipfile.lock")
    if path is None:
        reading.files.is_complete = False
        return
    groups = [MAIN, *(["dev"] if reading.is_set("--dev", "-d") else [])]
    categories = reading.values("--categories")
    if categories:
        groups = [{"packages": MAIN, "dev-packages": "dev"}.get(name, name) for name in categories]
    reading.add(reading.install.span, path, reading.wanted(groups))


# Conda ------------------------------------------------------------------------------------


def _conda(reading: _Reading) -> None:
    install = reading.install
    if install.verb.startswith("env ") and not install.files:
        path = reading.beside("environment.yml") or reading.beside("environment.yaml")
        if path is None:
            reading.files.is_complete = False
        else:
            reading.add(install.span, path, reading.wanted())
    for word in install.files:
        path = reading.named(word)
        if path is not None:
            found = read_conda_list(reading.build, path) if format_of(path) == "requirements" else None
            reading.add(word.span, path, reading.wanted(), found)


def _conda_lock(reading: _Reading) -> None:
    groups = [MAIN, *(() if reading.is_set("--no-dev") else ("dev",)), *reading.values("-E", "--extras")]
    paths = [(word.span, reading.named(word)) for word in reading.install.files]
    if not reading.install.files:
        paths = [(reading.install.span, reading.beside("conda-lock.yml"))]
    for span, path in paths:
        if path is None:
            reading.files.is_complete = False
        else:
            found = read_conda_list(reading.build, path) if format_of(path) == "requirements" else None
            reading.add(span, path, reading.wanted(groups), found)


_READERS: "dict[str, Callable[[_Reading], None]]" = {
    "pip": _pip, "uv": _pip, "poetry": _poetry, "pdm": _pdm, "pipenv": _pipenv, "conda": _conda,
    "conda-lock": _conda_lock,
}  # fmt: skip
