"""Report uv pip in images that have no environment for it."""

from dlint.checks import ERROR, WARNING, Fix, Report, fix, rule
from dlint.model.build import Build
from dlint.model.container_paths import in_context
from dlint.model.interpreters import may_have_environment
from dlint.model.outcomes import is_expected_to_fail
from dlint.model.packages import Install
from dlint.text import Span

# Base images that certainly set no VIRTUAL_ENV.
_FAMILIES = frozenset({"python", "debian", "ubuntu", "alpine", "cuda", "uv", "node"})
_IMAGE = "ghcr.io/astral-sh/uv"
_ELSEWHERE = ("--system", "-p", "--python", "-t", "--target", "--prefix", "--dry-run", "--break-system-packages")


@rule("uv-no-environment", severity=ERROR, triggers=("uv pip", "uv -", "/uv"), fix="unsafe")
def check(build: Build, report: Report) -> None:
    for install in build.installs:
        if install.manager != "uv" or not install.verb.startswith("pip ") or install.arguments.has(*_ELSEWHERE):
            continue
        root = install.step.stage.root
        # python -m uv takes the Python that runs it.
        if "python" in install.command.wrappers or is_expected_to_fail(install.command):
            continue
        if root.family not in _FAMILIES or not _has_uv(build, install) or _may_find_one(build, install):
            continue
        report(
            install.span,
            "uv finds no environment to install into, and stops",
            advice="make one with uv venv and put it on PATH, or add --system",
            severity=WARNING if install.is_conditional else None,
            fix=_fix(install),
        )


def _has_uv(build: Build, install: Install) -> bool:
    """Whether the file itself brings uv; where it does not, the image is another than the one that is named."""
    chain = install.step.stage.chain
    if install.step.stage.root.family == "uv":
        return True
    if any(use.step.stage in chain and use.image and use.image.name == _IMAGE for use in build.uses):
        return True
    if any(package.name == "uv" for other in build.installs if other.step.stage in chain for package in other.packages):
        return True
    return any("astral.sh/uv" in value for stage in chain for step in stage.steps for command in step.commands
               for value in command.values())  # fmt: skip


def _may_find_one(build: Build, install: Install) -> bool:
    """Whether uv may find an environment, or a setting that tells it to do without."""
    command = install.command
    environment = command.step.environment
    if any(environment.set_value(name) is not None for name in ("UV_PYTHON", "UV_CONFIG_FILE", "UV_PROJECT")):
        return True
    if may_have_environment(build, command) or any(word.value.startswith("--config") for word in command.arguments):
        return True
    if not build.context.is_known:
        return False
    # A project may set it for its own folder, and an environment of the host may be copied.
    for name in ("uv.toml", ".venv/pyvenv.cfg", ".venv"):
        path = in_context(build, command, name)
        if path and build.context.exists(path) and not build.context.ignores(path):
            return True
    path = in_context(build, command, "pyproject.toml")
    project = build.context.text(path) if path else None
    return project is not None and "tool.uv" in project.text and "system" in project.text


def _fix(install: Install) -> Fix | None:
    name = install.verb.rpartition(" ")[2]
    verb = next((word for word in install.command.arguments if word.value == name), None)
    if verb is None or not install.command.can_be_edited(verb) or install.step.stage.root.family != "python":
        return None
    end = verb.span.end
    return fix("unsafe", "install into the image's own Python", (Span(end, end), " --system"))
