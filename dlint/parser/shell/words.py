"""Words of a shell script: quotes, escapes, variables and substitutions."""

from dlint import regex
from dlint.parser.shell.ast import Script, Word
from dlint.regex import lazy

TYPE_CHECKING = False
if TYPE_CHECKING:
    from dlint.parser.shell.parser import Parser

# A word made of nothing but these, up to something that ends a word, needs no further look.
PLAIN_WORD = lazy(r"[^ \t\r\n;&|<>()'\"\\$`]+(?=[ \t\r\n;&|<>()]|\Z)")
_PLAIN_RUN = lazy(r"[^ \t\r\n;&|<>()'\"\\$`]+")
_IN_DOUBLE_QUOTES = lazy(r'[^"\\$`]+')
_EXPANSION = lazy(r"\\.?|[$`]", regex.DOTALL)
_PARAMETER = lazy(r"[A-Za-z_]\w*|[0-9@*#?\-$!]")
_ANSI_ESCAPE = lazy(r"\\(?:x[0-9a-fA-F]{1,2}|[0-7]{1,3}|u[0-9a-fA-F]{1,4}|.)", regex.DOTALL)
_ANSI = {"n": "\n", "t": "\t", "r": "\r", "a": "\a", "b": "\b", "e": "\x1b", "f": "\f", "v": "\v"}
_ENDS_WORD = frozenset(" \t\r\n;&|<>()")


