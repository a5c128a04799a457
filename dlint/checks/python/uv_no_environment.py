"""Report uv pip where there is no environment to install into."""

from dlint.checks import ERROR, Fix, Report, fix, rule
from dlint.checks.claims import claim
from dlint.knowledge.base_images import WITHOUT_ENVIRONMENT
from dlint.model.build import Build
from dlint.model.container_paths import transfers
from dlint.model.interpreters import may_find_environment
from dlint.model.packages import Install
from dlint.model.stages import Stage
from dlint.text import Span

_TOLD = ("--system", "-p", "--python", "-t", "--target", "--prefix", "--help", "--directory", "--project", "--config-file")
_VARIABLES = ("UV_SYSTEM_PYTHON", "UV_PYTHON", "VIRTUAL_ENV", "CONDA_PREFIX")


@rule("uv-no-environment", severity=ERROR, triggers=("uv ", "uv\"", "uv\t", "uv\\"), fix="unsafe")
def check(build: Build, report: Report) -> None:
    seen: set[Stage] = set()
    for install in build.installs:
        stage = install.step.stage
        if install.manager != "uv" or not install.verb.startswith("pip ") or stage in seen:
            continue
        if not _has_none(build, install) or stage.root.is_windows:
            continue
        severity = claim(install.command, ERROR)
        if severity is None:
            continue
        seen.add(stage)
        managed = stage.root.has_externally_managed_python
        report(
            install.span,
            f"uv {install.verb} finds no virtual environment here, and stops",
            advice="make one first: RUN uv venv /opt/venv, then ENV VIRTUAL_ENV=/opt/venv PATH=/opt/venv/bin:$PATH"
            if managed
            else "pass --system or set ENV UV_SYSTEM_PYTHON=1, to install into the Python of the image",
            severity=severity,
            fix=None if managed else _fix(build, install),
        )


def _has_none(build: Build, install: Install) -> bool:
    """Whether there is certainly no environment: neither in the image, nor named by the command or before it."""
    command = install.command
    if install.step.stage.root.family not in WITHOUT_ENVIRONMENT or "python" in command.wrappers or "uv" in command.wrappers:
        return False
    if any(install.arguments.has(option) for option in _TOLD) or command.has(*_TOLD):
        return False
    if any(command.setting(name) is not None for name in _VARIABLES):
        return False
    return not may_find_environment(build, command) and not _is_copied(build, install)


def _is_copied(build: Build, install: Install) -> bool:
    """Whether the context holds an environment, or a setting of uv, that comes into the image before."""
    context = build.context
    if not context.is_known:
        return False
    for stage in install.step.stage.chain:
        for step in stage.steps:
            for item in transfers(build, step):
                folder = f"{item.source}/" if item.source not in ("", "*") else ""
                if any(context.exists(f"{folder}{name}") for name in (".venv", "uv.toml")):
                    return True
                settings = context.text(f"{folder}pyproject.toml")
                if settings is not None and "[tool.uv.pip]" in settings.text:
                    return True
    return False


def _fix(build: Build, first: Install) -> Fix | None:
    """Return a fix for every such command of the stage: fixed one by one, the next would fail."""
    edits = []
    for install in build.installs:
        if install.step.stage is not first.step.stage or install.manager != "uv" or not install.verb.startswith("pip "):
            continue
        if _has_none(build, install):
            verb = install.verb.removeprefix("pip ")
            word = next((word for word in install.command.arguments if word.value == verb), None)
            if word is None or not install.command.can_be_edited(word):
                return None
            edits.append((Span(word.span.end, word.span.end), " --system"))
    return fix("unsafe", "install into the Python of the image", *edits)
