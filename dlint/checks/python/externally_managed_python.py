"""Report installations into the Python of the distribution, which it keeps to itself."""

from dlint.checks import ERROR, Fix, Report, fix, rule
from dlint.checks.claims import claim
from dlint.model.build import Build
from dlint.model.caches import is_true
from dlint.model.interpreters import finds_base_python, own_program
from dlint.model.packages import Install
from dlint.model.stages import Stage
from dlint.model.system_packages import system_packages
from dlint.text import Span

_ELSEWHERE = ("-t", "--target", "--prefix", "--root", "--python", "-p", "--dry-run")
_PIP = frozenset({"pip", "pip3", "/usr/bin/pip", "/usr/bin/pip3", "python3", "/usr/bin/python3", "python", "/usr/bin/python"})
_NAMES = {"debian": "Debian", "ubuntu": "Ubuntu"}


@rule("externally-managed-python", severity=ERROR, triggers=("python3",), fix="unsafe")
def check(build: Build, report: Report) -> None:
    seen: set[Stage] = set()
    for install in build.installs:
        stage = install.step.stage
        if stage in seen or not stage.root.has_externally_managed_python or not _uses_system_python(build, install):
            continue
        severity = claim(install.command, ERROR)
        if severity is None:
            continue
        seen.add(stage)
        system = f"{_NAMES[stage.root.os or '']} {stage.root.os_version}"
        report(
            install.span,
            f"{install.tool} must not install into the Python of {system}: error: externally-managed-environment",
            advice="make an environment: RUN python3 -m venv /opt/venv, then ENV PATH=/opt/venv/bin:$PATH",
            severity=severity,
            fix=_fix(build, install),
        )


def _uses_system_python(build: Build, install: Install) -> bool:
    """Whether a command installs into the Python of the distribution, and nothing allows it to."""
    is_uv = install.manager == "uv"
    variable = "UV_BREAK_SYSTEM_PACKAGES" if is_uv else "PIP_BREAK_SYSTEM_PACKAGES"
    command = install.command
    if (
        install.verb not in (("pip install", "pip sync") if is_uv else ("install",))
        or install.arguments.has("--break-system-packages")
        or any(install.arguments.has(option) for option in _ELSEWHERE)
        or command.step.environment.set_value(variable) is not None
        or command.setting(variable) is not None
    ):
        return False
    names = system_packages(build, install.step.stage)
    if is_uv:
        is_told = install.arguments.has("--system") or is_true(command.setting("UV_SYSTEM_PYTHON"))
        has_own = "python" not in command.wrappers and any(name.startswith("python3") for name in names)
    else:
        is_told = own_program(command) in _PIP
        has_own = "python3-pip" in names
    return is_told and has_own and finds_base_python(build, command)


def _fix(build: Build, first: Install) -> Fix | None:
    """Return a fix for every such command of the stage: fixed one by one, the next would fail."""
    edits = []
    for install in build.installs:
        if install.step.stage is first.step.stage and _uses_system_python(build, install):
            verb = install.verb.rpartition(" ")[2]
            word = next((word for word in install.command.arguments if word.value == verb), None)
            if word is None or not install.command.can_be_edited(word):
                return None
            edits.append((Span(word.span.end, word.span.end), " --break-system-packages"))
    return fix("unsafe", "install into it all the same", *edits)