class WordReader:
    """Reads one word with quotes or expansions; the parser's position is left after it."""

    __slots__ = ("is_literal", "is_quoted", "parser", "pieces", "scripts")

    def __init__(self, parser: "Parser") -> None:
        self.parser = parser
        self.pieces: list[str] = []
        self.is_literal = True
        self.is_quoted = False
        self.scripts: list[Script] = []

    def read(self) -> Word:
        """Return the word at the parser's position."""
        parser = self.parser
        text, end, start = parser.text, parser.end, parser.position
        while parser.position < end:
            character = text[parser.position]
            if character in _ENDS_WORD:
                if not self._process_substitution(character):
                    break
            elif character == "'":
                self._single_quotes()
            elif character == '"':
                self._double_quotes()
            elif character == "\\":
                self._escape()
            elif character == "$":
                self._dollar()
            elif character == "`":
                self._backquotes()
            else:
                match = _PLAIN_RUN.match(text, parser.position, end)
                assert match is not None
                self.pieces.append(match[0])
                parser.position = match.end()
        return Word(
            parser.map, start, parser.position, "".join(self.pieces),
            is_literal=self.is_literal, is_quoted=self.is_quoted, scripts=tuple(self.scripts),
        )  # fmt: skip

    def _process_substitution(self, character: str) -> bool:
        parser = self.parser
        if character in "<>" and parser.text.startswith("(", parser.position + 1):
            start = parser.position
            parser.position += 2
            self._substitution(start)
            return True
        return False

    def _single_quotes(self) -> None:
        parser = self.parser
        start = parser.position + 1
        end = parser.text.find("'", start, parser.end)
        if end < 0:
            parser.problem("a closing single quote is missing", start - 1)
            end = parser.end
        self.pieces.append(parser.text[start:end])
        self.is_quoted = True
        parser.position = min(end + 1, parser.end)

    def _escape(self) -> None:
        parser = self.parser
        character = parser.text[parser.position + 1 : min(parser.position + 2, parser.end)]
        parser.position = min(parser.position + 2, parser.end)
        if character != "\n":
            self.pieces.append(character)
            self.is_quoted = True

    def _double_quotes(self) -> None:
        parser = self.parser
        text, end, start = parser.text, parser.end, parser.position
        parser.position += 1
        self.is_quoted = True
        while parser.position < end:
            character = text[parser.position]
            if character == '"':
                parser.position += 1
                return
            if character == "\\":
                following = text[parser.position + 1 : min(parser.position + 2, end)]
                if following in ("$", "`", '"', "\\"):
                    self.pieces.append(following)
                elif following != "\n":
                    self.pieces.append("\\" + following)
                parser.position = min(parser.position + 2, end)
            elif character == "$":
                self._dollar(in_quotes=True)
            elif character == "`":
                self._backquotes()
            else:
                match = _IN_DOUBLE_QUOTES.match(text, parser.position, end)
                assert match is not None
                self.pieces.append(match[0])
                parser.position = match.end()
        parser.problem("a closing double quote is missing", start)

    def _dollar(self, *, in_quotes: bool = False) -> None:
        parser = self.parser
        text, start = parser.text, parser.position
        following = text[start + 1 : min(start + 2, parser.end)]
        if following == "(":
            if text.startswith("((", start + 1) and self._arithmetic():
                return
            parser.position = start + 2
            self._substitution(start)
        elif following == "{":
            self._braces()
        elif following == "'" and not in_quotes:
            self._ansi_quotes()
        elif following == '"' and not in_quotes:
            parser.position += 1
        else:
            match = _PARAMETER.match(text, start + 1, parser.end)
            parser.position = match.end() if match else start + 1
            self.pieces.append(text[start : parser.position])
            self.is_literal = self.is_literal and match is None

    def _substitution(self, start: int) -> None:
        parser = self.parser
        self.scripts.append(parser.substitution())
        self._expansion(start)

    def _expansion(self, start: int) -> None:
        self.is_literal = False
        self.pieces.append(self.parser.text[start : self.parser.position])

    def _backquotes(self) -> None:
        parser = self.parser
        start = parser.position
        close = start + 1
        while close < parser.end and parser.text[close] != "`":
            close += 2 if parser.text[close] == "\\" else 1
        if close >= parser.end:
            parser.problem("a closing backquote is missing", start)
        self.scripts.append(parser.inner(start + 1, min(close, parser.end)))
        parser.position = min(close + 1, parser.end)
        self._expansion(start)

    def _arithmetic(self) -> bool:
        """Read ``$((...))``; False if the parentheses do not close as a pair."""
        parser = self.parser
        start = parser.position
        close = closing_parentheses(parser.text, start + 3, parser.end)
        if close is None:
            return False
        self.scripts.extend(parser.expansions(start + 3, close - 2))
        parser.position = close
        self._expansion(start)
        return True

    def read_expansions(self) -> None:
        """Read the substitutions up to the end of the text and pass over all else."""
        parser = self.parser
        while parser.position < parser.end:
            match = _EXPANSION.search(parser.text, parser.position, parser.end)
            if match is None:
                parser.position = parser.end
            elif match[0] == "$":
                parser.position = match.start()
                self._dollar(in_quotes=True)
            elif match[0] == "`":
                parser.position = match.start()
                self._backquotes()
            else:
                parser.position = match.end()

    def _braces(self) -> None:
        """Read ``${...}``, whose inside may hold quotes and substitutions."""
        parser = self.parser
        text, end, start = parser.text, parser.end, parser.position
        parser.position += 2
        inner = WordReader(parser)
        if not parser.enter(start):
            return
        while parser.position < end and text[parser.position] != "}":
            character = text[parser.position]
            if character == "$":
                inner._dollar(in_quotes=True)
            elif character == "`":
                inner._backquotes()
            elif character == '"':
                inner._double_quotes()
            elif character == "'" and text.find("'", parser.position + 1, end) > 0:
                inner._single_quotes()
            else:
                parser.position += 2 if character == "\\" else 1
        parser.leave()
        if parser.position >= end:
            parser.problem("a closing '}' is missing", start)
        parser.position = min(parser.position + 1, end)
        self.scripts.extend(inner.scripts)
        self._expansion(start)

    def _ansi_quotes(self) -> None:
        parser = self.parser
        start = parser.position
        close = start + 2
        while close < parser.end and parser.text[close] != "'":
            close += 2 if parser.text[close] == "\\" else 1
        if close >= parser.end:
            parser.problem("a closing single quote is missing", start)
            close = parser.end
        self.pieces.append(_ANSI_ESCAPE.sub(_ansi_character, parser.text[start + 2 : close]))
        self.is_quoted = True
        parser.position = min(close + 1, parser.end)


def _ansi_character(match: "regex.Match[str]") -> str:
    body = match[0][1:]
    if body[0] in "xu" and len(body) > 1:
        return chr(int(body[1:], 16))
    if body[0].isdigit() and body[0] < "8":
        return chr(int(body, 8) & 0xFF)
    return _ANSI.get(body, body)


def closing_parentheses(text: str, start: int, end: int) -> int | None:
    """Return the index after the ``))`` that closes an arithmetic expression."""
    depth, position = 0, start
    while position < end:
        character = text[position]
        if character == "(":
            depth += 1
        elif character == ")":
            if depth == 0:
                return position + 2 if text.startswith("))", position) else None
            depth -= 1
        elif character in ";\n" and depth == 0:
            return None
        position += 1
    return None
