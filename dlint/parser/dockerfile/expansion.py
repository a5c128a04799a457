"""Quotes, escapes and variables in a word, expanded as BuildKit does it.

Source: moby/buildkit, frontend/dockerfile/shell/lex.go. The modifiers are ``:-`` ``-`` ``:+``
``+`` ``:?`` ``?`` ``#`` ``##`` ``%`` ``%%`` ``/`` and ``//``.

An environment may hold :data:`UNKNOWN` as a value. What depends on it becomes UNKNOWN too, so
the result of an expansion is certain unless it contains that character.
"""

from dlint.parser.dockerfile.lines import BLANKS
from dlint.regex import lazy

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

UNKNOWN = "\0"
"""Stands for the value of a variable nobody can know from the files."""

_SPECIAL = lazy(r"[$'\"\\`<]")
# What means nothing but itself, also where a "}" or a "/" ends the text.
_PLAIN = lazy(r"[^$'\"\\`<}/]+")
_PLAIN_QUOTED = lazy(r"[^$\"\\`]+")
_NAME = lazy(r"[0-9]+|[@*#?\-$!0]|\w+")
_MAX_DEPTH = 100
# Files can ask for results of any size (ENV A=$A$A, line after line); past these bounds
# a value counts as unknown.
_MAX_RESULT = 64 * 1024
_MAX_PARTLY_KNOWN = 1024
_MAX_PATTERN_WORK = 10_000


class ExpansionError(Exception):
    """A word that BuildKit cannot expand; the message is for people."""


class Expansion:
    """What became of a word: its text, and the names of variables found and not found."""

    __slots__ = ("matched", "missing", "result", "unmatched")

    def __init__(
        self,
        result: str,
        matched: set[str],
        unmatched: set[str],
        missing: set[str] | frozenset[str] = frozenset(),
    ) -> None:
        self.result = result
        self.matched = matched
        self.unmatched = unmatched
        self.missing = missing
        """Names of *unmatched* that no modifier such as ``:-`` provides for."""

    @property
    def is_known(self) -> bool:
        """Whether nothing in the result depends on an unknown value."""
        return UNKNOWN not in self.result


class Options:
    """How a text is read."""

    __slots__ = ("escape", "keep_unset", "quotes", "raw_escapes", "raw_quotes")

    def __init__(
        self,
        escape: str = "\\",
        *,
        quotes: bool = True,
        raw_quotes: bool = False,
        raw_escapes: bool = False,
        keep_unset: bool = False,
    ) -> None:
        self.escape = escape
        self.quotes = quotes
        """Whether quotes mean anything; they do not in heredoc bodies."""
        self.raw_quotes = raw_quotes
        self.raw_escapes = raw_escapes
        self.keep_unset = keep_unset
        """Leave variables that are not set as they are written."""


def expand(word: str, environment: "Mapping[str, str]", options: Options) -> Expansion:
    """Return *word* expanded with the variables of *environment*.

    Raises ExpansionError where BuildKit would.
    """
    if not _SPECIAL.search(word):
        return Expansion(word, set(), set())
    lexer = _Lexer(word, environment, options)
    result = lexer.read(None)
    if len(result) > _MAX_PARTLY_KNOWN and UNKNOWN in result:
        result = UNKNOWN
    return Expansion(result, lexer.matched, lexer.unmatched, lexer.missing)


def split_words(text: str, options: Options) -> list[tuple[str, int, int]]:
    """Return the words between unquoted blanks: text, start and end in the original.

    Variables count as unset. Raises ExpansionError where BuildKit would.
    """
    words = _Words()
    _Lexer(text, {}, options, words).read(None)
    return words.finish(len(text))


class _Words:
    """Collects the text between unquoted blanks, with its place."""

    def __init__(self) -> None:
        self.found: list[tuple[str, int, int]] = []
        self.text = ""
        self.start = 0
        self.in_word = False

    def add(self, text: str, start: int) -> None:
        """Add text that blanks cut."""
        for character in text:
            if character not in BLANKS:
                self.add_raw(character, start)
            elif self.in_word and self.text:
                self.finish(start)

    def add_raw(self, text: str, start: int) -> None:
        if not self.text:
            self.start = start
        self.text += text
        self.in_word = True

    def finish(self, end: int) -> "list[tuple[str, int, int]]":
        if self.text:
            self.found.append((self.text, self.start, end))
            self.text = ""
            self.in_word = False
        return self.found


