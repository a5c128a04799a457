"""Report installations that pass over a lock file of the project, or may write another one."""

from dlint.checks import WARNING, Fix, Report, Span, fix, rule
from dlint.model.build import Build
from dlint.model.commands import Command
from dlint.model.container_paths import in_context
from dlint.model.role import is_for_development
from dlint.parser.shell.ast import Word

_PLACES = (
    "-C", "--directory", "-P", "--project", "-p", "--prefix", "--script", "-w", "--workspace", "--cwd",
    "-g", "--global", "--dry-run", "--no-sync", "-L", "--lockfile",
)  # fmt: skip

# Tool and verb -> the lock, what it belongs to, the options that enforce it, and what to write instead.
_LOCKS: dict[tuple[str, str], tuple[str, str, tuple[str, ...], str]] = {
    ("uv", "sync"): ("uv.lock", "pyproject.toml", ("--locked", "--frozen", "--check"), "--locked"),
    ("uv", "lock"): ("uv.lock", "pyproject.toml", ("--locked", "--frozen", "--check", "--check-exists"), "--check"),
    ("poetry", "lock"): ("poetry.lock", "pyproject.toml", ("--check",), ""),
    ("poetry", "update"): ("poetry.lock", "pyproject.toml", (), ""),
    ("pdm", "install"): (
        "pdm.lock",
        "pyproject.toml",
        ("--frozen-lockfile", "--check", "--no-lock"),
        "--frozen-lockfile",
    ),
    ("pipenv", "install"): ("Pipfile.lock", "Pipfile", ("--deploy", "--ignore-pipfile"), "--deploy"),
    ("npm", "install"): ("package-lock.json", "package.json", (), "ci"),
    ("npm", "i"): ("package-lock.json", "package.json", (), "ci"),
}
_VARIABLES = ("UV_LOCKED", "UV_FROZEN", "PDM_FROZEN_LOCKFILE", "PIPENV_IGNORE_PIPFILE")


@rule(
    "lock-not-enforced",
    severity=WARNING,
    looks_at="context",
    triggers=("uv", "poetry", "pdm", "pipenv", "npm"),
    fix="unsafe",
)
def check(build: Build, report: Report) -> None:
    if is_for_development(build):
        return
    for command in build.commands("uv", "poetry", "pdm", "pipenv", "npm"):
        verb = next((word for word in command.arguments if not word.value.startswith("-")), None)
        row = _LOCKS.get((command.name, verb.value)) if verb else None
        if (
            verb is None
            or row is None
            or command.step.stage not in build.reachable
            or _is_left_to_others(command, verb, row[2])
        ):
            continue
        lock, project, _, instead = row
        place = _find(build, command, lock, project)
        if place is None:
            continue
        path, is_there = place
        what = "may write another" if is_there else "resolves everything again, without"
        report(
            command.head(command.arguments.index(verb) + 1),
            f"{command.name} {verb.value} {what} {path}",
            advice=_advice(command, instead, lock, is_there=is_there),
            fix=_fix(build, command, verb, instead) if is_there else None,
        )


def _is_left_to_others(command: Command, verb: Word, enforcing: tuple[str, ...]) -> bool:
    """Whether an option or a variable enforces the lock, or the command is about something else."""
    operands = [word for word in command.arguments if not word.value.startswith("-")]
    names = {word.value.partition("=")[0] for word in command.arguments}
    if names & {*enforcing, *_PLACES} or command.is_partial or any("$" in word.value for word in command.arguments):
        return True
    # Packages that are named are installed beside the project; uv's options take values.
    if command.name in ("npm", "pipenv", "poetry", "pdm") and operands != [verb]:
        return True
    environment = command.step.environment
    return any(environment.set_value(name) is not None or command.setting(name) is not None for name in _VARIABLES)


def _find(build: Build, command: Command, lock: str, project: str) -> tuple[str, bool] | None:
    """Return the context path of the lock, and whether the command finds it in the image."""
    path = in_context(build, command, lock)
    if path and build.context.text(path) is not None:
        return path, True
    beside = in_context(build, command, project)
    if not beside or build.context.text(beside) is None:
        return None
    path = beside.removesuffix(project) + lock
    return (path, False) if build.context.exists(path) else None


def _advice(command: Command, instead: str, lock: str, *, is_there: bool) -> str:
    if not is_there:
        return f"copy {lock} too, and let it decide"
    if command.name == "npm":
        return "write npm ci, which installs what the lock says and fails where it does not fit"
    if not instead:
        return f"lock before the build, and only install here: {command.name} install"
    return f"add {instead}: the build stops where the lock no longer fits"


def _fix(build: Build, command: Command, verb: Word, instead: str) -> Fix | None:
    if not instead or not command.can_be_edited(verb) or verb.value == "lock":
        return None
    if command.name == "npm":
        return fix("unsafe", "install what the lock says", (verb.span, instead))
    path = in_context(build, command, "pyproject.toml")
    project = build.context.text(path) if path else None
    # Before the members of a workspace are copied, uv cannot check its lock.
    if project is not None and "tool.uv.workspace" in project.text:
        return None
    end = verb.span.end
    return fix("unsafe", "install what the lock says", (Span(end, end), f" {instead}"))
