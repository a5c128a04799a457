"""Instructions to shell scripts, and scripts to the commands that run."""

from dlint.model.commands import Command, unwrap
from dlint.model.stages import Step
from dlint.parser import shell
from dlint.parser.dockerfile import ast
from dlint.parser.dockerfile.heredocs import parse_word
from dlint.parser.dockerfile.words import json_string_text
from dlint.parser.mapped import MappedText
from dlint.parser.shell.ast import HereDocument, Redirection, Script, SimpleCommand, Word

SH_LIKE = frozenset({"sh", "bash", "dash", "ash", "ksh", "mksh", "zsh"})
SCRIPT_RUNNERS = SH_LIKE | {"eval"}
MAX_NESTING = 5


def shell_name(arguments: tuple[str, ...]) -> str | None:
    """Return which sh-like shell a SHELL instruction (or a shebang) runs, None for others.

    It may be wrapped: ``["conda", "run", "-n", "env", "/bin/bash", "-c"]`` is bash.
    """
    for argument in reversed(arguments):
        name = argument.replace("\\", "/").rpartition("/")[2]
        if name in SH_LIKE:
            return name
        if name.lower().removesuffix(".exe") in ("cmd", "powershell", "pwsh"):
            return None
    return None


def read_script(step: Step) -> Script | None:
    """Return the script a step runs, None for JSON forms and shells that are not like sh."""
    found = script_text(step)
    return shell.parse(found[0]) if found else None


def script_text(step: Step) -> tuple[MappedText, tuple[str, ...]] | None:
    """Return the text a step runs and the words of the shell that reads it, None where read_script has nothing."""
    instruction = step.instruction
    if not isinstance(instruction, ast.CommandInstruction) or instruction.json is not None:
        return None
    if isinstance(instruction, ast.Healthcheck) and instruction.kind.value.upper() != "CMD":
        return None
    text, words = instruction.command_text, step.shell
    if isinstance(instruction, ast.Run) and instruction.heredocs:
        text, words = _heredoc_text(step, instruction)
    return (text, words) if shell_name(words) else None


def _heredoc_text(step: Step, run: ast.Run) -> tuple[MappedText, tuple[str, ...]]:
    """BuildKit runs a lone heredoc as the script, and hands all else to the shell as it is."""
    if not parse_word(run.arguments.text.strip()):
        return with_heredocs(run), step.shell
    body = run.heredocs[0].body
    if body.text.startswith("#!"):
        return body, tuple(body.text[2:].partition("\n")[0].split())
    return body, step.shell


def with_heredocs(run: ast.Run) -> MappedText:
    """Return the text of a RUN with the bodies and terminators of its heredocs."""
    text = run.arguments
    pieces = _pieces(text)
    for heredoc in run.heredocs:
        end = heredoc.start + len(heredoc.content)
        pieces.append(("\n", max(heredoc.start - 1, 0)))
        pieces.append((heredoc.content, heredoc.start))
        pieces.append((heredoc.name, end))
    return MappedText.join(pieces)


def _pieces(text: MappedText) -> list[tuple[str, int]]:
    bounds = [*text.starts[1:], len(text.text)]
    return [
        (text.text[start:end], offset) for start, offset, end in zip(text.starts, text.offsets, bounds, strict=True)
    ]


def exec_words(step: Step) -> tuple[Word, ...]:
    """Return the strings of a JSON form as the words of a command."""
    whole = MappedText.whole(step.stage.source.text, 0)
    return tuple(Word(whole, word.start, word.end, word.value, is_quoted=True) for word in step.instruction.json or ())


def commands_of_words(step: Step, words: tuple[Word, ...]) -> tuple[Command, ...]:
    """Return the commands that run when these words are executed without a shell."""
    found: list[Command] = []
    if words:
        start, end = words[0].start, max(word.end for word in words)
        _add(Command(step, SimpleCommand(words[0].map, start, end, (), words, (), is_conditional=False)), found, 0)
    return tuple(found)


def read_commands(step: Step) -> tuple[Command, ...]:
    """Return every command a step runs, in the order of the text."""
    if step.instruction.json is not None:
        return commands_of_words(step, exec_words(step))
    return commands_in(step, step.script) if step.script else ()


def commands_in(step: Step, script: Script) -> tuple[Command, ...]:
    """Return every command of a script that a step runs, its own or that of a file."""
    found: list[Command] = []
    for simple in script.commands:
        _add(Command(step, simple), found, 0)
    return tuple(found)


def _add(command: Command, found: list[Command], depth: int) -> None:
    """Add a command, what it wraps, and the scripts it hands to another shell."""
    for part in unwrap(command):
        found.append(part)
        if depth < MAX_NESTING and part.name in SCRIPT_RUNNERS:
            for text in _inner_scripts(part):
                script = shell.parse(text)
                command.step.inner_scripts.append((part, script))
                for simple in script.commands:
                    _add(part.nested(simple), found, depth + 1)


def _inner_scripts(command: Command) -> list[MappedText]:
    """Return the scripts a shell runs: the value of ``-c``, or a heredoc on its input."""
    word = handed_word(command)
    if word or command.name == "eval":
        text = word_text(command, word) if word else None
        return [text] if text else []
    return [document.body() for document in read_documents(command)]


def handed_word(command: Command) -> Word | None:
    """Return the word that is the script of ``sh -c`` or ``eval``."""
    if command.name == "eval":
        return command.arguments[0] if command.arguments else None
    for index, word in enumerate(command.arguments):
        if _takes_script(word):
            operands = (w for w in command.arguments[index + 1 :] if not w.value.startswith(("-", "+")))
            return next(operands, None)
    return None


def read_documents(command: Command) -> list[HereDocument]:
    """Return the heredocs that a shell without operands reads as its script."""
    if any(_takes_script(word) or not word.value.startswith(("-", "+")) for word in command.arguments):
        return []
    return [redirection.document for redirection in _inputs(command) if redirection.document]


def _takes_script(word: Word) -> bool:
    return word.value.startswith("-") and not word.value.startswith("--") and "c" in word.value


def _inputs(command: Command) -> list[Redirection]:
    """Return the redirections that feed a shell: its own, or those of a cat piped into it."""
    simple = command.simple
    pipeline = simple.pipeline
    if pipeline and simple in pipeline.elements and pipeline.elements[0] is not simple:
        first = pipeline.elements[0]
        if isinstance(first, SimpleCommand) and [word.value for word in first.words] == ["cat"]:
            return list(first.redirections)
        return []
    return list(simple.redirections)


def word_text(command: Command, word: Word) -> MappedText | None:
    """Return the value of a quoted word as a text of its own, mapped to the file."""
    for json_word in command.step.instruction.json or ():
        if json_word.start == word.start and json_word.value == word.value:
            return json_string_text(json_word, command.step.stage.source.text)
    raw = word.text
    for quote in "'", '"':
        if len(raw) > 1 and raw[0] == raw[-1] == quote and quote not in raw[1:-1]:
            inner = word.map.slice(word.start + 1, word.end - 1)
            return inner if inner.text == word.value else word.map.like(word.value, (0,), (inner.offset(0),))
    if raw == word.value:
        return word.map.slice(word.start, word.end)
    # Mixed quoting: every character stands for the whole word's beginning.
    return word.map.like(word.value, list(range(len(word.value))), [word.map.offset(word.start)] * len(word.value))
