"""Which release of a Python tool a command finds."""

from dlint.knowledge.base_images import PIP_OF_PYTHON, WITHOUT_ENVIRONMENT
from dlint.knowledge.removed_commands import HOLDS_BACK, NEWEST
from dlint.model.base_python import finds_base_python
from dlint.model.commands import Command
from dlint.model.downloads import read_download
from dlint.model.environment import Request
from dlint.model.python_installs import read_requirement
from dlint.model.stages import Stage
from dlint.model.versions import exact, release

TYPE_CHECKING = False
if TYPE_CHECKING:
    from dlint.model.build import Build

Release = tuple[int, ...]
_HELD_BY = ("PIP_CONSTRAINT", "UV_CONSTRAINT", "PIP_INDEX_URL", "UV_EXCLUDE_NEWER")
_HELD = ("--exclude-newer", "--no-index", "--no-deps", "--index-url", "-i", "--default-index", "--resolution")


def tool_release(build: "Build", command: Command, name: str) -> Release | None:
    """Return the release of a distribution that a command finds, NEWEST where nothing holds it back.

    None where it is not certain: it is not asked for, a lock or a constraint decides, or an older Python.
    """
    requests = [request for request in _before(build, command) if request.name == name]
    if requests:
        return _taken(build, requests[-1], command) if not requests[-1].is_conditional else None
    return _from_installer(build, command, name)


def pip_release(build: "Build", command: Command) -> Release | None:
    """Return the oldest release of pip that a command may be, None where nobody knows."""
    requests = [request for request in _before(build, command) if request.name == "pip"]
    if requests:
        last = requests[-1]
        if last.is_conditional or (last.step is command.step and last.install.command.place >= command.place):
            return None
        is_upgrade = last.install.arguments.has("-U", "--upgrade")
        is_newest = is_upgrade and last.package.version == "" and _has_new_python(last.step.stage)
        return last.release or (NEWEST if is_newest else None)
    root = command.step.stage.root
    tag = root.reference.tag if root.reference else None
    is_floating = tag is not None and tag.split("-", 1)[0].count(".") == 1
    if root.family != "python" or not is_floating or not finds_base_python(build, command):
        return None
    return PIP_OF_PYTHON.get(root.python or "")


def _before(build: "Build", command: Command) -> list[Request]:
    """Return what pip and uv are asked for before a command, in its stage and those below it."""
    own, chain = command.step.stage, command.step.stage.chain
    here = (command.step.index, command.place)
    return [
        request
        for request in build.requests
        if request.step.stage in chain
        and request.install.manager in ("pip", "uv")
        and (request.step.stage is not own or (request.step.index, request.install.command.place) < here)
    ]


def _taken(build: "Build", request: Request, command: Command) -> Release | None:
    """Return the release that is asked for, of a range at least its lower bound."""
    package, specifier = request.package, request.package.version
    if request.release is not None:
        return request.release
    if package.is_url or package.is_local or specifier is None:
        return None
    lowest = release(specifier[2:].partition(",")[0]) if specifier.startswith(">=") else None
    is_open = not specifier or (lowest is not None and "," not in specifier)
    return (_newest(build, request, command) if is_open else None) or lowest


def _newest(build: "Build", request: Request, command: Command) -> Release | None:
    install = request.install
    if install.constraints or install.files or install.arguments.has(*_HELD):
        return None
    if any(install.command.setting(name) for name in _HELD_BY) or not _has_new_python(request.step.stage):
        return None
    others = HOLDS_BACK.get(request.name, ())
    for other in _before(build, command):
        if other.name in others and other.package.version != "":
            return None
        # A file or a project may ask for anything.
        if others and (other.package.is_local or other.package.is_url):
            return None
    chain = command.step.stage.chain
    if others and any(other.files or other.verb == "sync" for other in build.installs if other.step.stage in chain):
        return None
    return NEWEST


def _has_new_python(stage: Stage) -> bool:
    """Whether the image has a Python that the newest releases of tools still know, and none of these tools."""
    root = stage.root
    if root.family not in WITHOUT_ENVIRONMENT:
        return False
    if root.python is not None:
        return (release(root.python) or ()) >= (3, 11)
    version = release(root.os_version)
    return version is not None and version >= {"debian": (12,), "ubuntu": (24, 4)}.get(root.os or "", (10_000,))


def _from_installer(build: "Build", command: Command, name: str) -> Release | None:
    """Return the release that pipx, or the installer of Poetry, brings."""
    found: Release | None = None
    for stage in reversed(command.step.stage.chain):
        for step in stage.steps:
            for other in step.named("pipx", "curl", "wget"):
                if stage is command.step.stage and (step.index, other.place) >= (command.step.index, command.place):
                    break
                found = _brought(other, name, stage) or found
    return found


def _brought(command: Command, name: str, stage: Stage) -> Release | None:
    if command.name == "pipx":
        if not command.arguments or command.arguments[0].value != "install" or command.is_conditional:
            return None
        for word in command.arguments[1:]:
            package = read_requirement(command.resolve(word) or word.value, word)
            if package.name == name:
                version = exact(package.version)
                return release(version) or (NEWEST if package.version == "" and _has_new_python(stage) else None)
        return None
    download = read_download(command)
    if name != "poetry" or download is None or "install.python-poetry.org" not in download.urls[0].value:
        return None
    reader = download.piped_into
    given = _installer_version(reader) if reader is not None else None
    if given is not None:
        return release(given)
    return NEWEST if reader is not None and not command.is_conditional and _has_new_python(stage) else None


def _installer_version(reader: Command) -> str | None:
    values = reader.values()
    for index, value in enumerate(values[:-1]):
        if value == "--version":
            return values[index + 1]
    if reader.step.environment.set_value("POETRY_VERSION") is not None:
        return reader.step.environment.known("POETRY_VERSION") or ""
    return reader.setting("POETRY_VERSION")
