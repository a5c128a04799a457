"""Report users that are created and never switched to."""

from dlint.checks import INFO, Report, rule
from dlint.model.build import Build
from dlint.model.commands import Arguments, Command
from dlint.model.stages import ROOT_USERS
from dlint.parser.dockerfile import ast

_OPTIONS = frozenset(
    [
        "-u", "--uid", "-g", "--gid", "-G", "--groups", "-d", "--home", "--home-dir", "-s", "--shell", "-c",
        "--comment", "-p", "--password", "-k", "-e", "-f", "-b", "-K", "--ingroup", "--gecos", "-h", "-S",
    ]
) - {"-S"}  # fmt: skip
_SYSTEM = ("-r", "--system", "-S", "-D")


@rule("created-user-unused", severity=INFO, triggers=("useradd", "adduser"))
def check(build: Build, report: Report) -> None:
    target = build.target
    if target is None or target.user is None or target.user.partition(":")[0] not in ROOT_USERS:
        return
    if any(True for stage in build.runtime_chain for _ in stage.instructions(ast.User)):
        # Switching back to root is another rule's business.
        return
    text = build.source.text
    for command in build.commands("useradd", "adduser"):
        name = _name(command)
        if name is None or command.step.stage not in build.runtime_chain or command.is_conditional:
            continue
        if _mentions(text, name) > 1 or "entrypoint" in text.lower():
            continue
        report(
            command.head(0),
            f"the user {name} is created, but nothing runs as {name}",
            advice=f"add USER {name} below the last step that needs root",
        )


def _name(command: Command) -> str | None:
    arguments = Arguments(command.arguments, _OPTIONS)
    if not arguments.operands or arguments.has(*_SYSTEM):
        return None
    operand = arguments.operands[0] if command.name == "adduser" else arguments.operands[-1]
    return operand.value if operand.is_literal and operand.value.isidentifier() else None


def _mentions(text: str, name: str) -> int:
    """Return how many lines name the user; more than its creation means that it is used for something."""
    return sum(name in line for line in text.split("\n") if not line.lstrip().startswith("#"))
