"""Report Python programs whose output stays in a buffer."""

from dlint.checks import INFO, WARNING, Fix, Report, fix, rule
from dlint.model.build import Build
from dlint.model.commands import Command
from dlint.model.role import Role, is_notebook, is_server
from dlint.model.start import main_command
from dlint.parser.dockerfile import ast
from dlint.text import Span

# Images that set PYTHONUNBUFFERED or may do so are not judged; these do not.
_KNOWN = ("cuda", "pytorch", "debian", "ubuntu", "python", "alpine", "conda")


@rule("python-output-buffered", severity=INFO, triggers=("python",), fix="unsafe")
def check(build: Build, report: Report) -> None:
    target = build.target
    if target is None or build.role in (Role.NOTEBOOK, Role.DEVELOPMENT):
        return
    evidence = build.invocation.evidence
    if evidence.replaces_start or "PYTHONUNBUFFERED" in evidence.environment:
        return
    environment = target.environment
    if environment.set_value("PYTHONUNBUFFERED") is not None or (
        environment.is_open and target.root.family not in _KNOWN
    ):
        return
    command = main_command(build)
    if command is None or not _prints(command) or command.step.stage not in build.runtime_chain:
        return
    if command.setting("PYTHONUNBUFFERED"):
        return
    assert command.program is not None
    severity = WARNING if build.role is Role.TRAINING else INFO
    report(
        command.program.span,
        "what this program prints is buffered: docker logs shows it late, and a crash loses it",
        advice="add ENV PYTHONUNBUFFERED=1",
        severity=severity,
        fix=_fix(command),
    )


def _prints(command: Command) -> bool:
    """Whether the command runs a Python program that is no server with a logger of its own."""
    if is_server(command) or is_notebook(command):
        return False
    if command.name == "python":
        values = command.values()
        if not values or any(
            value.startswith("-") and "u" in value and not value.startswith("--") for value in values[:2]
        ):
            return False
        return values[0].endswith(".py") or "-m" in values[:2]
    if "serv" in command.name or "api" in command.name:
        # A module called like a server has a logger of its own.
        return False
    return "python" in command.wrappers and not any(word.value == "-u" for word in command.simple.words)


def _fix(command: Command) -> Fix | None:
    instruction = command.step.instruction
    if not isinstance(instruction, ast.Cmd | ast.Entrypoint):
        return None
    start = _above_comments(instruction, command.step.stage.source.text)
    return fix("unsafe", "set PYTHONUNBUFFERED", (Span(start, start), "ENV PYTHONUNBUFFERED=1\n"))


def _above_comments(instruction: ast.Instruction, text: str) -> int:
    """Return where an instruction begins with the comment lines right above it."""
    start = instruction.start
    for comment in reversed(instruction.comments):
        if text[comment.end : start].strip(" \t\r") != "\n" or comment.text.startswith(("dlint", "hadolint", "syntax")):
            break
        start = comment.start
    return start
