"""Report RUNs that end by changing the state of a shell that is about to end."""

from dlint.checks import ERROR, Report, rule
from dlint.knowledge.secrets import is_secret_name
from dlint.model.build import Build
from dlint.model.commands import Command
from dlint.model.stages import Step
from dlint.parser.dockerfile import ast

_ADVICE = {
    "cd": "write WORKDIR", "export": "write ENV", "alias": "write it to the shell's profile",
    "source": "set PATH with ENV",
    ".": "set PATH with ENV", "conda": 'write SHELL ["conda", "run", "-n", "ENV", "/bin/bash", "-c"]',
    "ulimit": "set it when the container is started",
    "umask": "set it in the RUN that needs it", "activate": "set PATH with ENV",
}  # fmt: skip


@rule(
    "run-state-lost", severity=ERROR, aliases=("DL3003", "DS-0013"),
    triggers=("cd ", "cd\t", "export", "alias", "activate", "ulimit", "umask", "profile", "bashrc", "setvars", "conda"),
)  # fmt: skip
def check(build: Build, report: Report) -> None:
    for step in build.steps(ast.Run):
        command = _last(step)
        if command is None or command.is_conditional or command.wrappers or command.redirections:
            continue
        if not _changes_state(command) or _writes_profile(step) or _pipes(command):
            continue
        what = _description(command)
        advice = _ADVICE[command.name]
        if command.name == "export" and any(is_secret_name(value.partition("=")[0]) for value in command.values()):
            advice = "use a secret mount in the RUN that needs it: --mount=type=secret,…,env=NAME"
        report(
            command.span,
            f"{what} ends with this RUN and has no effect on the next one",
            advice=advice,
            alias=("DL3003", "DS-0013") if command.name == "cd" else (),
            hidden=tuple(
                word.span
                for word in command.arguments
                if command.name == "export" and is_secret_name(word.value.partition("=")[0])
            ),
        )


def _description(command: Command) -> str:
    """Return the command without the values it sets: they may be secrets."""
    values = command.values()
    if command.name in ("export", "alias"):
        return f"{command.name} {next((v.partition('=')[0] for v in values if '=' in v), '')}".rstrip()
    return " ".join(filter(None, [command.name, *values[:2]]))


def _last(step: Step) -> Command | None:
    script = step.script
    if script is None or script.problems or not script.sequence.items:
        return None
    last = script.sequence.items[-1].pipelines[-1].elements[-1]
    for command in step.commands:
        if command.simple is last:
            return command
    return None


def _changes_state(command: Command) -> bool:
    values = command.values()
    if command.name == "cd":
        # Going back at the end of a chain is tidy, not wrong.
        return (
            bool(values)
            and command.resolve(command.arguments[0]) != command.step.workdir
            and not values[0].startswith((".", "-", "~", "$OLD", "$HOME", "${HOME}", "/tmp"))
            and values[0] not in ("/", "/root")
        )
    if command.name == "conda":
        return values[:1] in (["activate"], ["deactivate"])
    if command.name in ("source", "."):
        return bool(values) and values[0].endswith(
            ("/activate", "/bashrc", ".bashrc", "profile", "setvars.sh", "conda.sh")
        )
    if command.name == "export":
        return any("=" in value for value in values)
    return command.name in ("alias", "ulimit", "umask") and bool(values)


def _pipes(command: Command) -> bool:
    pipeline = command.simple.pipeline
    return pipeline is not None and len(pipeline.elements) > 1


def _writes_profile(step: Step) -> bool:
    return any(
        item.target is not None and ("profile" in item.target.value or "rc" in item.target.value)
        for command in step.commands
        for item in command.redirections
    )
