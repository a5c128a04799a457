"""Report installations that do not hold to the lock file they have."""

from dlint.checks import WARNING, Fix, Report, fix, rule
from dlint.model.build import Build
from dlint.model.caches import is_true
from dlint.model.commands import Command
from dlint.model.container_paths import in_context
from dlint.model.packages import Install
from dlint.model.projects import is_there, left_behind, project_path
from dlint.model.versions import release
from dlint.text import Span

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    Findings = dict[tuple[str, ...], "_Finding"]

# Commands that resolve anew: program, subcommands, the lock they write, what keeps them from it.
_RELOCKS = {
    "uv": (("lock",), "uv.lock", ("--check", "--locked", "--frozen", "--check-exists", "--dry-run")),
    "poetry": (("lock", "update"), "poetry.lock", ("--check", "--dry-run")),
    "pdm": (("lock", "update"), "pdm.lock", ("--check", "--dry-run", "--refresh")),
    "pipenv": (("lock", "update"), "Pipfile.lock", ("--dry-run", "-r", "--requirements", "--outdated")),
}
_LOCKS = ("uv.lock", "poetry.lock", "pdm.lock", "pylock.toml")


class _Finding:
    """What is wrong with the use of one lock; further commands with the same fault are labels."""

    def __init__(self, install: Install, message: str, advice: str, option: str | None) -> None:
        self.installs = [install]
        self.message = message
        self.advice = advice
        self.option = option

    def fix(self) -> Fix | None:
        """Return a fix for all the commands; npm gets another verb, the others an option."""
        edits = []
        for install in self.installs:
            word = next((word for word in install.command.arguments if word.value == install.verb), None)
            if self.option is None or word is None or not install.command.can_be_edited(word):
                return None
            is_verb = not self.option.startswith("-")
            edits.append(
                (word.span, self.option) if is_verb else (Span(word.span.end, word.span.end), f" {self.option}")
            )
        return fix("unsafe", f"{'use' if is_verb else 'pass'} {self.option}", *edits)


@rule(
    "lock-not-enforced",
    severity=WARNING,
    triggers=(".lock", "package-lock", "uv ", "poetry ", "pdm ", "pipenv ", "npm ", "pip install"),
    fix="unsafe",
)
def check(build: Build, report: Report) -> None:
    found: dict[tuple[str, ...], _Finding] = {}
    for install in build.installs:
        judge = _JUDGES.get(install.manager)
        if judge:
            judge(build, install, found)
    for finding in found.values():
        first, *others = finding.installs
        report(
            first.span,
            finding.message,
            advice=finding.advice,
            labels=tuple((other.span, "and here") for other in others[:3]),
            fix=finding.fix(),
        )
    for command in build.commands(*_RELOCKS):
        _relock(build, command, report)


def _relock(build: Build, command: Command, report: Report) -> None:
    verbs, lock, harmless = _RELOCKS[command.name]
    if not command.arguments or command.arguments[0].value not in verbs or command.has(*harmless):
        return
    if is_there(build, command, lock):
        report(
            command.head(1),
            f"{command.name} {command.arguments[0].value} in the build writes {lock} anew: "
            "what is installed is not what was locked",
            advice=f"lock before the build, and copy {lock} as it is",
        )


def _uv(build: Build, install: Install, found: "Findings") -> None:
    if install.verb.startswith("pip"):
        _pip(build, install, found)
        return
    command = install.command
    if install.verb != "sync" or command.has("--locked", "--frozen", "--check", "--script", "--dry-run"):
        return
    variables = ("UV_LOCKED", "UV_FROZEN")
    if any(command.step.environment.set_value(name) is not None or command.setting(name) for name in variables):
        return
    if install.arguments.has("-U", "--upgrade") or install.arguments.words("-P", "--upgrade-package"):
        message, advice, option = "takes newer releases than those in uv.lock", "lock before the build", None
    else:
        has_parts = install.arguments.has("--no-install-workspace", "--package", "--all-packages")
        option = "--frozen" if has_parts else "--locked"
        message = "resolves again, and installs something else, when uv.lock is out of date"
        advice = "pass --frozen: nothing is resolved" if has_parts else "pass --locked, which stops instead"
    _hold(build, install, found, "pyproject.toml", "uv.lock", f"uv sync {message}", advice, option)


def _poetry(build: Build, install: Install, found: "Findings") -> None:
    if install.verb in ("install", "sync"):
        _hold(build, install, found, "pyproject.toml", "poetry.lock", None, "", None)


