"""The grammar of POSIX sh and of what bash adds to it, as far as a RUN may use it.

Recursive descent with a bounded depth. Nothing raises: what cannot be read becomes a
:class:`ShellProblem`, and reading goes on after it.
"""

from dlint.parser.mapped import MappedText
from dlint.parser.shell.ast import (
    AndOr,
    Compound,
    HereDocument,
    Pipeline,
    Redirection,
    Script,
    Sequence,
    ShellProblem,
    SimpleCommand,
    Word,
)
from dlint.parser.shell.compound import CompoundReader
from dlint.parser.shell.words import PLAIN_WORD, WordReader
from dlint.regex import lazy
from dlint.text import Span

MAX_DEPTH = 50

_SPACE = lazy(r"(?:[ \t\r]|\\\n)*")
_SPACE_AND_COMMENT = lazy(r"(?:[ \t\r]|\\\n)*(?:#[^\n]*)?")
_REDIRECTION = lazy(r"(?:\d+|\{\w+\})?(?:<<<|<<-|<<|<>|<&|>&|>>|>\||<(?!\()|>(?!\())|&>>|&>")
_ASSIGNMENT = lazy(r"[A-Za-z_]\w*(?:\[[^\]\s]*\])?\+?=")
_FUNCTION_PARENTHESES = lazy(r"[ \t]*\([ \t]*\)")
_TEST_COMMANDS = frozenset({"[", "test", "[[", "command", "which", "grep", "type", "hash"})
_CLOSERS = frozenset({"then", "else", "elif", "fi", "do", "done", "esac", "}"})
_OPENERS = frozenset({"if", "while", "until", "for", "select", "case", "{", "function", "((", "[["})


def parse(text: MappedText) -> Script:
    """Return the tree of a script; never raises."""
    parser = Parser(text)
    return parser.script(0, len(text.text))


