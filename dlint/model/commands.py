"""Commands as rules see them: the program that really runs, and its arguments.

Wrappers (``sudo``, ``env``, ``time`` and the like) are looked through, program names are
basenames without version numbers (``/opt/venv/bin/pip3.11`` is ``pip``), and ``python -m pip``
is ``pip``.
"""

from bisect import bisect_left

from dlint.model.stages import Step
from dlint.parser.shell.ast import AndOr, Redirection, SimpleCommand, Word
from dlint.regex import lazy
from dlint.text import Span

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

_VERSIONED = lazy(r"(pip|python|pypy|easy_install)[23](?:\.\d+)*\Z")
_VARIABLE = lazy(r"\$(?:\{(\w+)\}|(\w+))\Z")
_ASSIGNMENT = lazy(r"[A-Za-z_]\w*=")

# Wrapper -> its options that take a value, and how many operands stand before the command.
_WRAPPERS: dict[str, tuple[frozenset[str], int]] = {
    "sudo": (frozenset(["-u", "-g", "-h", "-p", "-C", "-r", "-t", "-T", "-U", "-D", "-R", "--user", "--group",
        "--host", "--prompt", "--chdir"]), 0),
    "doas": (frozenset(["-u", "-C"]), 0),
    "env": (frozenset(["-u", "--unset", "-C", "--chdir"]), 0),
    "exec": (frozenset(["-a"]), 0),
    "time": (frozenset(["-f", "-o", "--format", "--output"]), 0),
    "nice": (frozenset(["-n", "--adjustment"]), 0),
    "ionice": (frozenset(["-c", "-n", "-p", "--class", "--classdata"]), 0),
    "nohup": (frozenset(), 0),
    "setsid": (frozenset(), 0),
    "command": (frozenset(), 0),
    "builtin": (frozenset(), 0),
    "stdbuf": (frozenset(["-i", "-o", "-e", "--input", "--output", "--error"]), 0),
    "timeout": (frozenset(["-k", "-s", "--kill-after", "--signal"]), 1),
    "gosu": (frozenset(), 1),
    "su-exec": (frozenset(), 1),
    "chroot": (frozenset(), 1),
    "eatmydata": (frozenset(), 0),
    "tini": (frozenset(["-p", "-e"]), 0),
    "dumb-init": (frozenset(["-r", "--rewrite"]), 0),
    "xargs": (frozenset(["-n", "-I", "-i", "-P", "-L", "-d", "-a", "-s", "-E", "--max-args", "--max-procs",
        "--delimiter", "--arg-file"]), 0),
}  # fmt: skip

# Tools whose "run" starts another command: the options of "run" that take a value.
_RUNNERS: dict[str, frozenset[str]] = {
    **dict.fromkeys(
        ("conda", "mamba", "micromamba"), frozenset(["-n", "--name", "-p", "--prefix", "--cwd", "-r", "--root-prefix"])
    ),
    "uv": frozenset(
        ["--with", "--with-editable", "--with-requirements", "--python", "-p", "--project", "--extra", "--group",
        "--only-group", "--no-group", "--env-file", "--package", "--directory", "--index", "--default-index",
        "--cache-dir", "--link-mode", "--no-extra"]
    ),
    "poetry": frozenset(["-C", "--directory", "-P", "--project"]),
    "pipenv": frozenset(), "pdm": frozenset(["-p", "--project"]), "pixi": frozenset(["-e", "--environment"]),
    "rye": frozenset(),
}  # fmt: skip


def program_name(word: str) -> str:
    """Return the basename of a program without its version number."""
    name = word.replace("\\", "/").rpartition("/")[2] or word
    match = _VERSIONED.match(name) if name[-1:].isdigit() else None
    return match[1] if match else name


