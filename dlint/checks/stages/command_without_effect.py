"""Report commands that leave nothing behind when their RUN ends."""

from dlint.checks import INFO, WARNING, Report, rule
from dlint.knowledge import processes
from dlint.model.build import Build
from dlint.model.commands import Command
from dlint.model.scripts import SH_LIKE
from dlint.model.stages import Step
from dlint.parser.dockerfile import ast

_HADOLINT = frozenset({"free", "kill", "mount", "ps", "service", "shutdown", "ssh", "top", "vim"})
# What may stand behind the start of a service without making use of it.
_IDLE = frozenset({"", "echo", "printf", "sleep", "true", ":", "exit", "set", "service", "systemctl", "rc-service"})


@rule(
    "command-without-effect", severity=WARNING, aliases=("DL3001",),
    triggers=("service", "systemctl", "init.d", " & ", "&\n", "daemon", "fork", "nginx", "sshd", "supervisord",
    "apachectl",
    "apache2ctl",
    "cron", "rsyslogd", "memcached", "mount ", "swapo", "modprobe", "mod ", "sysctl", "shutdown", "reboot", "halt",
    "poweroff", "datectl", "namectl", "loginctl", "localectl", "newgrp", "su ", "bash", "sh\n", "docker ", "vim", "vi ",
    "nano", "pico", "pg_ctl", "httpd"),
)  # fmt: skip
def check(build: Build, report: Report) -> None:
    for step in build.steps(ast.Run):
        commands = step.commands
        last = max((index for index, command in enumerate(commands) if not _is_idle(command)), default=-1)
        for index, command in enumerate(commands):
            found = _never(command, step) or (_ends(command) if index >= last and not _feeds(command) else None)
            if found:
                message, advice = found
                report(
                    command.span,
                    message,
                    advice=advice,
                    severity=INFO if command.is_conditional else WARNING,
                    alias="DL3001" if command.name in _HADOLINT else (),
                )


def _is_idle(command: Command) -> bool:
    return command.name in _IDLE or processes.starts(_name(command), command.values())


def _name(command: Command) -> str:
    """Return the name of the program; a script of /etc/init.d counts as service."""
    is_script = command.program is not None and command.program.value.startswith("/etc/init.d/")
    return "service" if is_script else command.name


def _feeds(command: Command) -> bool:
    pipeline = command.simple.pipeline
    return pipeline is not None and len(pipeline.elements) > 1


def _ends(command: Command) -> tuple[str, str] | None:
    """Return message and advice for the last command of a RUN, if what it does ends with the RUN."""
    name, values = _name(command), command.values()
    shown = " ".join([command.name, *values[:2]])
    if processes.starts(name, values):
        return (
            f"what {shown} starts ends with this RUN; the container will not have it",
            "start it in CMD or ENTRYPOINT",
        )
    if command.and_or is not None and command.and_or.is_background and command.name not in _IDLE:
        return f"{command.name} is put in the background and ends with this RUN", "start it in CMD or ENTRYPOINT"
    if _opens_shell(command):
        return f"{shown} opens a shell that has nothing to read and ends", _advice_for_shell(command)
    return None


def _opens_shell(command: Command) -> bool:
    """Whether it is a shell, or a change of user, that is given nothing to do."""
    values = command.values()
    if command.redirections or command.wrappers[:1] == ("env",):
        return False
    if command.name in SH_LIKE:
        return all(value in ("-l", "-i", "-il", "-li", "--login") for value in values)
    if command.name == "newgrp":
        return True
    return command.name == "su" and not any(value.startswith(("-c", "--command", "-s")) for value in values)


def _advice_for_shell(command: Command) -> str:
    if command.name == "su":
        return "write USER"
    return "leave it out" if command.name == "newgrp" else "leave it out; the next RUN has a new shell"


def _never(command: Command, step: Step) -> tuple[str, str] | None:
    """Return message and advice for what cannot have an effect anywhere in a build."""
    name, values = command.name, command.values()
    what = processes.impossible(name, values)
    if what is None or (name in processes.PRIVILEGED and _is_insecure(step)):
        return None
    return f"{' '.join([name, *values[:2]])} {what}", processes.ADVICE.get(
        name, "leave it out, or do it when the container starts"
    )


def _is_insecure(step: Step) -> bool:
    flag = step.instruction.flag("security")
    return flag is not None and flag.value == "insecure"
