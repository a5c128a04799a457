"""The words of ``command`` and ``entrypoint``, as Compose splits them, with their places.

Source: Docker Compose 2.40, which splits texts as mattn/go-shellwords does.
"""

from dlint.model.compose.values import is_null, written
from dlint.parser import shell
from dlint.parser.compose.variables import InvalidError, expand
from dlint.parser.mapped import MappedText
from dlint.parser.placed import PlacedText, placed
from dlint.parser.shell.ast import Word
from dlint.parser.yaml import Node

_ENDS = ";&|<>"
_DOUBLE = ("&&", "||", ">>", "<<")


class Cut:
    """Where Compose stops to read a text: *before* is what it has read, *operator* stands there, *rest* is all behind.

    *is_in_word* tells that the operator is a part of a word (``torch>=2.0``), which *word* is.
    """

    __slots__ = ("before", "is_in_word", "operator", "rest", "word")

    def __init__(self, before: str, operator: Word, rest: str, word: str, *, is_in_word: bool) -> None:
        self.before = before
        self.operator = operator
        self.rest = rest
        self.word = word
        self.is_in_word = is_in_word


def words_of(node: Node | None) -> tuple[Word, ...] | None:
    """Return the words of a ``command`` or ``entrypoint``: a list, or a text split as Compose does it.

    None where it is absent. A word that a variable hides is not literal.
    """
    if node is None or is_null(node):
        return None
    if node.kind == "list":
        return tuple(word_of(item) for item in node.items if item.kind == "text")
    return split_words(node) if node.kind == "text" else None


def word_of(item: Node) -> Word:
    """Return a text as one word that runs without a shell."""
    text = _source_text(item)
    return _made(item, text, 0, len(text.text), text.text)


def _made(node: Node, text: MappedText, start: int, end: int, value: str) -> Word:
    """Return a word; one with a hidden part has a substitution, so that nobody puts values of the container in."""
    if not node.is_known and "$" in value:
        known = _expanded(node, value)
        if known is None:
            hidden = (shell.parse(MappedText.whole("", 0)),)
            return Word(text, start, end, value, is_literal=False, is_quoted=True, scripts=hidden)
        value = known
    return Word(text, start, end, value, is_quoted=True)


def _expanded(node: Node, value: str) -> str | None:
    """Return a part of a text with its variables put in; None where one of them has no value."""
    values = {variable.name: variable.value for variable in node.variables if variable.value is not None}
    try:
        text, _, is_known = expand(value, values)
    except InvalidError:
        return None
    return text if is_known else None


def _source_text(node: Node) -> PlacedText:
    """Return the text of a node with its places; where variables have no value, as it is written, with them."""
    if node.is_known:
        return placed(node)
    text = written(node)
    start = node.source.text.find(text, node.span.start)
    return PlacedText(text, (0,), (max(start, node.span.start),), node.source)


def split_words(node: Node) -> tuple[Word, ...]:
    """Return the words of a text as Compose splits it: quotes and backslashes, and no more behind ``;&|<>``.

    A text whose quotes do not end, which Compose refuses, gives the words before.
    """
    source = _source_text(node)
    splitter = _Splitter(source.text)
    return tuple(_made(node, source, start, end, value) for start, end, value in splitter.split())


def cut_of(node: Node | None) -> Cut | None:
    """Return where Compose stops to read a ``command`` or ``entrypoint``; None where it reads all that says something.

    A variable that has no value here may hold anything: what stands in its braces is no operator.
    """
    if node is None or node.kind != "text":
        return None
    source = _source_text(node)
    splitter = _Splitter(source.text)
    splitter.split()
    place, text = splitter.cut, source.text
    if place < 0 or (not node.is_known and text.rfind("${", 0, place) > text.rfind("}", 0, place)):
        return None
    operator = text[place : place + 2] if text[place : place + 2] in _DOUBLE else text[place]
    rest = text[place + len(operator) :]
    if not rest.strip(" \t\r\n;&"):
        # "a &" and "a;" run what they say.
        return None
    start = max(text.rfind(blank, 0, place) for blank in " \t\n") + 1
    word = text[start:place] + text[place:].split(maxsplit=1)[0]
    return Cut(
        text[:place].strip(),
        Word(source, place, place + len(operator), operator, is_quoted=True),
        rest.strip(),
        word,
        is_in_word=start < place and _is_part(text[start:place], operator, rest),
    )


def _is_part(before: str, operator: str, rest: str) -> bool:
    """Whether an operator belongs to the word it stands in: a version, an address, the value of an option."""
    if operator in ("&&", "||") or rest[:1].isspace():
        return False
    if operator in (">", "<") and rest.startswith("="):
        return True
    return "://" in before or (before.startswith("-") and "=" in before)


class _Splitter:
    """Splits a text into words: start, end and value. *cut* is where it stopped, -1 if it read all."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.cut = -1
        self.found: list[tuple[int, int, str]] = []
        self.start = -1
        self.pieces: list[str] = []
        self.quote = ""

    def split(self) -> list[tuple[int, int, str]]:
        text, place = self.text, 0
        while place < len(text):
            character = text[place]
            if character == "\\" and self.quote != "'":
                following = text[place + 1 : place + 2]
                self._put(place, following)
                place += 2
                continue
            if character in " \t\r\n" and not self.quote:
                self._end(place)
            elif self._is_quote(character):
                self._put(place, "")
            elif character in _ENDS and not self.quote:
                self.cut = place
                if character == ">" and self.pieces and "".join(self.pieces)[:1].isdigit():
                    self.start = -1
                break
            elif character == "(" and not self.quote and "".join(self.pieces[-1:]).endswith("$"):
                self.quote = ")"
                self._put(place, character)
            elif character == ")" and self.quote == ")":
                self.quote = ""
                self._put(place, character)
            else:
                self._put(place, character)
            place += 1
        self._end(min(place, len(text)))
        return self.found

    def _is_quote(self, character: str) -> bool:
        """Whether a character opens or closes quotes; what does is not part of the word."""
        if character == "`" and self.quote in ("", "`"):
            self.quote = "" if self.quote else "`"
            return False
        if character in "'\"" and self.quote in ("", character):
            self.quote = "" if self.quote else character
            return True
        return False

    def _put(self, place: int, piece: str) -> None:
        if self.start < 0:
            self.start = place
            self.pieces = []
        self.pieces.append(piece)

    def _end(self, place: int) -> None:
        if self.start >= 0:
            self.found.append((self.start, place, "".join(self.pieces)))
        self.start = -1
        self.pieces = []
