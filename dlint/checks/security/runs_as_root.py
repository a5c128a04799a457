"""Report images whose containers run as root."""

from dlint.checks import INFO, WARNING, Report, rule
from dlint.model.build import Build
from dlint.model.commands import Command
from dlint.model.role import Role
from dlint.model.stages import ROOT_USERS, Stage
from dlint.model.start import main_command
from dlint.parser.dockerfile import ast

_RUNTIMES = frozenset({"python", "node", "npm", "yarn", "java", "dotnet", "ruby", "php", "Rscript", "julia"})
# Their main process stays root, and what answers requests does not.
_SELF_DROPPING = frozenset({"nginx", "httpd", "apache2", "apache2ctl", "apachectl", "apache2-foreground", "postgres"})
_NO_USER = ("DS-0002", "CKV_DOCKER_3")
_USER_OPTIONS = ("--user", "--uid", "-u")
_PRIVILEGE_DROPPERS = frozenset({"gosu", "su-exec", "setpriv", "runuser", "chpst", "s6-setuidgid", "su"})


@rule(
    "runs-as-root", severity=WARNING, triggers=("cmd", "entrypoint"),
    aliases=("DL3002", "DS-0002", "CKV_DOCKER_3", "CKV_DOCKER_8"),
)  # fmt: skip
def check(build: Build, report: Report) -> None:
    target = build.target
    if target is None or build.role not in (Role.SERVING, Role.UNKNOWN) or target.user is None:
        return
    if (build.invocation.platform or "").startswith("wasi"):
        # A WebAssembly runtime knows no users.
        return
    user = build.invocation.evidence.user or target.user
    if user.partition(":")[0] not in ROOT_USERS or "$" in user or _drops_privileges(build):
        return
    start = build.final(ast.Cmd) or build.final(ast.Entrypoint)
    if start is None or start.stage not in build.runtime_chain:
        # An image that starts nothing is a base for others.
        return
    if build.role is Role.UNKNOWN and not _is_application(build):
        return
    severity = WARNING if build.role is Role.SERVING else INFO
    advice = _advice(build, target)
    last = _last_user(target)
    if last is not None:
        report(
            last.value.span,
            f"USER {last.value.value} is the last one, so the container runs as root",
            advice="switch back to the other user" if _has_other_user(build) else advice,
            severity=severity,
            alias=("DL3002", "DS-0002", "CKV_DOCKER_8"),
        )
        return
    labels = build.invocation.evidence.labels("user", "as this user")
    report(
        start.instruction.name.span, "the container runs as root", advice=advice, severity=severity, alias=_NO_USER,
        labels=labels,
    )  # fmt: skip


def _advice(build: Build, target: Stage) -> str:
    if target.root.family == "distroless":
        return "use the nonroot tag of the image, or write USER nonroot"
    for command in build.commands("useradd", "adduser"):
        if command.step.stage in target.chain and command.arguments and not command.has("--system", "-r", "-S"):
            return f"switch to the user that is made above: USER {command.arguments[-1].value}"
    started = main_command(build)
    is_python = started is not None and (started.name == "python" or "python" in started.wrappers)
    writable = "; give it a writable HF_HOME" if is_python or build.role is Role.SERVING else ""
    return f"add a user and switch to it: RUN useradd -m -u 10001 app, then USER app{writable}"


def _is_application(build: Build) -> bool:
    """Whether the image starts a program of its own rather than a tool for the command line."""
    command = main_command(build)
    if command is None:
        return False
    if command.name in ("php", "node", "python", "ruby") and command.values()[:1] in ([], ["-a"], ["-i"]):
        return False
    return command.name in _RUNTIMES or "python" in command.wrappers or command.name.endswith((".sh", ".py"))


def _last_user(target: Stage) -> ast.User | None:
    for stage in target.chain:
        for step in reversed(stage.steps):
            if isinstance(step.instruction, ast.User):
                return step.instruction
    return None


def _has_other_user(build: Build) -> bool:
    return any(
        step.instruction.value.value.partition(":")[0] not in ROOT_USERS  # type: ignore[attr-defined]
        for stage in build.runtime_chain
        for step in stage.instructions(ast.User)
    )


def _drops_privileges(build: Build) -> bool:
    """Whether the entrypoint gives up root by itself, or is a script that may."""
    for step in (build.final(ast.Entrypoint), build.final(ast.Cmd)):
        if step is None:
            continue
        for command in step.commands:
            if _drops(command):
                return True
            if command.name.endswith((".sh", "entrypoint")) and _script_drops(build, command.name):
                return True
    return any(
        not install.names().isdisjoint({"gosu", "su-exec"})
        for install in build.installs
        if install.step.stage in build.runtime_chain
    )


def _drops(command: Command) -> bool:
    if command.name in _SELF_DROPPING or command.name in _PRIVILEGE_DROPPERS:
        return True
    if command.name in ("gunicorn", "uwsgi") and command.has(*_USER_OPTIONS):
        return True
    return "sudo" in command.wrappers or not _PRIVILEGE_DROPPERS.isdisjoint(command.wrappers)


def _script_drops(build: Build, name: str) -> bool:
    for entry in build.context.children():
        if entry.name == name:
            source = build.context.text(entry.path)
            return source is not None and any(word in source.text for word in _PRIVILEGE_DROPPERS)
    return False
