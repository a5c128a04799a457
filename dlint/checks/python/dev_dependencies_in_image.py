"""Report dependencies for development in images that ship."""

from dlint.checks import WARNING, Fix, Report, fix, rule
from dlint.model.build import Build
from dlint.model.packages import Install
from dlint.model.project_file import development_groups, read_project
from dlint.model.role import Role, has_command, is_for_development
from dlint.model.shipping import environments
from dlint.model.stages import Stage
from dlint.regex import lazy
from dlint.text import Span

_LEAVE_OUT = {
    "uv": ("--no-dev", "--only-group", "--only-dev", "--no-default-groups", "--no-group", "--script", "--package",
           "--project", "--directory", "--all-packages"),
    "poetry": ("--no-dev", "--only", "--without", "--only-root", "-C", "--directory", "-P", "--project"),
    "pdm": ("--prod", "--production", "--no-dev", "--no-default", "-G", "--group", "-p", "--project"),
}  # fmt: skip
_VARIABLES = ("UV_NO_DEV", "UV_NO_GROUP", "UV_NO_DEFAULT_GROUPS", "POETRY_WITHOUT", "POETRY_ONLY")
_ADVICE = {"uv": "--no-dev", "poetry": "--only main", "pdm": "--prod"}
_CHECKERS = frozenset({"pytest", "tox", "nox", "ruff", "mypy", "pyright", "flake8", "black", "coverage", "pre-commit"})
_FOR_DEVELOPMENT = lazy(
    r"(?i)(?:\A|[/._-])(?:dev|develop|development|tests?|lint)(?:[._-]?requirements)?\.(?:txt|in)\Z"
)
_EXTRAS = frozenset({"dev", "develop", "development", "test", "tests", "testing", "lint"})


@rule(
    "dev-dependencies-in-image",
    severity=WARNING,
    triggers=("sync", "poetry", "pdm", "dev", "test", "lint"),
    fix="unsafe",
)
def check(build: Build, report: Report) -> None:
    if not build.installs or not _is_for_use(build):
        return
    for stages in environments(build):
        installs = [install for install in build.installs if install.step.stage in stages]
        _unasked(build, installs, stages, report)
        if build.role is Role.SERVING:
            for install in installs:
                _asked(install, report)


def _is_for_use(build: Build) -> bool:
    """Whether the image runs a program, and nobody develops or tests with it."""
    if build.role is Role.DEVELOPMENT or is_for_development(build) or not has_command(build):
        return False
    return not any(command.name in _CHECKERS for command in build.started)


def _unasked(build: Build, installs: list[Install], stages: tuple[Stage, ...], report: Report) -> None:
    """Report the last command that brings the groups for development along."""
    found = [install for install in installs if install.manager in _LEAVE_OUT and install.verb in ("sync", "install")]
    if not found or any(_is_left_out(install) or install.is_conditional for install in found):
        return
    if any(command.name in _CHECKERS for stage in stages for step in stage.steps for command in step.commands):
        return
    last = found[-1]
    project = read_project(build, last.command)
    groups = development_groups(project, last.manager) if project else []
    if not groups or any(install.manager != last.manager for install in found):
        return
    names = ", ".join(groups)
    report(
        last.span,
        f"{last.manager} {last.verb} also installs what is for development: {names}",
        advice=f"add {_ADVICE[last.manager]}",
        fix=_fix(found, last.manager, groups),
    )


def _is_left_out(install: Install) -> bool:
    command = install.command
    if install.arguments.has(*_LEAVE_OUT[install.manager]) or command.is_partial:
        return True
    if any(word.value.startswith("$") for word in command.arguments):
        return True
    environment = command.step.environment
    return any(environment.set_value(name) is not None or command.setting(name) is not None for name in _VARIABLES)


def _fix(installs: list[Install], manager: str, groups: list[str]) -> Fix | None:
    option = f"--without {','.join(groups)}" if manager == "poetry" else _ADVICE[manager]
    edits = []
    for install in installs:
        verb = next((word for word in install.command.arguments if word.value == install.verb), None)
        if verb is None or not install.command.can_be_edited(verb):
            return None
        edits.append((Span(verb.span.end, verb.span.end), f" {option}"))
    return fix("unsafe", "leave them out", *edits)


def _asked(install: Install, report: Report) -> None:
    """Report files, extras and options of a server that ask for development."""
    if install.is_conditional:
        return
    if install.manager in ("pip", "uv"):
        for word in install.files:
            if _FOR_DEVELOPMENT.search(install.command.resolve(word) or ""):
                _report(report, word.span, f"{word.value} is for development")
        for package in install.packages:
            extras = package.extras or _extras_of(package.name if package.is_local else "")
            wanted = [extra for extra in extras if extra in _EXTRAS]
            if package.is_local and wanted:
                _report(report, package.span, f"the extra {wanted[0]} is for development")
    for name, value, word, holder in install.arguments.options:
        is_group = name in ("--group", "--extra", "--with") and value in _EXTRAS and install.manager in _LEAVE_OUT
        if is_group or (name in ("--dev", "-d", "--all-groups") and install.manager in ("uv", "pipenv")):
            _report(report, (holder or word).span, f"{value or name} is for development")


def _extras_of(path: str) -> tuple[str, ...]:
    """Return the extras of a project's folder: ``.[dev,gpu]``."""
    inside = path.partition("[")[2].partition("]")[0]
    return tuple(part.strip().lower() for part in inside.split(",") if part.strip())


def _report(report: Report, span: Span, what: str) -> None:
    report(span, f"{what}, and this image serves", advice="install it in a stage for tests only")