class _Lexer:
    def __init__(
        self, text: str, environment: "Mapping[str, str]", options: Options, words: _Words | None = None
    ) -> None:
        self.text = text
        self.environment = environment
        self.options = options
        self.position = 0
        self.depth = 0
        self.size = 0
        self.matched: set[str] = set()
        self.unmatched: set[str] = set()
        self.missing: set[str] = set()
        self.words = words

    def peek(self) -> str:
        return self.text[self.position : self.position + 1]

    def take(self) -> str:
        character = self.text[self.position : self.position + 1]
        self.position += 1
        return character

    def read(self, stop: str | None, raw_escapes: bool | None = None) -> str:
        """Read up to *stop* or the end; only the outermost call collects words."""
        self.depth += 1
        if self.depth > _MAX_DEPTH:
            raise ExpansionError("nested too deeply")
        raw = self.options.raw_escapes if raw_escapes is None else raw_escapes
        words = self.words if self.depth == 1 else None
        special: dict[str, Callable[[bool], str]] = {"$": self._dollar, "<": self._less_than}
        if self.options.quotes:
            special |= {"'": self._single_quote, '"': self._double_quote}
        result: list[str] = []
        while self.position < len(self.text):
            start = self.position
            character = self.peek()
            if character == stop:
                self.position += 1
                self.depth -= 1
                return "".join(result)
            if character in special:
                text = special[character](raw)
                if words:
                    (words.add if character == "$" else words.add_raw)(text, start)
                result.append(text)
                continue
            if words is None and (plain := _PLAIN.match(self.text, start)):
                self.position = plain.end()
                result.append(plain[0])
                continue
            self.position += 1
            if character == self.options.escape:
                if raw:
                    if words:
                        words.add_raw(character, start)
                    result.append(character)
                character = self.take()
                if not character:
                    break
                if words:
                    words.add_raw(character, start)
            elif words:
                words.add(character, start)
            result.append(character)
        self.depth -= 1
        if stop:
            raise ExpansionError(f"a matching {stop!r} is missing")
        return "".join(result)

    def _less_than(self, raw: bool) -> str:
        """Keep blanks after ``<<`` in the word, so that ``<< EOF`` is one."""
        self.position += 1
        if self.peek() != "<":
            return "<"
        self.position += 1
        start = self.position
        while self.peek() and self.peek() in " \t\r\n":
            self.position += 1
        return "<<" + self.text[start : self.position]

    def _single_quote(self, raw: bool) -> str:
        start = self.position + 1
        end = self.text.find("'", start)
        if end < 0:
            raise ExpansionError("the closing single quote is missing")
        self.position = end + 1
        inner = self.text[start:end]
        return f"'{inner}'" if self.options.raw_quotes else inner

    def _double_quote(self, raw: bool) -> str:
        self.position += 1
        quote = '"' if self.options.raw_quotes else ""
        escape = self.options.escape
        result = [quote]
        while True:
            plain = _PLAIN_QUOTED.match(self.text, self.position)
            if plain:
                self.position = plain.end()
                result.append(plain[0])
            character = self.peek()
            if not character:
                raise ExpansionError("the closing double quote is missing")
            if character == "$":
                result.append(self._dollar(raw))
                continue
            self.position += 1
            if character == '"':
                result.append(quote)
                return "".join(result)
            if character == escape:
                if raw:
                    result.append(character)
                following = self.peek()
                if not following:
                    continue
                if following in ('"', "$", escape):
                    self.position += 1
                    character = following
            result.append(character)

    def _dollar(self, raw: bool) -> str:
        self.position += 1
        if self.peek() != "{":
            name = self._name()
            if not name:
                return "$"
            return self._value(name, f"${name}")
        self.position += 1
        following = self.peek()
        if not following:
            raise ExpansionError("the closing '}' is missing")
        if following in "{}:":
            raise ExpansionError("bad substitution")
        name = self._name()
        operator = self.take()
        if operator == "}":
            return self._value(name, f"${{{name}}}")
        if operator == "/":
            return self._replace(name)
        return self._modified(name, operator)

    def _name(self) -> str:
        match = _NAME.match(self.text, self.position)
        if not match:
            return ""
        self.position = match.end()
        return match[0]

    def _lookup(self, name: str) -> str | None:
        value = self.environment.get(name)
        (self.unmatched if value is None else self.matched).add(name)
        self.size += len(value or "")
        return UNKNOWN if self.size > _MAX_RESULT else value

    def _value(self, name: str, written: str) -> str:
        value = self._lookup(name)
        if value is None:
            self.missing.add(name)
            return written if self.options.keep_unset else ""
        return value

    def _modified(self, name: str, operator: str) -> str:
        colon = operator == ":"
        modifier = self.take() if colon else operator
        written = ":" + modifier if colon else modifier
        if not modifier or modifier not in "+-?#%":
            raise ExpansionError(
                f"unsupported modifier {written!r} in ${{{name}...}}" if written else "the closing '}' is missing"
            )
        before = set(self.missing)
        word = self.read("}", modifier in "#%")
        value = self._lookup(name)
        if modifier == "+" and value is None:
            # The word is not used, so what is missing in it does not matter.
            self.missing = before
        elif modifier in "#%" and value is None:
            self.missing.add(name)
        if value is None and self.options.keep_unset:
            return f"${{{name}{written}{word}}}"
        if value == UNKNOWN:
            return UNKNOWN
        missing = value is None or (colon and not value)
        if modifier == "-":
            return word if missing else str(value)
        if modifier == "+":
            return "" if missing else word
        if modifier == "?":
            if missing:
                reason = "is not allowed to be " + ("unset" if value is None else "empty")
                raise ExpansionError(f"{name}: {word or reason}")
            return str(value)
        return _trim(word, value or "", modifier)

    def _replace(self, name: str) -> str:
        everywhere = self.peek() == "/"
        if everywhere:
            self.position += 1
        pattern = self.read("/", True)
        replacement = self.read("}", True)
        value = self._lookup(name)
        if value is None and self.options.keep_unset:
            return f"${{{name}/{pattern}/{replacement}}}"
        if value is None or UNKNOWN in value + pattern + replacement:
            return UNKNOWN if value is not None else ""
        matcher = Pattern(pattern)
        if matcher.is_costly(value):
            return UNKNOWN
        return matcher.replace(value, replacement, everywhere=everywhere)


