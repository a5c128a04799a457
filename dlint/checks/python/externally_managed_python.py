"""Report packages that pip or uv install into a system Python that refuses them."""

from dlint.checks import ERROR, WARNING, Fix, Report, fix, rule
from dlint.knowledge.system_python import PROTECTED
from dlint.model.build import Build
from dlint.model.interpreters import may_have_environment
from dlint.model.packages import Install
from dlint.model.stages import Stage
from dlint.model.system_packages import system_packages
from dlint.text import Span

_ELSEWHERE = ("-t", "--target", "--prefix", "--root", "--dry-run", "--python", "-p", "--break-system-packages")
_FAMILIES = frozenset({"debian", "ubuntu", "cuda", "node", "golang", "rust", "gcc", "buildpack-deps", "nginx"})


@rule(
    "externally-managed-python", severity=ERROR, triggers=("python3-pip", "uv_system_python", "--system"), fix="unsafe"
)
def check(build: Build, report: Report) -> None:
    for install in build.installs:
        if install.manager not in ("pip", "uv") or install.verb not in ("install", "pip install", "pip sync"):
            continue
        version = _protected(install.step.stage)
        if version is None or not _is_for_the_system(build, install, version):
            continue
        root = install.step.stage.root
        report(
            install.span,
            f"{install.manager} refuses to install into the Python of {_name(root.os)} {root.os_version}:"
            " it is marked as externally managed",
            advice="make an environment: python3 -m venv /opt/venv, and put /opt/venv/bin in front of PATH",
            severity=WARNING if install.is_conditional else None,
            fix=_fix(install),
        )


def _name(os: str | None) -> str:
    return (os or "").capitalize()


def _protected(stage: Stage) -> str | None:
    """Return the version of the system's Python if it is protected, None where that is not certain."""
    root = stage.root
    name = root.reference.name if root.reference else ""
    if root.family not in _FAMILIES and not name.startswith("rocm/dev-ubuntu-"):
        return None
    return PROTECTED.get(root.os or "", {}).get(root.os_version or "")


def _is_for_the_system(build: Build, install: Install, version: str) -> bool:
    """Whether an install surely meets the Python that the system's packages brought."""
    command = install.command
    if install.arguments.has(*_ELSEWHERE) or may_have_environment(build, command):
        return False
    packages = system_packages(build, install.step.stage)
    if install.manager == "uv":
        is_system = install.arguments.has("--system") and not install.arguments.has("--no-system")
        return is_system and "python3" in packages and command.setting("UV_PYTHON") is None
    return "python3-pip" in packages and _is_distribution_pip(install, version)


def _is_distribution_pip(install: Install, version: str) -> bool:
    """Whether the program is what the system's packages put on the path, whatever number it is called by."""
    place = install.command.program
    # What python -m starts is named by the program in front of it.
    if "python" in install.command.wrappers:
        simple = install.command.simple
        place = next((word for word in simple.words if word.value.rpartition("/")[2].startswith("python")), None)
    folder, _, name = (place.value if place else "").rpartition("/")
    number = name.removeprefix("python").removeprefix("pip")
    return folder in ("", "/usr/bin") and number in ("", "3", version)


def _fix(install: Install) -> Fix | None:
    verb = next((word for word in install.command.arguments if word.value in ("install", "sync")), None)
    if verb is None or not install.command.can_be_edited(verb):
        return None
    end = verb.span.end
    return fix("unsafe", "install into the system's Python all the same", (Span(end, end), " --break-system-packages"))
