"""The tree of a Dockerfile: what stands where, with no meaning attached.

A :class:`Dockerfile` holds :class:`Instruction` nodes in file order. Each keyword has a class
of its own; an instruction BuildKit would refuse is an :class:`Invalid`, whose problem is in
``Dockerfile.problems``. Spans are offsets in the source.
"""

from dlint.parser.mapped import MappedText
from dlint.text import Source, Span

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from dlint.parser.dockerfile.mounts import Mount
    from dlint.parser.dockerfile.tokens import Token


class Word:
    """One argument as written: *value* still has its quotes, escapes and variables.

    In a JSON form *value* is the decoded string, and the span includes its quotes.
    """

    __slots__ = ("end", "start", "value")

    def __init__(self, value: str, start: int, end: int) -> None:
        self.value = value
        self.start = start
        self.end = end

    @property
    def span(self) -> Span:
        """The place of the word in the file."""
        return Span(self.start, self.end)

    def __repr__(self) -> str:
        return f"Word({self.value!r}, {self.start}, {self.end})"


class Flag:
    """An option of an instruction, ``--name`` or ``--name=value``; quotes are removed."""

    __slots__ = ("end", "mapped_value", "name", "start", "value", "value_start")

    def __init__(
        self, name: str, value: str | None, start: int, end: int, value_start: int, mapped: MappedText | None
    ) -> None:
        self.name = name
        self.value = value
        self.start = start
        self.end = end
        self.value_start = value_start
        self.mapped_value = mapped

    @property
    def span(self) -> Span:
        """The place of the whole flag."""
        return Span(self.start, self.end)

    @property
    def value_span(self) -> Span:
        """The place of the value; empty at the end of a flag without one."""
        return Span(self.value_start, self.end)

    def __repr__(self) -> str:
        return f"Flag({self.name!r}, {self.value!r})"


class Comment:
    """A comment line; *text* is what follows the ``#``, without blanks around it."""

    __slots__ = ("end", "inside", "start", "text")

    def __init__(self, text: str, start: int, end: int, *, inside: bool) -> None:
        self.text = text
        self.start = start
        self.end = end
        self.inside = inside
        """Whether it stands between the lines of a continued instruction."""

    @property
    def span(self) -> Span:
        """The place of the comment, from its ``#`` to the end of the line."""
        return Span(self.start, self.end)


class Directive:
    """A parser directive: ``# name=value`` at the head of the file."""

    __slots__ = ("end", "name", "start", "value", "value_start")

    def __init__(self, name: str, value: str, start: int, end: int, value_start: int) -> None:
        self.name = name
        self.value = value
        self.start = start
        self.end = end
        self.value_start = value_start

    @property
    def span(self) -> Span:
        """The place of the directive, from its ``#``."""
        return Span(self.start, self.end)

    @property
    def value_span(self) -> Span:
        """The place of the value."""
        return Span(self.value_start, self.value_start + len(self.value))


class Heredoc:
    """A here-document: the word that announced it, its body and its terminator."""

    __slots__ = ("body", "content", "end", "expand", "name", "start", "strip_tabs", "word")

    def __init__(self, name: str, word: Span, *, strip_tabs: bool, expand: bool) -> None:
        self.name = name
        self.word = word
        """The place of ``<<NAME`` in the instruction's line."""
        self.strip_tabs = strip_tabs
        self.expand = expand
        """Whether BuildKit expands variables in the body of a COPY or ADD."""
        self.content = ""
        """The body as it stands in the file, up to the terminator's line."""
        self.start = self.end = 0
        self.body = MappedText("", (0,), (0,))
        """The body without its leading tabs, where ``<<-`` removes them."""

    @property
    def body_span(self) -> Span:
        """The place of the body, without the terminator."""
        return Span(self.start, self.start + len(self.content))