def _trim(word: str, value: str, modifier: str) -> str:
    longest = word.startswith(modifier)
    if longest:
        word = word[1:]
    if UNKNOWN in value + word:
        return UNKNOWN
    pattern = Pattern(word)
    if pattern.is_costly(value):
        return UNKNOWN
    if modifier == "%":
        pattern.tokens.reverse()
        value = value[::-1]
    ends = pattern.ends(value, 0)
    rest = value[(max(ends) if longest else min(ends)) if ends else 0 :]
    return rest[::-1] if modifier == "%" else rest


class Pattern:
    """A shell pattern of ``*``, ``?`` and escapes, matched without backtracking."""

    def __init__(self, text: str) -> None:
        self.tokens: list[str] = []
        position = 0
        while position < len(text):
            character = text[position]
            position += 1
            if character == "\\":
                following = text[position : position + 1]
                position += 1
                if following not in ("}", "/", "*", "?", "\\"):
                    raise ExpansionError(f"invalid escape '\\{following}' in the pattern {text!r}")
                self.tokens.append("\\" + following)
            else:
                self.tokens.append(character)

    def is_costly(self, value: str) -> bool:
        """Whether matching *value* would take too long for a linter."""
        return len(value) * (len(self.tokens) + 1) > _MAX_PATTERN_WORK

    def ends(self, value: str, start: int) -> set[int]:
        """Return every index at which a match that begins at *start* can end."""
        places = {start}
        for token in self.tokens:
            if token == "*":
                places = set(range(min(places), len(value) + 1))
            elif token == "?":
                places = {place + 1 for place in places if place < len(value)}
            else:
                character = token[-1]
                places = {place + 1 for place in places if value[place : place + 1] == character}
            if not places:
                break
        return places

    def replace(self, value: str, replacement: str, *, everywhere: bool) -> str:
        """Return *value* with the first longest match, or each, replaced."""
        result: list[str] = []
        position = 0
        while position <= len(value):
            ends = self.ends(value, position)
            end = max(ends) if ends else -1
            if end < 0:
                result.append(value[position : position + 1])
                position += 1
                continue
            result.append(replacement)
            if end == position:
                result.append(value[position : position + 1])
                end += 1
            position = end
            if not everywhere:
                break
        return "".join(result) + value[position:]