class Command:
    """One command of a step.

    *name* is the program, *arguments* the words after it. *wrappers* names what was looked
    through to get here. *is_partial* says that more arguments come from elsewhere (xargs).
    """

    __slots__ = (
        "_place", "arguments", "assignments", "is_conditional", "is_partial", "name", "program", "simple", "step",
        "wrappers",
    )  # fmt: skip

    def __init__(self, step: Step, simple: SimpleCommand) -> None:
        self.step = step
        self.simple = simple
        self.program: Word | None = simple.words[0] if simple.words else None
        self.arguments = simple.words[1:]
        self.assignments = simple.assignments
        self.wrappers: tuple[str, ...] = ()
        self.is_conditional = simple.is_conditional
        self.is_partial = False
        self.name = program_name(self.program.value) if self.program else ""

    def nested(self, simple: SimpleCommand) -> "Command":
        """Return a command of a script that this command runs."""
        command = Command(self.step, simple)
        command.wrappers = (*self.wrappers, self.name)
        command.is_conditional = command.is_conditional or self.is_conditional
        return command

    def moved(self, wrapper: str, words: tuple[Word, ...]) -> "Command":
        """Return the command that *wrapper* starts, whose words are *words*."""
        command = Command(self.step, self.simple)
        command.program = words[0]
        command.name = program_name(words[0].value)
        command.arguments = words[1:]
        command.assignments = self.assignments
        command.wrappers = (*self.wrappers, wrapper)
        command.is_conditional = self.is_conditional
        command.is_partial = self.is_partial or wrapper == "xargs"
        return command

    @property
    def place(self) -> int:
        """Where the command begins in the file. Scripts inside scripts count from their own beginning."""
        try:
            return self._place
        except AttributeError:
            self._place: int = (self.program or self.simple).span.start
            return self._place

    @property
    def span(self) -> Span:
        """From the program to the last argument."""
        if self.program is None:
            return self.simple.span
        last = self.arguments[-1] if self.arguments else self.program
        return Span(self.program.span.start, max(self.program.span.end, last.span.end))

    def head(self, words: int = 1) -> Span:
        """Return the place of the program and its first *words* arguments: ``pip install``."""
        if self.program is None:
            return self.simple.span
        if not words or len(self.arguments) < words:
            return self.program.span
        # The arguments may come from another instruction, which may stand above.
        return Span(self.program.span.start, max(self.program.span.end, self.arguments[words - 1].span.end))

    @property
    def and_or(self) -> "AndOr | None":
        """The and-or list the command stands in."""
        return self.simple.and_or

    @property
    def redirections(self) -> tuple[Redirection, ...]:
        """The redirections of the command."""
        return self.simple.redirections

    def can_be_edited(self, word: Word) -> bool:
        """Whether text may be put behind a word: it is part of a script, and stands in the file as it is read."""
        instruction = self.step.instruction
        written = self.step.stage.source.text[word.span.start : word.span.end]
        return instruction.json is None and written == word.value

    def follows(self, other: "Command") -> bool:
        """Whether the command stands after another one of the same instruction."""
        return self.place > other.place

    def values(self) -> list[str]:
        """Return the arguments' values."""
        return [word.value for word in self.arguments]

    def has(self, *values: str) -> bool:
        """Whether one of the arguments is exactly one of *values*."""
        return any(word.value in values for word in self.arguments)

    def resolve(self, word: Word) -> str | None:
        """Return a word's value with ARG and ENV put in, None where that is not certain."""
        if word.is_literal:
            return word.value
        return None if word.scripts or word.text.startswith("'") else self.resolve_text(word.value)

    def resolve_text(self, text: str) -> str | None:
        """Return a text of the command with ARG and ENV put in, None where that is not certain."""
        if "$" not in text:
            return text
        from dlint.parser.dockerfile.expansion import UNKNOWN, ExpansionError, Options, expand

        try:
            expansion = expand(text, self.step.environment, Options(quotes=False))  # type: ignore[arg-type]
        except ExpansionError:
            return None
        return None if expansion.unmatched or UNKNOWN in expansion.result else expansion.result

    def setting(self, name: str) -> str | None:
        """Return the value of an environment variable for this command, if it is certain.

        Assignments in front of the command, ``export`` earlier in the same script, and the
        environment of the step count.
        """
        value = self.step.environment.known(name)
        exported = self.step.exports.get(name)
        if exported:
            earlier = bisect_left(exported, (self.place,))
            value = exported[earlier - 1][1] if earlier else value
        for word in (*self.assignments, *self._env_words()):
            key, equals, text = word.value.partition("=")
            if equals and key == name:
                value = text
        return value

    def _env_words(self) -> "Iterator[Word]":
        if "env" in self.wrappers or "sudo" in self.wrappers:
            for word in self.simple.words:
                if word is self.program:
                    return
                if _ASSIGNMENT.match(word.value):
                    yield word

    def __repr__(self) -> str:
        return f"<Command {self.name} {' '.join(self.values())[:60]}>"


def unwrap(command: Command) -> "Iterator[Command]":
    """Yield the command and, if it wraps another one, that one.

    Pure wrappers are not commands of their own; tools with a ``run`` are.
    """
    for _ in range(10):
        command = _named_by_variable(command)
        if command.name in _WRAPPERS and not (command.name == "command" and command.has("-v", "-V")):
            words = _after_wrapper(command)
        elif command.name in _RUNNERS and command.arguments and command.arguments[0].value == "run":
            yield command
            words = _operands(command.arguments[1:], _RUNNERS[command.name])
        elif command.name in ("python", "pypy"):
            words = _module(command)
        else:
            break
        if not words:
            break
        command = command.moved(command.name, words)
    yield command


