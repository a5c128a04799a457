"""Report source code that is copied before what it needs is installed."""

from dlint.checks import INFO, WARNING, Report, Saving, rule
from dlint.knowledge.sizes import closure_bytes
from dlint.model.base_image import has_package
from dlint.model.build import Build
from dlint.model.container_paths import Transferred, in_context, transfers
from dlint.model.packages import Install, takes_cpu_wheels
from dlint.model.requirements import read_requirements
from dlint.model.role import Role
from dlint.model.stages import Stage, Step
from dlint.parser.dockerfile import ast

_LANGUAGE = ("pip", "uv", "conda", "poetry", "pdm", "pipenv", "npm", "yarn", "pnpm")
_SYSTEM = ("apt", "apk", "dnf", "zypper")
_SOURCE_FOLDERS = frozenset({"src", "app", "source", "code", "backend", "server", "api"})
# Options that leave the project itself out, so that manifests are enough.
_WITHOUT_PROJECT = ("--no-install-project", "--no-install-workspace", "--no-root", "--no-self", "--only-deps")


@rule(
    "copy-source-before-install", severity=WARNING,
    triggers=("copy", "add"),
)  # fmt: skip
def check(build: Build, report: Report) -> None:
    for stage in build.stages:
        if stage not in build.reachable:
            continue
        found = _first(build, stage)
        if found is None:
            continue
        item, installs = found
        first = installs[0]
        what = "the build context" if item.is_everything else item.source
        sizes = [
            size
            for install in installs
            for package in install.packages
            if not has_package(stage.root, package.name) and not takes_cpu_wheels(install)
            if (size := closure_bytes(package.name, package.version))
        ]
        report(
            first.span,
            f"any change in {what} repeats this installation",
            advice=_advice(first),
            labels=((item.step.instruction.header, "copied here already"),),
            severity=INFO if build.role is Role.DEVELOPMENT else WARNING,
            saving=Saving(pull_bytes=max(sizes), basis="table") if sizes else None,
        )


def _first(build: Build, stage: Stage) -> tuple[Transferred, list[Install]] | None:
    """Return the first copy of the source, and the installations after it that do not need it."""
    copied: Transferred | None = None
    for step in stage.steps:
        if isinstance(step.instruction, ast.Transfer):
            copied = copied or next((item for item in transfers(build, step) if _is_source(item)), None)
        elif copied and isinstance(step.instruction, ast.Run):
            affected = [
                i
                for i in build.installs
                if i.step is step and not i.is_conditional and _is_independent(build, i, step, copied)
            ]
            if affected:
                return copied, affected
    return None


def _is_source(item: Transferred) -> bool:
    return item.is_everything or item.source.rstrip("/") in _SOURCE_FOLDERS


def _is_independent(build: Build, install: Install, step: Step, copied: Transferred) -> bool:
    """Whether the installation would give the same without the source."""
    if _uses_files(step) or _runs_scripts_before(step, copied):
        return False
    if install.manager in _SYSTEM:
        # Lists of packages may come from the source: xargs apt-get install < packages.txt
        return (
            copied.is_everything
            and bool(install.packages)
            and not any(p.is_local for p in install.packages)
            and not install.command.is_partial
        )
    if install.manager not in _LANGUAGE:
        return False
    if install.manager in ("npm", "yarn", "pnpm"):
        return not install.packages or not any(package.is_local for package in install.packages)
    if (
        install.verb in ("sync", "install")
        and not install.packages
        and not install.files
        and install.manager in ("uv", "poetry", "pdm")
    ):
        return not install.arguments.has(*_WITHOUT_PROJECT) and not _installed_before(build, install, step)
    if any(package.is_local for package in install.packages) or _repairs(step):
        return False
    if install.manager == "pipenv":
        return True
    if install.files:
        return not _needs_tree(build, install)
    return bool(install.packages) and not _is_tool_only(install)


def _uses_files(step: Step) -> bool:
    """Whether the RUN also compiles or installs the project itself, so that it needs the source anyway."""
    return any(
        command.name in ("make", "cmake", "bazel", "cargo", "build", "twine")
        or (command.name == "python" and any(word.value.endswith(".py") for word in command.arguments[:1]))
        for command in step.commands
    )


def _runs_scripts_before(step: Step, copied: Transferred) -> bool:
    """Whether a script of the source runs between the copy and the installation."""
    for other in step.stage.steps[copied.step.index + 1 : step.index + 1]:
        for command in other.commands:
            if command.program is not None and (
                command.program.value.startswith("./")
                or command.name in ("make", "cmake", "bazel")
                or (command.name in ("bash", "sh") and any(value.endswith(".sh") for value in command.values()[:1]))
            ):
                return True
    return False


def _repairs(step: Step) -> bool:
    """Whether the RUN replaces what was installed earlier, which has to come last."""
    return any(command.arguments and command.arguments[0].value == "uninstall" for command in step.commands)


def _needs_tree(build: Build, install: Install) -> bool:
    """Whether the requirement files name paths of the project, or nobody can tell which files they are."""
    for word in install.files:
        value = install.command.resolve(word)
        if value is None:
            return True
        path = in_context(build, install.command, value) if build.context.is_known else None
        found = read_requirements(build.context, path) if path else None
        if found and any(entry.package.is_local for entry in found.entries):
            return True
    return False


def _installed_before(build: Build, install: Install, step: Step) -> bool:
    """Whether the dependencies were already installed from the manifests in an earlier step."""
    return any(
        other.manager == install.manager and other is not install and other.step.stage in step.stage.chain
        and (other.step.stage is not step.stage or other.step.index < step.index)
        and other.arguments.has(*_WITHOUT_PROJECT)
        for other in build.installs
    )  # fmt: skip


def _is_tool_only(install: Install) -> bool:
    return install.names() <= {"pip", "setuptools", "wheel", "uv", "poetry", "build", "hatch", "pipenv", "pdm"}


def _advice(install: Install) -> str:
    manager = install.manager
    if manager in _SYSTEM:
        return "move it above the COPY"
    if manager == "uv" and install.verb == "sync":
        return "copy pyproject.toml and uv.lock first, run uv sync --locked --no-install-project, then copy the source"
    if manager == "poetry":
        return "copy pyproject.toml and poetry.lock first, run poetry install --no-root, then copy the source"
    if manager in ("npm", "yarn", "pnpm"):
        return "copy package.json and the lock file first, install, then copy the source"
    if install.files:
        return f"copy {install.files[0].value.rpartition('/')[2]} first, install, then copy the source"
    return "move it above the COPY"
