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


def left_out(node: Node | None) -> tuple[str, Node] | None:
    """Return what Compose leaves out of a text that is a ``command`` or ``entrypoint``, and the place of it.

    It begins with one of ``;&|<>`` outside of quotes. None where nothing is left out.
    """
    if node is None or node.kind != "text" or is_null(node):
        return None
    source = _source_text(node)
    splitter = _Splitter(source.text)
    splitter.split()
    start, end = splitter.stopped, len(source.text.rstrip())
    if start is None or (not node.is_known and _is_in_braces(source.text, start)):
        return None
    span = source.span(start, end)
    return source.text[start:end], Node("text", span, node.source.text[span.start : span.end], source=node.source)


def _is_in_braces(text: str, place: int) -> bool:
    """Whether a place is in the braces of a variable, which may hold anything where it has no value."""
    return text.rfind("${", 0, place) > text.rfind("}", 0, place)


class _Splitter:
    """Splits a text into words: start, end and value. It is *stopped* where the rest is left out."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.found: list[tuple[int, int, str]] = []
        self.start = -1
        self.pieces: list[str] = []
        self.quote = ""
        self.stopped: int | None = None

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
                if character == ">" and self.pieces and "".join(self.pieces)[:1].isdigit():
                    self.start = -1
                self.stopped = place
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
