"""Compound commands: conditions, loops, groups, functions and tests."""

from dlint.parser.shell.ast import AndOr, Compound, Pipeline, Sequence, SimpleCommand, Word
from dlint.parser.shell.words import PLAIN_WORD, closing_parentheses
from dlint.regex import lazy

TYPE_CHECKING = False
if TYPE_CHECKING:
    from dlint.parser.shell.parser import Parser

_SPACE = lazy(r"(?:[ \t\r]|\\\n)*")
_FUNCTION_PARENTHESES = lazy(r"[ \t]*\([ \t]*\)")


class CompoundReader:
    """Reads one compound command where its parser stands."""

    def __init__(self, parser: "Parser") -> None:
        self.parser = parser

    def compound(self, word: str, after: int) -> SimpleCommand | Compound | None:
        """Read the compound command that begins with a reserved word."""
        start = self.parser.position
        if word == "[[":
            return self.double_brackets()
        if not self.parser.enter(start):
            return None
        self.parser.position = after
        node = Compound(self.parser.map, start, {"{": "group"}.get(word, word))
        if word == "if":
            self.if_clauses(node)
        elif word in ("while", "until"):
            self.part(node, "condition")
            self.do_group(node)
        elif word in ("for", "select"):
            self.for_header(node)
            self.do_group(node)
        elif word == "case":
            self.case_clauses(node)
        elif word == "{":
            self.part(node, "body")
            self.expect("}", start)
        else:
            self.named_function(node)
        self.parser.leave()
        return self.finish(node)

    def finish(self, node: Compound) -> Compound:
        """Read the redirections after a compound command."""
        redirections = []
        while True:
            space = _SPACE.match(self.parser.text, self.parser.position, self.parser.end)
            assert space is not None
            place = self.parser.position
            self.parser.position = space.end()
            redirection = self.parser.redirection() if self.parser.position < self.parser.end else None
            if redirection is None:
                self.parser.position = place
                break
            redirections.append(redirection)
        node.redirections = tuple(redirections)
        node.end = self.parser.position
        return node

    def part(self, node: Compound, role: str, *, conditional: bool = False) -> None:
        """Read a list that is part of a compound command."""
        self.parser.conditional += conditional
        node.parts.append((role, self.parser.sequence()))
        self.parser.conditional -= conditional

    def expect(self, word: str, start: int) -> bool:
        """Take a reserved word, or note that it is missing."""
        self.parser.skip_newlines()
        match = PLAIN_WORD.match(self.parser.text, self.parser.position, self.parser.end)
        if match and match[0] == word:
            self.parser.position = match.end()
            return True
        self.parser.problem(f"{word!r} is missing", start, self.parser.position or None)
        return False

    def at(self, *words: str) -> str:
        """Return the reserved word at the position, if it is one of *words*."""
        self.parser.skip_newlines()
        match = PLAIN_WORD.match(self.parser.text, self.parser.position, self.parser.end)
        return match[0] if match and match[0] in words else ""

    def if_clauses(self, node: Compound) -> None:
        self.part(node, "condition")
        self.expect("then", node.start)
        self.part(node, "body", conditional=True)
        while self.at("elif"):
            self.parser.position += 4
            self.parser.conditional += 1
            self.part(node, "condition")
            self.parser.conditional -= 1
            self.expect("then", node.start)
            self.part(node, "body", conditional=True)
        if self.at("else"):
            self.parser.position += 4
            self.part(node, "else", conditional=True)
        self.expect("fi", node.start)

    def do_group(self, node: Compound) -> None:
        self.parser.skip_blanks()
        if self.parser.position < self.parser.end and self.parser.text[self.parser.position] == ";":
            self.parser.position += 1
        if self.at("{"):
            self.parser.position += 1
            self.part(node, "body", conditional=True)
            self.expect("}", node.start)
            return
        if self.expect("do", node.start):
            self.part(node, "body", conditional=True)
            self.expect("done", node.start)

    def for_header(self, node: Compound) -> None:
        self.parser.skip_blanks()
        if self.parser.text.startswith("((", self.parser.position):
            close = closing_parentheses(self.parser.text.replace(";", ","), self.parser.position + 2, self.parser.end)
            self.parser.position = close or self.parser.end
            return
        words = []
        if self.parser.position < self.parser.end and self.parser.text[self.parser.position] not in ";&|()<>\n":
            self.parser.word()
        if self.at("in"):
            self.parser.position += 2
            while True:
                self.parser.skip_blanks()
                if self.parser.position >= self.parser.end or self.parser.text[self.parser.position] in ";&|()\n":
                    break
                before = self.parser.position
                words.append(self.parser.word())
                if self.parser.position == before:
                    break
        node.words = tuple(words)

    def case_clauses(self, node: Compound) -> None:
        self.parser.skip_blanks()
        if self.parser.position < self.parser.end and self.parser.text[self.parser.position] not in ";&|()<>\n":
            node.words = (self.parser.word(),)
        if not self.expect("in", node.start):
            return
        while not self.at("esac"):
            if not self.case_pattern():
                self.parser.problem("a case pattern is missing", self.parser.position, self.parser.position + 1)
                break
            self.part(node, "body", conditional=True)
            self.parser.skip_newlines()
            for separator in (";;&", ";;", ";&"):
                if self.parser.text.startswith(separator, self.parser.position):
                    self.parser.position += len(separator)
                    break
            else:
                break
        self.expect("esac", node.start)

    def case_pattern(self) -> bool:
        """Read ``'('? word ('|' word)* ')'``."""
        if self.parser.position < self.parser.end and self.parser.text[self.parser.position] == "(":
            self.parser.position += 1
        depth = 0
        while self.parser.position < self.parser.end:
            self.parser.skip_newlines()
            character = self.parser.text[self.parser.position : self.parser.position + 1]
            if character == ")":
                self.parser.position += 1
                if depth == 0:
                    return True
                depth -= 1
            elif character == "(":
                # An extended glob, +(a|b).
                depth += 1
                self.parser.position += 1
            elif character == "|":
                self.parser.position += 1
            elif not character or character in ";&<>":
                return False
            else:
                self.parser.word()
        return False

    def parenthesis(self) -> Compound | None:
        """Read a subshell or ``((...))``."""
        start = self.parser.position
        if self.parser.text.startswith("((", start):
            close = closing_parentheses(self.parser.text, start + 2, self.parser.end)
            if close is not None:
                node = Compound(self.parser.map, start, "arithmetic")
                self.parser.position = close
                return self.finish(node)
        if not self.parser.enter(start):
            return None
        node = Compound(self.parser.map, start, "subshell")
        self.parser.position += 1
        self.part(node, "body")
        if self.parser.position < self.parser.end and self.parser.text[self.parser.position] == ")":
            self.parser.position += 1
        else:
            self.parser.problem("a closing ')' is missing", start)
        self.parser.leave()
        return self.finish(node)

    def named_function(self, node: Compound) -> None:
        """Read what follows the word ``function``."""
        self.parser.skip_blanks()
        name = self.parser.word()
        parentheses = _FUNCTION_PARENTHESES.match(self.parser.text, self.parser.position, self.parser.end)
        if parentheses:
            self.parser.position = parentheses.end()
        self.function_body(node, name)

    def function(self, start: int, name: Word) -> Compound | None:
        """Read the body after ``name()``."""
        if not self.parser.enter(start):
            return None
        node = Compound(self.parser.map, start, "function")
        self.function_body(node, name)
        self.parser.leave()
        node.end = self.parser.position
        return node

    def function_body(self, node: Compound, name: Word) -> None:
        node.words = (name,)
        self.parser.skip_newlines()
        start = self.parser.position
        self.parser.conditional += 1
        body = self.parser.command()
        self.parser.conditional -= 1
        if body is None:
            self.parser.problem("a function without a body", node.start, self.parser.position or None)
            return
        pipeline = Pipeline(self.parser.map, start, self.parser.position, (body,), (), is_negated=False)
        and_or = AndOr(self.parser.map, start, self.parser.position, (pipeline,), ())
        node.parts.append(("body", Sequence(self.parser.map, start, self.parser.position, (and_or,))))

    def double_brackets(self) -> SimpleCommand:
        """Read ``[[ ... ]]`` as one command; its operators are words."""
        start = self.parser.position
        words: list[Word] = []
        while True:
            self.parser.skip_newlines()
            if self.parser.position >= self.parser.end:
                self.parser.problem("']]' is missing", start)
                break
            if self.parser.text[self.parser.position] in ";&|<>()":
                self.parser.position += 1
                continue
            word = self.parser.word()
            words.append(word)
            if word.text == "]]":
                break
        command = SimpleCommand(
            self.parser.map,
            start,
            self.parser.position,
            (),
            tuple(words),
            (),
            is_conditional=self.parser.conditional > 0,
        )
        self.parser.commands.append(command)
        return command
