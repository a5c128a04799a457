"""The files of the context that a container starts: an entrypoint script, a Python program.

They are read as text only; nothing in them is run or imported.
"""

from dlint.model.commands import Command
from dlint.model.container_paths import in_context
from dlint.model.scripts import commands_in
from dlint.model.start import main_command, script_path
from dlint.parser import shell
from dlint.parser.mapped import MappedText
from dlint.parser.shell.ast import Script
from dlint.text import Source

TYPE_CHECKING = False
if TYPE_CHECKING:
    from dlint.model.build import Build

# Where a program without a folder in its name is looked for.
_SEARCHED = ("/usr/local/sbin", "/usr/local/bin", "/usr/sbin", "/usr/bin", "/sbin", "/bin")
_SERVERS_OF_MODULES = ("uvicorn", "gunicorn", "hypercorn", "granian", "daphne")


class EntryScript:
    """A shell script of the context that a container starts: its text, its tree, its commands.

    Places of the commands are places of *source*.
    """

    __slots__ = ("command", "commands", "script", "source")

    def __init__(self, command: Command, source: Source) -> None:
        self.command = command
        """The command of the Dockerfile that starts it."""
        self.source = source
        self.script: Script = shell.parse(MappedText.whole(source.text, 0))
        self.commands = commands_in(command.step, self.script)


def entry_script(build: "Build") -> EntryScript | None:
    """Return the script that a container starts, None if it starts none or it cannot be seen."""
    return build.once("entry_script", lambda: _find_script(build))


def _find_script(build: "Build") -> EntryScript | None:
    for command in build.started:
        path = script_path(command)
        if path is None:
            continue
        source = _text(build, command, path)
        if source is not None and not source.text.startswith("#!/usr/bin/env python"):
            return EntryScript(command, source)
        return None
    return None


def _text(build: "Build", command: Command, path: str) -> Source | None:
    candidates = [path] if "/" in path else [path, *(f"{folder}/{path}" for folder in _SEARCHED)]
    for candidate in candidates:
        found = in_context(build, command, candidate)
        source = build.context.text(found) if found else None
        if source is not None:
            return source
    return None


def python_program(build: "Build") -> Source | None:
    """Return the Python file that the main command runs or serves, None if it cannot be seen."""
    return build.once("python_program", lambda: _find_program(build))


def _find_program(build: "Build") -> Source | None:
    command = main_command(build)
    if command is None:
        return None
    if command.name == "python":
        operand = next((word.value for word in command.arguments if not word.value.startswith("-")), None)
        first = command.arguments[0].value if command.arguments else ""
        if not first.endswith(".py") and first not in ("-u", "-O", "-OO", "-B"):
            return None
        return _text(build, command, operand) if operand and operand.endswith(".py") else None
    if command.name.endswith(".py") and command.program is not None:
        return _text(build, command, command.program.value)
    server = build.server
    if server and server.name in _SERVERS_OF_MODULES and server.arguments.operands:
        if server.arguments.get("--app-dir", "--chdir", "--pythonpath") is not None:
            return None
        module = server.arguments.operands[0].value.partition(":")[0]
        if all(part.isidentifier() for part in module.split(".")):
            return _text(build, command, f"{module.replace('.', '/')}.py")
    return None