class Problem:
    """Something BuildKit would refuse, with the place and, often, the next step."""

    __slots__ = ("advice", "end", "message", "start")

    def __init__(self, message: str, start: int, end: int, advice: str | None = None) -> None:
        self.message = message
        self.start = start
        self.end = end
        self.advice = advice

    @property
    def span(self) -> Span:
        """The place of the problem."""
        return Span(self.start, self.end)


class Instruction:
    """What every instruction has.

    *line* is the instruction as one line, continuations joined; *arguments* the part of it
    after keyword and flags. *json* holds the strings of a JSON form, else it is None.
    """

    __slots__ = (
        "arguments", "comments", "end", "first_line", "flags", "heredocs", "json", "keyword", "last_line", "line",
        "name", "onbuild", "problem", "start",
    )  # fmt: skip

    def __init__(self, keyword: str, name: Word, line: MappedText, end: int) -> None:
        self.keyword = keyword
        """The keyword in upper case."""
        self.name = name
        """The keyword as written."""
        self.line = line
        self.start = name.start
        self.end = end
        self.flags: tuple[Flag, ...] = ()
        self.arguments = line
        self.json: tuple[Word, ...] | None = None
        self.heredocs: tuple[Heredoc, ...] = ()
        self.comments: tuple[Comment, ...] = ()
        """The comment block BuildKit attaches: the lines above, blank lines between allowed."""
        self.onbuild: Onbuild | None = None
        """The ONBUILD that defers this instruction."""
        self.problem: Problem | None = None
        self.first_line = self.last_line = 0
        """The numbers of its lines as BuildKit counts them, from 1, heredocs included."""

    @property
    def span(self) -> Span:
        """From the keyword to the last character, heredoc terminators included."""
        return Span(self.start, self.end)

    @property
    def header(self) -> Span:
        """From the keyword to the end of the joined line, without heredoc bodies."""
        return Span(self.start, self.line.end_offset(len(self.line.text.rstrip())))

    def flag(self, name: str) -> Flag | None:
        """Return the last flag called *name*."""
        for flag in reversed(self.flags):
            if flag.name == name:
                return flag
        return None

    def whole_argument(self) -> Word:
        """Return all arguments as one word."""
        text = self.arguments
        span = text.span(0, len(text.text))
        return Word(text.text, span.start, span.end)

    def __repr__(self) -> str:
        return f"<{self.keyword} {self.arguments.text[:40]!r}>"


class From(Instruction):
    """``FROM [--platform=P] image [AS name]``."""

    __slots__ = ("alias", "as_keyword", "image")
    image: Word
    as_keyword: Word | None
    alias: Word | None

    @property
    def platform(self) -> Flag | None:
        """The ``--platform`` flag."""
        return self.flag("platform")


class KeyValue:
    """One pair of ENV or LABEL, or one definition of ARG (whose *value* may be None)."""

    __slots__ = ("key", "legacy", "value")

    def __init__(self, key: Word, value: Word | None, *, legacy: bool = False) -> None:
        self.key = key
        self.value = value
        self.legacy = legacy
        """Written ``KEY value``, without the equals sign."""

    @property
    def span(self) -> Span:
        """From the key to the end of the value."""
        return Span(self.key.start, (self.value or self.key).end)


class Pairs(Instruction):
    """ENV, LABEL and ARG: a list of pairs."""

    __slots__ = ("pairs",)
    pairs: tuple[KeyValue, ...]


class Env(Pairs):
    """``ENV key=value ...``."""

    __slots__ = ()


class Label(Pairs):
    """``LABEL key=value ...``."""

    __slots__ = ()


class Arg(Pairs):
    """``ARG name[=default] ...``."""

    __slots__ = ()


class CommandInstruction(Instruction):
    """RUN, CMD, ENTRYPOINT, SHELL and HEALTHCHECK CMD: a command line in shell or JSON form."""

    __slots__ = ()

    @property
    def command_text(self) -> MappedText:
        """The text of the shell form."""
        return self.arguments


