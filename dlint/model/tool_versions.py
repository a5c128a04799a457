"""Which release of a Python tool a command finds."""

from dlint.knowledge.base_images import PIP_OF_PYTHON, WITHOUT_ENVIRONMENT
from dlint.knowledge.removed_commands import HOLDS_BACK, NEWEST
from dlint.model.base_python import finds_base_python
from dlint.model.commands import Command
from dlint.model.downloads import read_download
from dlint.model.environment import PYTHON_MANAGERS, Request
from dlint.model.python_installs import read_requirement
from dlint.model.stages import Stage
from dlint.model.versions import exact, release
from dlint.regex import lazy

TYPE_CHECKING = False
if TYPE_CHECKING:
    from dlint.model.build import Build

Release = tuple[int, ...]
_AT_LEAST = lazy(r">=\s*[\d.]+\Z")
_HELD = ("--exclude-newer", "--no-index", "--no-deps", "--index-url", "-i", "--default-index", "--resolution")


def tool_release(build: "Build", command: Command, name: str) -> Release | None:
    """Return the release of a distribution that a command finds, NEWEST where nothing holds it back.

    None where it is not certain: it is not asked for, a lock or a constraint decides, or an older Python.
    """
    request = _last_before(build, command, name)
    if request is None:
        return _from_installer(build, command, name)
    return None if request.is_conditional else _taken(build, request, command)


def pip_release(build: "Build", command: Command) -> Release | None:
    """Return the oldest release of pip that a command may be, None where nobody knows."""
    last = _last_before(build, command, "pip")
    if last is not None:
        is_newest = last.package.version == "" and last.install.arguments.has("-U", "--upgrade")
        newest = NEWEST if is_newest and _has_new_python(last.step.stage) else None
        return None if last.is_conditional else last.release or newest
    root = command.step.stage.root
    tag = root.reference.tag if root.reference else None
    is_floating = tag is not None and tag.split("-", 1)[0].count(".") == 1
    if root.family != "python" or not is_floating or not finds_base_python(build, command):
        return None
    return PIP_OF_PYTHON.get(root.python or "")


def _by_name(build: "Build") -> "dict[str, list[Request]]":
    """Return what pip and uv are asked for, by name and in order."""

    def group() -> dict[str, list[Request]]:
        found: dict[str, list[Request]] = {}
        for request in build.requests:
            if request.install.manager in ("pip", "uv"):
                found.setdefault(request.name, []).append(request)
        return found

    return build.once("requests by name", group)


def _last_before(build: "Build", command: Command, name: str) -> Request | None:
    """Return the last request for a name that stands before a command, in its stage and those below it."""
    own = command.step.stage
    here = (command.step.index, command.place)
    for stage in own.chain:
        for request in reversed(_by_name(build).get(name, ())):
            place = (request.step.index, request.install.command.place)
            if request.step.stage is stage and (stage is not own or place < here):
                return request
    return None


def _taken(build: "Build", request: Request, command: Command) -> Release | None:
    """Return the release that is asked for, of a range at least its lower bound."""
    package, specifier = request.package, request.package.version
    if request.release is not None:
        return request.release
    if package.is_url or package.is_local or specifier is None:
        return None
    lowest = release(specifier[2:].partition(",")[0]) if specifier.startswith(">=") else None
    is_open = not specifier or _AT_LEAST.match(specifier) is not None
    return (_newest(build, request, command) if is_open else None) or lowest


def _newest(build: "Build", request: Request, command: Command) -> Release | None:
    install = request.install
    if (
        install.constraints
        or install.files
        or any(install.arguments.has(option) for option in _HELD)
        or not _has_new_python(request.step.stage)
    ):
        return None
    if any(
        install.command.setting(name)
        for name in ("PIP_CONSTRAINT", "UV_CONSTRAINT", "PIP_INDEX_URL", "UV_EXCLUDE_NEWER")
    ):
        return None
    return None if _may_be_held_back(build, request.name, command) else NEWEST


def _may_be_held_back(build: "Build", name: str, command: Command) -> bool:
    """Whether something that is installed as well may ask for an older release."""
    if name not in HOLDS_BACK:
        return False
    chain = command.step.stage.chain
    by_name = _by_name(build)
    if any(other.package.version != "" for held in HOLDS_BACK[name] for other in by_name.get(held, ())):
        return True
    # A file or a project may ask for anything.
    return any(
        install.files
        or install.verb.endswith("sync")
        or any(package.is_local or package.is_url for package in install.packages)
        for install in build.installs
        if install.step.stage in chain and install.manager in PYTHON_MANAGERS
    )


def _has_new_python(stage: Stage) -> bool:
    """Whether the image has a Python that the newest releases of tools still know, and none of the tools."""
    root = stage.root
    if root.family not in WITHOUT_ENVIRONMENT:
        return False
    if root.python is not None:
        return (release(root.python) or ()) >= (3, 11)
    version = release(root.os_version)
    return version is not None and version >= {"debian": (12,), "ubuntu": (24, 4)}.get(root.os or "", (10_000,))


def _from_installer(build: "Build", command: Command, name: str) -> Release | None:
    """Return the release that pipx, or the installer of Poetry, brings."""
    own = command.step.stage
    here = (command.step.index, command.place)
    for stage in own.chain:
        found = build.once(f"installers of {name} {stage.index}", lambda stage=stage: _installers(stage, name))  # type: ignore[misc]
        for place, version in reversed(found):
            if stage is not own or place < here:
                return version
    return None


def _installers(stage: Stage, name: str) -> list[tuple[tuple[int, int], Release | None]]:
    found = []
    for step in stage.steps:
        for command in step.named("pipx", "curl", "wget"):
            version = _brought(command, name, stage)
            if version is not None:
                found.append(((step.index, command.place), version or None))
    return found


def _brought(command: Command, name: str, stage: Stage) -> Release | None:
    """Return the release a command brings, () where it is unknown, None where it brings none."""
    newest = NEWEST if _has_new_python(stage) and not command.is_conditional else ()
    if command.name == "pipx":
        if not command.arguments or command.arguments[0].value != "install":
            return None
        for word in command.arguments[1:]:
            package = read_requirement(command.resolve(word) or word.value, word)
            if package.name == name:
                return release(exact(package.version)) or (newest if package.version == "" else ())
        return None
    download = read_download(command)
    if name != "poetry" or download is None or "install.python-poetry.org" not in download.urls[0].value:
        return None
    reader = download.piped_into
    if reader is None:
        return ()
    given = _installer_version(reader)
    return newest if given is None else release(given) or ()


def _installer_version(reader: Command) -> str | None:
    values = reader.values()
    for index, value in enumerate(values[:-1]):
        if value == "--version":
            return values[index + 1]
    if reader.step.environment.set_value("POETRY_VERSION") is not None:
        return reader.step.environment.known("POETRY_VERSION") or ""
    return reader.setting("POETRY_VERSION")
