"""Report servers and trainers that a shell keeps from being stopped."""

from dlint.checks import WARNING, Fix, Location, Report, fix, rule
from dlint.knowledge.servers import TRAINERS
from dlint.model.build import Build
from dlint.model.commands import Command
from dlint.model.programs import entry_script
from dlint.model.role import is_server, is_trainer
from dlint.model.stages import Step
from dlint.model.start import main_command
from dlint.parser.dockerfile import ast
from dlint.text import Span

_RUNTIMES = frozenset({"python", "node", "java", "npm", "yarn", "dotnet", "ruby", "streamlit"}) | TRAINERS


@rule(
    "signals-not-forwarded", severity=WARNING, triggers=("cmd", "entrypoint", "stopsignal"), fix="unsafe"
)  # fmt: skip
def check(build: Build, report: Report) -> None:
    _stop_signal(build, report)
    evidence = build.invocation.evidence
    if evidence.init or evidence.replaces_start:
        return
    if _entry_script(build, report):
        return
    entrypoint = build.final(ast.Entrypoint)
    step = entrypoint or build.final(ast.Cmd)
    if step is None or not _keeps_itself(step):
        return
    shell_form = step.instruction.json is None
    if not shell_form and not _is_shell_script(step):
        return
    if any(command.name in ("tini", "dumb-init", "supervisord", "trap") for command in step.commands):
        return
    command = _main(step)
    if command is None or not _runs_long(command):
        return
    assert command.program is not None
    report(
        command.program.span,
        f"{command.name} runs below /bin/sh, which is process 1 and does not pass SIGTERM on",
        advice=(
            f'use the JSON form: {step.instruction.keyword} ["{command.simple.words[0].value}", …]'
            if shell_form and _needs_no_shell(command)
            else f"write exec {command.simple.words[0].value} …"
        ),
        fix=_fix(step, command),
    )


def _entry_script(build: Build, report: Report) -> bool:
    """Report a script of the context that starts the program as a child; whether there is one.

    Measured: dash 0.5.12, bash 5.2 and busybox all keep waiting in a script file, whatever its last command is.
    """
    entry = entry_script(build)
    if entry is None or entry.command.program is None or entry.command.wrappers or not entry.script.sequence.items:
        return False
    last = entry.script.sequence.items[-1]
    found = [command for command in entry.commands if command.simple.and_or is last and not command.is_conditional]
    if not found or any(command.name in ("trap", "exec") for command in entry.commands) or last.is_background:
        return False
    command = found[-1]
    is_argument = command.program is not None and command.program.value == "$@"
    started = main_command(build) if is_argument else command
    if "exec" in command.wrappers or started is None or not _runs_long(started) or command.program is None:
        return False
    name = entry.source.path.rpartition("/")[2]
    report(
        entry.command.program.span,
        f"{started.name} runs below {name}, which is process 1 and does not pass SIGTERM on",
        advice=f"write exec {command.simple.words[0].text} … in {name}",
        labels=((Location(entry.source, command.program.span), "this is a child of the script"),),
    )
    return True


def _stop_signal(build: Build, report: Report) -> None:
    step = build.final(ast.StopSignal)
    if step is not None and isinstance(step.instruction, ast.StopSignal):
        word = step.instruction.value
        if word.value.upper().removeprefix("SIG") in ("KILL", "9", "STOP", "19"):
            report(
                word.span, "the container is killed at once, without a chance to finish", advice="use SIGTERM or SIGINT"
            )


def _keeps_itself(step: Step) -> bool:
    """Whether the shell stays process 1.

    Measured: dash 0.5.12 forks even for a single command; bash 5.2 and busybox ash replace
    themselves by the last one. Debian and Ubuntu have dash as /bin/sh.
    """
    if step.stage.root.os not in ("debian", "ubuntu"):
        return False
    shell = (
        step.shell[0]
        if step.instruction.json is None
        else step.instruction.json[0].value
        if step.instruction.json
        else ""
    )
    return shell in ("/bin/sh", "sh", "/usr/bin/sh", "/bin/dash", "dash")


def _is_shell_script(step: Step) -> bool:
    words = step.instruction.json or ()
    return len(words) > 2 and words[1].value in ("-c", "-ec", "-lc", "-xc", "-exc")


def _main(step: Step) -> Command | None:
    """Return the last command of the script, unless it is already executed in the shell's place."""
    commands = [command for command in step.commands if command.name not in ("sh", "bash", "dash", "")]
    if not commands or "exec" in commands[-1].wrappers:
        return None
    return commands[-1]


def _runs_long(command: Command) -> bool:
    if is_server(command) or is_trainer(command):
        return True
    return (command.name in _RUNTIMES and bool(command.arguments)) or "python" in command.wrappers


def _needs_no_shell(command: Command) -> bool:
    """Whether the command is all of the script, and plain words."""
    simple = command.simple
    return (
        len(command.step.commands) == 1
        and not simple.assignments
        and not command.redirections
        and all(word.is_literal and not any(sign in word.text for sign in "*?~") for word in simple.words)
    )


def _fix(step: Step, command: Command) -> Fix | None:
    """Put exec in front; only where the command stands alone at the end of the script."""
    simple = command.simple
    pipeline = simple.pipeline
    if (
        pipeline is None
        or len(pipeline.elements) != 1
        or simple.assignments
        or command.wrappers not in ((), ("sh",), ("python",))
    ):
        return None
    and_or = simple.and_or
    if and_or is None or and_or.is_background or and_or.pipelines[-1] is not pipeline or command.is_conditional:
        return None
    script = step.script
    # Inside a loop or a group, exec would end what comes after it.
    if script is None or not script.sequence.items or script.sequence.items[-1] is not and_or:
        return None
    if step.instruction.json is not None and "\\" in step.instruction.json[-1].value:
        return None
    start = simple.span.start
    return fix("unsafe", "let the program take the shell's place", (Span(start, start), "exec "))
