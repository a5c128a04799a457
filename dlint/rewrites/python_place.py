"""The one environment that a stage installs its Python packages into."""

from dlint.model.container_paths import absolute
from dlint.model.environment import PYTHON_MANAGERS
from dlint.rewrites.leaving import Left

TYPE_CHECKING = False
if TYPE_CHECKING:
    from dlint.model.build import Build
    from dlint.model.packages import Install
    from dlint.model.stages import Stage, Step

NEW = "/opt/venv"
_TOOLS = frozenset({"pip", "uv", "setuptools", "wheel", "build"})
_ELSEWHERE = ("--user", "--target", "-t", "--prefix", "--root", "--python", "-p", "--system")
_VARIABLES = ("PIP_TARGET", "PIP_PREFIX", "PIP_USER", "PIP_ROOT", "PIP_PYTHON", "PYTHONUSERBASE", "UV_PYTHON")


class PythonPlace:
    """Where packages are installed.

    *path* is the environment; *is_new* says that nothing makes it yet, as the packages go to the system's Python.
    *makers* are the steps that make it, *is_uv* says that ``uv sync`` does.
    """

    __slots__ = ("is_new", "is_uv", "makers", "path")

    def __init__(self, path: str, makers: "list[Step]", *, is_new: bool = False, is_uv: bool = False) -> None:
        self.path = path
        self.makers = makers
        self.is_new = is_new
        self.is_uv = is_uv


def python_place(build: "Build", stage: "Stage") -> PythonPlace:
    """Return where a stage installs its packages; raises Left where that is not one certain place."""
    installs = [each for each in build.installs if each.step.stage is stage and each.manager in PYTHON_MANAGERS]
    for install in installs:
        _check_options(install)
    made = [found for step in stage.steps for found in _made(step)]
    synced = [each for each in installs if each.manager == "uv" and each.verb == "sync"]
    if synced:
        if made:
            raise Left("packages are installed into two environments", synced[0].span)
        return PythonPlace(_project_environment(build, stage, synced[0], installs), [], is_uv=True)
    if len({place for _, place in made}) > 1:
        raise Left("there are several environments", made[1][0].instruction.span)
    path = made[0][1] if made else None
    for install in installs:
        _check_pip(install, path)
    return PythonPlace(path or NEW, [step for step, _ in made], is_new=path is None)


def _made(step: "Step") -> "list[tuple[Step, str]]":
    """Return the environments that a step makes."""
    found = []
    for command in step.named("venv", "virtualenv", "uv"):
        values = command.arguments
        if command.name == "uv":
            if command.values()[:1] != ["venv"]:
                continue
            values = values[1:]
        operands = [word for word in values if not word.value.startswith("-")]
        path = command.resolve(operands[0]) if len(operands) == 1 else None
        place = absolute(path, step.workdir) if path else None
        if place is None or command.has("--system-site-packages"):
            raise Left("where the environment is made is not certain", command.span)
        found.append((step, place))
    return found


def _check_options(install: "Install") -> None:
    if install.is_conditional:
        raise Left("it is installed only under a condition", install.span)
    option = next((name for name in _ELSEWHERE if install.arguments.has(name)), None)
    option = option or next((name for name in _VARIABLES if install.command.setting(name)), None)
    if option:
        raise Left(f"{option} says where it is installed, or for which Python", install.span)


def _check_pip(install: "Install", path: str | None) -> None:
    """Raise unless pip installs into the environment at *path*, or by its name into the system's Python."""
    if install.manager != "pip":
        raise Left(f"where {install.manager} installs to is not certain", install.span)
    program = install.command.simple.words[0].value
    if path is None:
        if "/" in program or "$" in program:
            raise Left(f"{program} is a program of the system's Python", install.span)
        return
    search = install.step.environment.set_value("PATH") or ""
    is_inside = search.startswith(f"{path}/bin:") or program.startswith(f"{path}/bin/") or _is_activated(install, path)
    if not is_inside and not _is_tool(install):
        raise Left(f"it installs outside of {path}", install.span)


def _is_activated(install: "Install", path: str) -> bool:
    return any(
        command.name in (".", "source") and command.values() == [f"{path}/bin/activate"]
        for command in install.step.commands
    )


def _is_tool(install: "Install") -> bool:
    """Whether it only installs what installs packages."""
    return install.manager == "pip" and not install.files and install.names() <= _TOOLS


def _project_environment(build: "Build", stage: "Stage", install: "Install", installs: "list[Install]") -> str:
    """Return the environment that uv keeps in the project's folder."""
    step = install.step
    place = absolute(install.command.setting("UV_PROJECT_ENVIRONMENT") or ".venv", step.workdir)
    if place is None:
        raise Left("where uv makes the environment is not certain", install.span)
    for each in installs:
        if _is_tool(each):
            continue
        if (each.manager, each.verb) != ("uv", "sync"):
            raise Left("packages are installed beside those of uv sync", each.span)
        if each.step.workdir != step.workdir:
            raise Left("uv sync runs in several folders", each.span)
    _check_uv_python(build, stage, install)
    if any(command.name == "uv" or "uv" in command.wrappers for command in build.started):
        raise Left("uv run may install the project again when the container starts", install.span)
    return place


def _check_uv_python(build: "Build", stage: "Stage", install: "Install") -> None:
    """Raise where uv may bring a Python of its own, which would not be copied."""
    from dlint.model.project_file import read_project
    from dlint.model.versions import admits

    version = stage.root.python
    project = read_project(build, install.command)
    if project is None or version is None:
        raise Left("whether uv takes the Python of the image cannot be seen", install.span)
    table = project.get("project")
    wanted = table.get("requires-python") if isinstance(table, dict) else None
    pinned = build.context.text(".python-version")
    named = pinned.text.strip() if pinned else version
    if (isinstance(wanted, str) and not admits(wanted, f"{version}.99")) or named != version:
        raise Left("the project asks for another Python, which uv then brings", install.span)