class Parser:
    """Reads ``text[position:end]``; both move when a substitution is read."""

    def __init__(self, text: MappedText) -> None:
        self.map = text
        self.text = text.text
        self.position = 0
        self.end = len(text.text)
        self.depth = 0
        self.conditional = 0
        self.commands: list[SimpleCommand] = []
        self.problems: list[ShellProblem] = []
        self.pending: list[tuple[Redirection, str, bool]] = []

    # Scripts ---------------------------------------------------------------------------

    def script(self, start: int, end: int) -> Script:
        """Read a whole script."""
        sequence = self.sequence_to_end()
        self.commands.sort(key=lambda command: command.start)
        return Script(self.map, start, end, sequence, tuple(self.commands), tuple(self.problems))

    def sequence_to_end(self) -> Sequence:
        """Read and-or lists up to ``end``, stepping over what cannot begin one."""
        start = self.position
        items: list[AndOr] = []
        while True:
            items.extend(self.sequence().items)
            if self.position >= self.end:
                return Sequence(self.map, start, self.end, tuple(items))
            word = PLAIN_WORD.match(self.text, self.position, self.end)
            stop = word.end() if word else self.position + 1
            self.problem(f"unexpected {self.text[self.position : stop]!r}", self.position, stop)
            self.position = stop

    def substitution(self) -> Script:
        """Read the inside of ``$(``, ``<(`` or ``>(`` and the closing parenthesis."""
        start, first = self.position, len(self.commands)
        pending, self.pending = self.pending, []
        sequence = Sequence(self.map, start, start, ())
        if self.enter(start):
            sequence = self.sequence()
            self.leave()
        end = self.position
        if not self.text.startswith(")", end) or end >= self.end:
            self.problem("a closing ')' is missing", start)
            end = self.position = self.end
        else:
            self.position += 1
        self.pending = pending
        return Script(self.map, start, end, sequence, tuple(self.commands[first:]), ())

    def inner(self, start: int, end: int) -> Script:
        """Read ``text[start:end]`` as a script of its own (between backquotes)."""
        saved = self.position, self.end, self.pending
        first = len(self.commands)
        self.position, self.end, self.pending = start, end, []
        sequence = Sequence(self.map, start, end, ())
        if self.enter(start):
            sequence = self.sequence_to_end()
            self.leave()
        self.position, self.end, self.pending = saved
        return Script(self.map, start, end, sequence, tuple(self.commands[first:]), ())

    def expansions(self, start: int, end: int) -> tuple[Script, ...]:
        """Read the substitutions in ``text[start:end]``, which is otherwise no shell."""
        if "$(" not in self.text[start:end] and "`" not in self.text[start:end]:
            return ()
        saved = self.position, self.end, self.pending
        self.position, self.end, self.pending = start, end, []
        reader = WordReader(self)
        if self.enter(start):
            reader.read_expansions()
            self.leave()
        self.position, self.end, self.pending = saved
        return tuple(reader.scripts)

    def enter(self, start: int) -> bool:
        """Go one level down; False, and to the end of the text, when that is too deep."""
        if self.depth >= MAX_DEPTH:
            self.problem("nested too deeply to be read", start)
            self.position = self.end
            return False
        self.depth += 1
        return True

    def leave(self) -> None:
        """Go one level up."""
        self.depth -= 1

    def problem(self, message: str, start: int, end: int | None = None) -> None:
        """Note a place that could not be read."""
        self.problems.append(ShellProblem(self.map, start, end or self.end, message))

    # Blanks ----------------------------------------------------------------------------

    def skip_blanks(self) -> None:
        match = _SPACE_AND_COMMENT.match(self.text, self.position, self.end)
        assert match is not None
        self.position = match.end()

    def skip_newlines(self) -> None:
        """Skip blanks, comments and line feeds."""
        self.skip_blanks()
        while self.position < self.end and self.text[self.position] == "\n":
            self.newline()
            self.skip_blanks()

    def newline(self) -> None:
        """Take a line feed and the bodies of heredocs announced before it."""
        self.position += 1
        pending, self.pending = self.pending, []
        for redirection, delimiter, is_quoted in pending:
            self.heredoc_body(redirection, delimiter, is_quoted)

    def heredoc_body(self, redirection: Redirection, delimiter: str, is_quoted: bool) -> None:
        strip_tabs = redirection.operator.endswith("-")
        start = self.position
        while self.position < self.end:
            feed = self.text.find("\n", self.position, self.end)
            stop = self.end if feed < 0 else feed
            line = self.text[self.position : stop].rstrip("\r")
            body_end = self.position
            self.position = min(stop + 1, self.end)
            if (line.lstrip("\t") if strip_tabs else line) == delimiter:
                break
        else:
            body_end = self.end
            self.problem(f"heredoc {delimiter} is never closed", redirection.start, redirection.end)
        redirection.document = HereDocument(self.map, start, body_end, is_quoted=is_quoted, strip_tabs=strip_tabs)
        if not is_quoted:
            self.expansions(start, body_end)

    # Lists -----------------------------------------------------------------------------

    def sequence(self) -> Sequence:
        """Read ``and_or ((';' | '&' | newline) and_or)*``."""
        self.skip_newlines()
        start = self.position
        items: list[AndOr] = []
        while self.position < self.end:
            item = self.and_or()
            if item is None:
                break
            items.append(item)
            self.skip_blanks()
            character = self.text[self.position : self.position + 1] if self.position < self.end else ""
            if character == ";" and not self.text.startswith((";;", ";&"), self.position):
                self.position += 1
            elif character == "&":
                item.is_background = True
                self.position += 1
            elif character != "\n":
                break
            self.skip_newlines()
        return Sequence(self.map, start, self.position, tuple(items))

    def and_or(self) -> AndOr | None:
        """Read ``pipeline (('&&' | '||') newlines pipeline)*``."""
        first = len(self.commands)
        pipeline = self.pipeline()
        if pipeline is None:
            return None
        pipelines, operators = [pipeline], []
        outer = self.conditional
        after_test = _is_test(pipeline)
        while True:
            self.skip_blanks()
            operator = self.text[self.position : self.position + 2]
            if operator not in ("&&", "||") or self.position + 2 > self.end:
                break
            self.position += 2
            self.skip_newlines()
            self.conditional = outer + (after_test or operator == "||")
            following = self.pipeline()
            self.conditional = outer
            if following is None:
                self.problem(f"a command is missing after {operator}", self.position - 1)
                break
            after_test = after_test or (operator == "&&" and _is_test(following))
            pipelines.append(following)
            operators.append(operator)
        end = pipelines[-1].end
        and_or = AndOr(self.map, pipeline.start, end, tuple(pipelines), tuple(operators))
        for command in self.commands[first:]:
            if command.and_or is None:
                command.and_or = and_or
        return and_or

    def pipeline(self) -> Pipeline | None:
        """Read ``'!'? command ('|' newlines command)*``."""
        self.skip_blanks()
        start = self.position
        is_negated = False
        while self.text.startswith("!", self.position) and self.text[self.position + 1 : self.position + 2] in (
            " ",
            "\t",
        ):
            is_negated = True
            self.position += 1
            self.skip_blanks()
        first = self.command()
        if first is None:
            if is_negated:
                self.problem("a command is missing after !", start)
            return None
        elements, operators = [first], []
        while True:
            self.skip_blanks()
            place = self.position
            if place >= self.end or self.text[place] != "|" or self.text.startswith("||", place):
                break
            self.position += 2 if self.text.startswith("|&", place) else 1
            operators.append(Span(place, self.position))
            self.skip_newlines()
            element = self.command()
            if element is None:
                self.problem("a command is missing after |", place)
                break
            elements.append(element)
        end = elements[-1].end
        pipeline = Pipeline(self.map, start, end, tuple(elements), tuple(operators), is_negated=is_negated)
        for element in elements:
            if isinstance(element, SimpleCommand):
                element.pipeline = pipeline
        return pipeline

    # Commands --------------------------------------------------------------------------

    def command(self) -> SimpleCommand | Compound | None:
        """Read a simple or compound command; None where neither can begin."""
        start = self.position
        if start >= self.end:
            return None
        character = self.text[start]
        if character == "(":
            return CompoundReader(self).parenthesis()
        if character in ")\n;|" or (character == "&" and not self.text.startswith("&>", start)):
            return None
        match = PLAIN_WORD.match(self.text, start, self.end)
        if match:
            word = match[0]
            if word in _CLOSERS:
                return None
            if word in _OPENERS:
                return CompoundReader(self).compound(word, match.end())
            parentheses = _FUNCTION_PARENTHESES.match(self.text, match.end(), self.end)
            if parentheses:
                self.position = parentheses.end()
                return CompoundReader(self).function(start, Word(self.map, start, match.end(), word))
        return self.simple_command()

    def simple_command(self) -> SimpleCommand | None:
        """Read assignments, words and redirections up to an operator."""
        start = end = self.position
        text, limit = self.text, self.end
        assignments: list[Word] = []
        words: list[Word] = []
        redirections: list[Redirection] = []
        while True:
            match = _SPACE.match(text, self.position, limit)
            assert match is not None
            position = self.position = match.end()
            if position >= limit:
                break
            character = text[position]
            if character in ";|)\n" or (character == "#" and position > start):
                break
            if character in "<>&0123456789{":
                redirection = self.redirection()
                if redirection:
                    redirections.append(redirection)
                    end = self.position
                    continue
                if character == "&":
                    break
            if character == "(":
                self.problem("unexpected '('", position, position + 1)
                self.position += 1
                continue
            word = self.word()
            if not words and _ASSIGNMENT.match(word.text):
                word = self.array(word)
                assignments.append(word)
            else:
                words.append(word)
            end = self.position
        if end == start:
            return None
        command = SimpleCommand(
            self.map, start, end, tuple(assignments), tuple(words), tuple(redirections),
            is_conditional=self.conditional > 0,
        )  # fmt: skip
        self.commands.append(command)
        return command

    def word(self) -> Word:
        """Read the word at the position."""
        start = self.position
        match = PLAIN_WORD.match(self.text, start, self.end)
        if match:
            self.position = match.end()
            return Word(self.map, start, self.position, match[0])
        return WordReader(self).read()

    def array(self, word: Word) -> Word:
        """Read on through ``NAME=(...)``."""
        if not self.text.startswith("(", self.position) or not word.text.endswith("="):
            return word
        self.position += 1
        scripts = list(word.scripts)
        while True:
            self.skip_newlines()
            if self.position >= self.end or self.text[self.position] in ";&|<>()":
                break
            scripts.extend(self.word().scripts)
        if self.position < self.end and self.text[self.position] == ")":
            self.position += 1
        value = self.text[word.start : self.position]
        return Word(self.map, word.start, self.position, value, is_literal=False, scripts=tuple(scripts))

    def redirection(self) -> Redirection | None:
        """Read a redirection, if one stands here."""
        match = _REDIRECTION.match(self.text, self.position, self.end)
        if not match:
            return None
        start = self.position
        self.position = match.end()
        space = _SPACE.match(self.text, self.position, self.end)
        assert space is not None
        self.position = space.end()
        target = None
        if self.position < self.end and self.text[self.position] not in ";|&\n()":
            target = self.word()
        if target is None:
            self.problem("a redirection without a target", start, match.end())
        redirection = Redirection(self.map, start, self.position, match[0], target)
        if target and match[0].lstrip("0123456789") in ("<<", "<<-"):
            self.pending.append((redirection, target.value, target.is_quoted))
        return redirection


def _is_test(pipeline: Pipeline) -> bool:
    """Whether what follows with ``&&`` depends on a condition rather than on success."""
    last = pipeline.elements[-1]
    if isinstance(last, Compound):
        return last.kind == "arithmetic"
    return bool(last.words) and last.words[0].value in _TEST_COMMANDS
