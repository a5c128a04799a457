"""The tree of a shell script.

Indices (``start``, ``end``) count characters of the script's text; ``span`` maps them to the
file through continuation lines and whatever else the text was put together from.
"""

from dlint.parser.mapped import MappedText
from dlint.text import Span


class Node:
    """A piece of a script."""

    __slots__ = ("end", "map", "start")

    def __init__(self, map_: MappedText, start: int, end: int) -> None:
        self.map = map_
        self.start = start
        self.end = end

    @property
    def span(self) -> Span:
        """The place in the file."""
        return self.map.span(self.start, self.end)

    @property
    def text(self) -> str:
        """The text as written."""
        return self.map.text[self.start : self.end]


class Word(Node):
    """One word of a command.

    *value* is the text after quote removal; variables and substitutions stay as written, and
    *is_literal* says that there are none.
    """

    __slots__ = ("is_literal", "is_quoted", "scripts", "value")

    def __init__(
        self,
        map_: MappedText,
        start: int,
        end: int,
        value: str,
        *,
        is_literal: bool = True,
        is_quoted: bool = False,
        scripts: "tuple[Script, ...]" = (),
    ) -> None:
        self.map = map_
        self.start = start
        self.end = end
        self.value = value
        self.is_literal = is_literal
        self.is_quoted = is_quoted
        """Whether any part of it was quoted or escaped."""
        self.scripts = scripts
        """Command and process substitutions in it."""

    def __repr__(self) -> str:
        return f"Word({self.value!r})"


class HereDocument(Node):
    """The body of a heredoc inside a script; ``text`` is the body as written."""

    __slots__ = ("is_quoted", "strip_tabs")

    def __init__(self, map_: MappedText, start: int, end: int, *, is_quoted: bool, strip_tabs: bool) -> None:
        super().__init__(map_, start, end)
        self.is_quoted = is_quoted
        self.strip_tabs = strip_tabs

    def body(self) -> MappedText:
        """Return the text the command reads, mapped to the file."""
        body = self.map.slice(self.start, self.end)
        if not self.strip_tabs or "\t" not in body.text:
            return body
        pieces, index = [], 0
        for line in body.text.splitlines(keepends=True):
            text = line.lstrip("\t")
            pieces.append((text, index + len(line) - len(text)))
            index += len(line)
        return body.compose(MappedText.join(pieces))


class Redirection(Node):
    """A redirection: ``2> file``, ``<< EOF``, ``>&2``."""

    __slots__ = ("document", "operator", "target")

    def __init__(self, map_: MappedText, start: int, end: int, operator: str, target: Word | None) -> None:
        super().__init__(map_, start, end)
        self.operator = operator
        """With its file descriptor, if one was written."""
        self.target = target
        self.document: HereDocument | None = None

    @property
    def writes(self) -> bool:
        """Whether it sends output somewhere else."""
        return ">" in self.operator


class SimpleCommand(Node):
    """Assignments, words and redirections: ``A=1 cmd arg > file``."""

    __slots__ = ("and_or", "assignments", "is_conditional", "pipeline", "redirections", "words")
    and_or: "AndOr | None"
    pipeline: "Pipeline | None"

    def __init__(
        self,
        map_: MappedText,
        start: int,
        end: int,
        assignments: tuple[Word, ...],
        words: tuple[Word, ...],
        redirections: tuple[Redirection, ...],
        *,
        is_conditional: bool,
    ) -> None:
        self.map = map_
        self.start = start
        self.end = end
        self.assignments = assignments
        """``NAME=value`` words in front of the command."""
        self.words = words
        self.redirections = redirections
        self.is_conditional = is_conditional
        """Whether it may not run: in a branch, a loop, a function, after ``||`` or a test."""
        self.pipeline = None
        self.and_or = None

    def __repr__(self) -> str:
        return f"SimpleCommand({' '.join(word.value for word in self.words)!r})"


class Compound(Node):
    """A compound command: *kind* names it, *parts* are its scripts with their roles.

    Kinds: subshell, group, if, while, until, for, select, case, function, arithmetic.
    Roles: condition, body, else.
    """

    __slots__ = ("kind", "parts", "redirections", "words")

    def __init__(self, map_: MappedText, start: int, kind: str) -> None:
        super().__init__(map_, start, start)
        self.kind = kind
        self.parts: list[tuple[str, Sequence]] = []
        self.words: tuple[Word, ...] = ()
        """The words a ``for`` or ``case`` works on; the name of a function."""
        self.redirections: tuple[Redirection, ...] = ()


class Pipeline(Node):
    """Commands joined by ``|``; *is_negated* for a leading ``!``."""

    __slots__ = ("elements", "is_negated", "operators")

    def __init__(
        self,
        map_: MappedText,
        start: int,
        end: int,
        elements: "tuple[SimpleCommand | Compound, ...]",
        operators: tuple[Span, ...],
        *,
        is_negated: bool,
    ) -> None:
        super().__init__(map_, start, end)
        self.elements = elements
        self.operators = operators
        """Indices of each ``|`` in the text."""
        self.is_negated = is_negated


class AndOr(Node):
    """Pipelines joined by ``&&`` and ``||``."""

    __slots__ = ("is_background", "operators", "pipelines")

    def __init__(
        self, map_: MappedText, start: int, end: int, pipelines: tuple[Pipeline, ...], operators: tuple[str, ...]
    ) -> None:
        super().__init__(map_, start, end)
        self.pipelines = pipelines
        self.operators = operators
        """The operator before each pipeline but the first."""
        self.is_background = False


class Sequence(Node):
    """And-or lists one after the other."""

    __slots__ = ("items",)

    def __init__(self, map_: MappedText, start: int, end: int, items: tuple[AndOr, ...]) -> None:
        super().__init__(map_, start, end)
        self.items = items


class ShellProblem(Node):
    """A place the parser could not read."""

    __slots__ = ("message",)

    def __init__(self, map_: MappedText, start: int, end: int, message: str) -> None:
        super().__init__(map_, start, end)
        self.message = message


class Script(Node):
    """A parsed script or substitution.

    *commands* are all simple commands anywhere in it, substitutions included, in the order
    of their text.
    """

    __slots__ = ("commands", "problems", "sequence")

    def __init__(
        self,
        map_: MappedText,
        start: int,
        end: int,
        sequence: Sequence,
        commands: tuple[SimpleCommand, ...],
        problems: tuple[ShellProblem, ...],
    ) -> None:
        super().__init__(map_, start, end)
        self.sequence = sequence
        self.commands = commands
        self.problems = problems