class Run(CommandInstruction):
    """``RUN [--mount=...] command``."""

    __slots__ = ("_mounts",)
    _mounts: "tuple[Mount, ...]"

    @property
    def mounts(self) -> "tuple[Mount, ...]":
        """The ``--mount`` flags, read."""
        try:
            return self._mounts
        except AttributeError:
            from dlint.parser.dockerfile.mounts import read_mounts

            self._mounts = read_mounts(self.flags)
            return self._mounts


class Cmd(CommandInstruction):
    """``CMD command``."""

    __slots__ = ()


class Entrypoint(CommandInstruction):
    """``ENTRYPOINT command``."""

    __slots__ = ()


class Shell(CommandInstruction):
    """``SHELL ["executable", ...]``."""

    __slots__ = ()


class Healthcheck(CommandInstruction):
    """``HEALTHCHECK [options] CMD command`` or ``HEALTHCHECK NONE``."""

    __slots__ = ("command", "kind")
    kind: Word
    command: MappedText

    @property
    def command_text(self) -> MappedText:
        """The command after ``CMD``."""
        return self.command


class Transfer(Instruction):
    """COPY and ADD: sources, of which some may be heredocs, and a destination."""

    __slots__ = ("destination", "sources")
    sources: tuple[Word, ...]
    destination: Word


class Copy(Transfer):
    """``COPY [--from=stage] source... destination``."""

    __slots__ = ()

    @property
    def from_flag(self) -> Flag | None:
        """The ``--from`` flag."""
        return self.flag("from")


class Add(Transfer):
    """``ADD source... destination``."""

    __slots__ = ()


class WordList(Instruction):
    """Instructions whose arguments are plain words: EXPOSE and VOLUME."""

    __slots__ = ("words",)
    words: tuple[Word, ...]


class Expose(WordList):
    """``EXPOSE port[/protocol] ...``."""

    __slots__ = ()


class Volume(WordList):
    """``VOLUME path ...``."""

    __slots__ = ()


class Single(Instruction):
    """Instructions with exactly one argument."""

    __slots__ = ("value",)
    value: Word


class User(Single):
    """``USER name[:group]``."""

    __slots__ = ()


class Workdir(Single):
    """``WORKDIR path``."""

    __slots__ = ()


class StopSignal(Single):
    """``STOPSIGNAL signal``."""

    __slots__ = ()


class Maintainer(Single):
    """``MAINTAINER name``."""

    __slots__ = ()


class Onbuild(Instruction):
    """``ONBUILD instruction``."""

    __slots__ = ("trigger",)
    trigger: Instruction


class Invalid(Instruction):
    """An instruction that BuildKit refuses; ``problem`` says why."""

    __slots__ = ()


class Dockerfile:
    """A parsed Dockerfile."""

    __slots__ = (
        "blank_continuations", "comments", "directives", "escape", "instructions", "problems", "source",
    )  # fmt: skip

    def __init__(self, source: Source) -> None:
        self.source = source
        self.escape = "\\"
        self.directives: tuple[Directive, ...] = ()
        self.instructions: tuple[Instruction, ...] = ()
        self.comments: tuple[Comment, ...] = ()
        """All comments in file order, without directives and heredoc bodies."""
        self.problems: tuple[Problem, ...] = ()
        self.blank_continuations: tuple[tuple[Instruction, tuple[Span, ...]], ...] = ()
        """Instructions with empty lines between their continued lines, and those lines."""

    def directive(self, name: str) -> Directive | None:
        """Return the directive called *name* (lower case)."""
        for directive in self.directives:
            if directive.name == name:
                return directive
        return None

    def tokens(self) -> "Iterator[Token]":
        """Yield the tokens of the file; their texts joined are the file."""
        from dlint.parser.dockerfile.tokens import tokens

        return tokens(self)

    def walk(self) -> "Iterator[Instruction]":
        """Yield every instruction, and after an ONBUILD the one it defers."""
        for instruction in self.instructions:
            yield instruction
            if isinstance(instruction, Onbuild):
                yield instruction.trigger
