"""What a container of the target starts: ENTRYPOINT and CMD, joined as Docker joins them.

Source: docs.docker.com/reference/dockerfile, "Understand how CMD and ENTRYPOINT interact".
"""

from dlint.knowledge.servers import SERVER_IMAGES
from dlint.model.commands import Command
from dlint.model.scripts import SH_LIKE, commands_of_words, exec_words
from dlint.model.stages import Step
from dlint.parser.dockerfile import ast
from dlint.parser.mapped import MappedText
from dlint.parser.shell.ast import Word

TYPE_CHECKING = False
if TYPE_CHECKING:
    from dlint.model.build import Build

# What a script does around the program it is there for.
_AROUND = frozenset({"", "cd", "export", "set", "wait", "exit", "trap", "tee", "unset", "shift"})


def read_start(build: "Build") -> tuple[Command, ...]:
    """Return every command that starting a container runs, in order; none where the base image decides.

    An entrypoint in JSON form gets the CMD as its arguments. One that is a script of its own is
    followed by the CMD, as such scripts end in ``exec "$@"``. One in shell form gets nothing.
    """
    entrypoint, cmd = build.final(ast.Entrypoint), build.final(ast.Cmd)
    if cmd is not None and cmd.instruction.json is not None and _keeps_entrypoint(build):
        return commands_of_words(cmd, (*_image_entrypoint(cmd), *_words(cmd)))
    if entrypoint is None or cmd is None:
        step = entrypoint or cmd
        return step.commands if step else ()
    if entrypoint.instruction.json is None:
        return entrypoint.commands
    given = _words(cmd)
    own = entrypoint.commands
    if own and script_path(own[-1]) is not None and not given[0].value.startswith("-"):
        return (*own, *cmd.commands)
    return commands_of_words(entrypoint, (*exec_words(entrypoint), *given))


def _words(step: Step) -> tuple[Word, ...]:
    """Return the words a CMD hands over: its JSON strings, or the shell and the script for it."""
    if step.instruction.json is not None:
        return exec_words(step)
    instruction = step.instruction
    source = MappedText.whole(step.stage.source.text, 0)
    end = instruction.start + len(instruction.keyword)
    text = instruction.arguments
    shell = (Word(source, instruction.start, end, word, is_quoted=True) for word in step.shell)
    return (*shell, Word(text, 0, len(text.text), text.text, is_literal="$" not in text.text))


def _image_entrypoint(step: Step) -> tuple[Word, ...]:
    """Return the ENTRYPOINT of a known base image, as words that stand at the step's keyword."""
    reference = step.stage.root.reference
    words = SERVER_IMAGES.get(reference.name, ((), {}))[0] if reference else ()
    whole = MappedText.whole(step.stage.source.text, 0)
    name = step.instruction.name
    return tuple(Word(whole, name.start, name.end, word, is_quoted=True) for word in words)


def _keeps_entrypoint(build: "Build") -> bool:
    """Whether no stage of the target sets or takes back an ENTRYPOINT."""
    return not any(True for stage in build.runtime_chain for _ in stage.instructions(ast.Entrypoint))


def script_path(command: Command) -> str | None:
    """Return the path of the shell script a command runs, None if it runs something else."""
    if command.program is None:
        return None
    if command.name.endswith((".sh", "entrypoint")):
        return command.program.value
    if command.name in SH_LIKE:
        operand = next((word for word in command.arguments if not word.value.startswith(("-", "+"))), None)
        if operand is not None and operand.value.endswith((".sh", "entrypoint")):
            return operand.value
    return None


def main_command(build: "Build") -> Command | None:
    """Return the command a container of the target is there to run, scripts and preparations looked through."""
    commands = build.started
    substituted = _substituted(commands)
    for command in reversed(commands):
        if command.name not in _AROUND and script_path(command) is None and id(command.simple) not in substituted:
            return command
    return commands[-1] if commands else None


def _substituted(commands: tuple[Command, ...]) -> set[int]:
    """Return the ids of simple commands that only make an argument: ``$(nproc)``."""
    return {
        id(simple)
        for command in commands
        for word in (*command.simple.words, *command.simple.assignments)
        for script in word.scripts
        for simple in script.commands
    }