def _pdm(build: Build, install: Install, found: "Findings") -> None:
    if install.verb not in ("install", "sync") or install.command.setting("PDM_FROZEN_LOCKFILE"):
        return
    is_held = install.verb == "sync" or install.arguments.has("--frozen-lockfile", "--check", "--no-lock")
    message = None if is_held else "pdm install locks again when pdm.lock is out of date"
    option = "--frozen-lockfile"
    _hold(build, install, found, "pyproject.toml", "pdm.lock", message, f"pass {option}", option)


def _pipenv(build: Build, install: Install, found: "Findings") -> None:
    if install.packages or install.files or install.verb not in ("install", "sync"):
        return
    is_held = install.verb == "sync" or install.arguments.has("--deploy", "--ignore-pipfile")
    if install.arguments.has("--skip-lock"):
        message: str | None = "pipenv install --skip-lock does not read Pipfile.lock"
    elif is_held or is_true(install.command.setting("PIPENV_IGNORE_PIPFILE")):
        message = None
    else:
        message = "pipenv install locks again when Pipfile.lock is out of date"
    _hold(build, install, found, "Pipfile", "Pipfile.lock", message, "pass --deploy, which stops instead", "--deploy")


def _npm(build: Build, install: Install, found: "Findings") -> None:
    command, root = install.command, install.step.stage.root
    if command.name != "npm" or install.verb not in ("install", "i") or install.packages or command.is_partial:
        return
    # npm ci came with Node.js 10.
    if root.family is None or (release(root.node) or (99,)) < (10,):
        return
    if not install.arguments.has("-g", "--global", "--package-lock", "--no-package-lock"):
        message = "npm install changes package-lock.json where package.json asks for something else"
        advice = "npm ci installs what the lock says, or stops"
        _hold(build, install, found, "package.json", "package-lock.json", message, advice, "ci")


def _pip(build: Build, install: Install, found: "Findings") -> None:
    """Find the installation of a project whose lock pip does not read."""
    if install.verb not in ("install", "pip install") or install.files or install.constraints:
        return
    if install.arguments.has("--no-deps") or install.command.setting("PIP_CONSTRAINT") or not build.context.is_known:
        return
    for package in install.packages:
        folder = package.name.partition("[")[0].rstrip("/")
        if not package.is_local or folder.endswith((".whl", ".gz", ".zip")):
            continue
        for lock in _LOCKS:
            if is_there(build, install.command, f"{folder}/{lock}") and not _reads_lock(build, install):
                message = f"pip does not read {lock}: every build takes the newest releases that pyproject.toml admits"
                advice = (
                    "install with uv sync --locked" if lock == "uv.lock" else f"install from {lock}, with its own tool"
                )
                found.setdefault(("pip", lock, folder), _Finding(install, message, advice, None))
                return


def _reads_lock(build: Build, install: Install) -> bool:
    """Whether other commands of the stage install from a file or a lock, so that little is left for pip."""
    chain = install.step.stage.chain
    managers = ("poetry", "pdm", "pipenv", "conda")
    return any(
        other.step.stage in chain and (other.files or other.verb.endswith("sync") or other.manager in managers)
        for other in build.installs
    ) or any(command.step.stage in chain and command.has("export") for command in build.commands("uv", "poetry", "pdm"))


def _hold(
    build: Build,
    install: Install,
    found: "Findings",
    manifest: str,
    lock: str,
    message: str | None,
    advice: str,
    option: str | None,
) -> None:
    """Note an installation that does not hold to its lock (*message* says how), or does not get it."""
    path = project_path(install, lock)
    if path is None:
        return
    if is_there(build, install.command, path):
        if message:
            key = (install.manager, in_context(build, install.command, path) or path, message)
            if key in found:
                found[key].installs.append(install)
            else:
                found[key] = _Finding(install, message, advice, option)
        return
    forgotten = left_behind(build, install, manifest, lock)
    if forgotten is None or install.command.has("--frozen", "--locked"):
        return
    message = f"{forgotten} does not come into the image, so {install.tool} {install.verb} resolves in every build"
    is_ignored = build.context.ignores(forgotten)
    advice = "take it out of the ignore file" if is_ignored else f"copy {lock} together with {manifest}"
    found.setdefault((install.manager, forgotten), _Finding(install, message, advice, None))


_JUDGES: "dict[str, Callable[[Build, Install, Findings], None]]" = {
    "uv": _uv, "poetry": _poetry, "pdm": _pdm, "pipenv": _pipenv, "npm": _npm, "pip": _pip,
}  # fmt: skip
