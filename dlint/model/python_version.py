"""Which Python a package is installed for."""

from dlint.model.commands import Arguments
from dlint.model.environment import Request
from dlint.model.stages import Stage
from dlint.model.system_packages import may_install_more, system_packages
from dlint.model.versions import minor
from dlint.regex import lazy

TYPE_CHECKING = False
if TYPE_CHECKING:
    from dlint.model.build import Build
    from dlint.model.commands import Command
    from dlint.model.packages import Install

# Where pip is the one of the image's own Python.
_PYTHON_FAMILIES = frozenset({"python", "lambda", "ubi-python", "rocm", "aws-dlc", "uv"})
_PROGRAM = lazy(r"(?:.*/)?(?:python|pip|pypy)(\d\.\d+)\Z")
_WANTED = lazy(r"(?:.*/)?(?:cpython-?|python)?(\d\.\d+)(?:\.\d+)?\Z")
_PACKAGE = lazy(r"python(\d\.\d+)(?:-[a-z-]+)?\Z")
_VENV_OPTIONS = frozenset(["--python", "-p", "--prompt", "--link-mode", "--cache-dir"])
_CONDA = ("conda", "mamba", "micromamba")
_UNKNOWN = ""

# The python3 of a distribution (packages.ubuntu.com, packages.debian.org; read 2026-11).
DISTRIBUTION_PYTHON = {
    ("ubuntu", "20.04"): "3.8", ("ubuntu", "22.04"): "3.10", ("ubuntu", "24.04"): "3.12",
    ("debian", "11"): "3.9", ("debian", "12"): "3.11", ("debian", "13"): "3.13",
}  # fmt: skip


def python_for(build: "Build", request: Request) -> str | None:
    """Return the Python a request is installed for, ``3.12``; None where it is not certain."""
    install = request.install
    named = _named_by_command(install)
    if named is not None:
        return named or None
    stage = request.step.stage
    others = _mentioned(build, stage, install)
    if not others:
        if stage.root.family in _PYTHON_FAMILIES:
            return stage.root.python
        return _of_distribution(build, stage, install)
    if len(others) == 1 and stage.root.python in (None, *others):
        return next(iter(others)) or None
    return None


def _named_by_command(install: "Install") -> str | None:
    """Return the version the command names, ``""`` for one that cannot be told, None if it names none."""
    wanted = install.arguments.get("--python", "-p") if install.manager in ("uv", "pip") else None
    wanted = wanted or (install.command.setting("UV_PYTHON") if install.manager == "uv" else None)
    if wanted:
        match = _WANTED.match(wanted)
        return match[1] if match else _UNKNOWN
    for word in install.command.simple.words:
        match = _PROGRAM.match(word.value)
        if match:
            return match[1]
        if word is install.command.program:
            break
    return None


def _mentioned(build: "Build", stage: Stage, wanted: "Install") -> frozenset[str]:
    """Return the versions of Pythons that a stage gets beside that of its image; "" for unknown ones."""
    is_in_conda = any(name in _CONDA for name in (*wanted.command.wrappers, *wanted.step.shell))
    found = set()
    chain = stage.chain
    for install in build.installs:
        if install.step.stage not in chain:
            continue
        for package in install.packages:
            if install.manager == "conda" and package.name == "python":
                found.add(minor((package.version or "").lstrip("=<>!~ ")) or _UNKNOWN)
            elif install.manager in ("apt", "apk", "dnf"):
                match = _PACKAGE.match(package.name)
                if match:
                    found.add(match[1])
        # An environment of conda's counts where a command surely runs in it.
        if install.manager == "conda" and (
            install.verb.startswith("env") or (install.verb == "create" and not is_in_conda)
        ):
            found.add(_UNKNOWN)
    for command in build.commands():
        if command.step.stage in chain:
            found |= _made_by(command)
    return frozenset(found)


def _made_by(command: "Command") -> set[str]:
    values = command.values()
    if command.name == "uv" and values[:1] == ["venv"]:
        wanted = Arguments(command.arguments[1:], _VENV_OPTIONS).get("--python", "-p")
        return {_version(wanted)} if wanted else set()
    if command.name == "uv" and values[:2] == ["python", "install"]:
        return {_version(value) for value in values[2:] if not value.startswith("-")} or {_UNKNOWN}
    if command.name == "pyenv" and values[:1] in (["install"], ["global"]):
        return {_version(value) for value in values[1:] if not value.startswith("-")} or {_UNKNOWN}
    if command.name in ("venv", "virtualenv", "ensurepip"):
        match = next(filter(None, (_PROGRAM.match(word.value) for word in command.simple.words[:1])), None)
        return {match[1]} if match else set()
    if command.name in ("update-alternatives", "add-apt-repository") or command.name.startswith("Miniconda"):
        return {_UNKNOWN}
    if command.name in ("make", "configure") and "ython" in (command.step.workdir or ""):
        return {_UNKNOWN}
    return set()


def _version(wanted: str) -> str:
    match = _WANTED.match(wanted)
    return match[1] if match else _UNKNOWN


def _of_distribution(build: "Build", stage: Stage, install: "Install") -> str | None:
    """Return the Python of the distribution where its own pip is used."""
    if install.manager != "pip" or "python3-pip" not in system_packages(build, stage) or may_install_more(build, stage):
        return None
    root = stage.root
    if root.framework or root.family in ("conda", "jupyter", "ngc"):
        return None
    return DISTRIBUTION_PYTHON.get((root.os or "", root.os_version or ""))