def _named_by_variable(command: Command) -> Command:
    """Put in the value of ``$PIP install`` where the variable is known."""
    match = _VARIABLE.match(command.program.value) if command.program else None
    if not match or command.program is None or command.program.is_literal:
        return command
    name = match[1] or match[2]
    value = _script_variable(command, name) or command.step.environment.known(name)
    if not value:
        return command
    place = command.program
    words = tuple(Word(place.map, place.start, place.end, text) for text in value.split())
    if words:
        command = command.moved("", (*words, *command.arguments))
        command.wrappers = command.wrappers[:-1]
    return command


def _script_variable(command: Command, name: str) -> str | None:
    """Return what ``NAME=value`` earlier in the same script sets."""
    script = command.step.script
    value = None
    for simple in script.commands if script else ():
        if simple.map is not command.simple.map or simple.start >= command.simple.start:
            break
        for word in simple.assignments if not simple.words else ():
            if word.is_literal and word.value.startswith(f"{name}="):
                value = word.value[len(name) + 1 :]
    return value


def _after_wrapper(command: Command) -> tuple[Word, ...]:
    options, operands = _WRAPPERS[command.name]
    words = _operands(command.arguments, options)
    while words and _ASSIGNMENT.match(words[0].value):
        words = words[1:]
    return words[operands:]


def _operands(words: tuple[Word, ...], value_options: frozenset[str]) -> tuple[Word, ...]:
    """Return the words from the first operand on."""
    index = 0
    while index < len(words):
        value = words[index].value
        if value == "--":
            return words[index + 1 :]
        if not value.startswith("-") or value == "-":
            break
        index += 2 if value in value_options else 1
    return words[index:]


def _module(command: Command) -> tuple[Word, ...]:
    """Return ``module arguments...`` of ``python [options] -m module``."""
    words = command.arguments
    for index, word in enumerate(words):
        if word.value == "-m":
            return words[index + 1 :]
        if word.value.startswith("-m") and len(word.value) > 2:
            return (Word(word.map, word.start, word.end, word.value[2:]), *words[index + 1 :])
        if word.value in ("-W", "-X"):
            continue
        if not word.value.startswith("-") or word.value in ("-c", "-"):
            break
    return ()


class Arguments:
    """The arguments of a command cut into options and operands."""

    __slots__ = ("operands", "options")

    def __init__(self, words: tuple[Word, ...], value_options: frozenset[str]) -> None:
        self.options: list[tuple[str, str | None, Word, Word | None]] = []
        """Name, value, the option's word, and the word that holds the value."""
        self.operands: list[Word] = []
        index = 0
        while index < len(words):
            word = words[index]
            value = word.value
            index += 1
            if value == "--":
                self.operands.extend(words[index:])
                break
            if not value.startswith("-") or value == "-":
                self.operands.append(word)
                continue
            name, equals, rest = value.partition("=")
            if value.startswith("--") and equals:
                self.options.append((name, rest, word, word))
            elif value in value_options and index < len(words):
                self.options.append((value, words[index].value, word, words[index]))
                index += 1
            elif not value.startswith("--") and value[:2] in value_options and len(value) > 2:
                self.options.append((value[:2], value[2:].removeprefix("="), word, word))
            elif index < len(words) and f"-{value[-1]}" in value_options and value[1:].isalpha() and value[1] != "-":
                # -sSLo FILE: the last of several letters takes the value.
                self.options.append((value[:-1], None, word, None))
                self.options.append((f"-{value[-1]}", words[index].value, word, words[index]))
                index += 1
            else:
                self.options.append((value, None, word, None))

    def get(self, *names: str) -> str | None:
        """Return the value of the last option with one of these names."""
        for name, value, _, _ in reversed(self.options):
            if name in names:
                return value
        return None

    def has(self, *names: str) -> bool:
        """Whether an option with one of these names is present; ``-y`` is found in ``-qy``."""
        for name, _, _, _ in self.options:
            if name in names:
                return True
            if not name.startswith("--"):
                letters = name[1:]
                if any(len(wanted) == 2 and wanted[1] in letters for wanted in names):
                    return True
        return False

    def words(self, *names: str) -> list[tuple[str, Word]]:
        """Return every value given to these options, with its word."""
        return [
            (value, holder)
            for name, value, _, holder in self.options
            if name in names and value is not None and holder is not None
        ]
