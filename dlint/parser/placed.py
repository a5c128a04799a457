"""The text of a YAML value, as one that knows where its characters stand in the file, and in which file."""

from dlint.parser.mapped import MappedText
from dlint.regex import lazy

TYPE_CHECKING = False
if TYPE_CHECKING:
    from dlint.parser.yaml import Node
    from dlint.text import Source

_PIECE = lazy(r"\s*\S+")
# How far behind its predecessor a word is looked for: the indentation of a folded line, a comment, a variable.
_WINDOW = 300
_MAX_PIECES = 20_000
_HEXADECIMAL = {"x": 2, "u": 4, "U": 8}
_ESCAPES = {"0": "\0", "a": "\a", "b": "\b", "t": "\t", "n": "\n", "v": "\v", "f": "\f", "r": "\r", "e": "\x1b"}


class PlacedText(MappedText):
    """A MappedText that keeps the file it belongs to, also in its parts."""

    __slots__ = ("source",)

    def __init__(
        self,
        text: str,
        starts: "tuple[int, ...] | list[int]",
        offsets: "tuple[int, ...] | list[int]",
        source: "Source",
    ) -> None:
        super().__init__(text, starts, offsets)
        self.source = source

    def slice(self, start: int, end: int) -> MappedText:
        """Return ``text[start:end]``, mapped to the same places of the same file."""
        part = super().slice(start, end)
        return PlacedText(part.text, part.starts, part.offsets, self.source)

    def like(
        self, text: str, starts: "tuple[int, ...] | list[int]", offsets: "tuple[int, ...] | list[int]"
    ) -> MappedText:
        """Return another text of the same file."""
        return PlacedText(text, starts, offsets, self.source)


def placed(node: "Node") -> PlacedText:
    """Return the text of a node with the places of its words.

    Words that are not written as they are read (escapes, values of variables) stand at the place
    where they begin.
    """
    start, end = node.span
    raw, text = node.source.text[start:end], node.text
    quote = 1 if node.style in ("'", '"') else 0
    if raw[quote : quote + len(text)] == text:
        return PlacedText(text, (0,), (start + quote,), node.source)
    if node.style == '"':
        exact = _unescaped(raw, text, start)
        if exact is not None:
            return PlacedText(text, *exact, node.source)
    starts, offsets = [0], [start + quote]
    position = quote
    for count, match in enumerate(_PIECE.finditer(text)):
        if count > _MAX_PIECES:
            break
        word = match[0].lstrip()
        place = raw.find(word, position, position + len(word) + _WINDOW)
        begin = match.end() - len(word)
        found = place >= 0
        if begin == 0:
            offsets[0] = start + (place if found else position)
        else:
            starts.append(begin)
            offsets.append(start + (place if found else min(position, max(len(raw) - 1, 0))))
        if found:
            position = place + len(word)
    return PlacedText(text, starts, offsets, node.source)


def _unescaped(raw: str, text: str, start: int) -> tuple[list[int], list[int]] | None:
    """Return the runs of a text in double quotes; None where it is not what is written with escapes alone."""
    starts, offsets, pieces, length = [0], [start + 1], [], 0
    place, end = 1, len(raw) - 1
    while place < end:
        size = 1
        piece = raw[place]
        if piece == "\n":
            return None
        if piece == "\\":
            sign = raw[place + 1]
            size = 2 + _HEXADECIMAL.get(sign, 0)
            if sign in _HEXADECIMAL:
                digits = raw[place + 2 : place + size]
                piece = (
                    chr(int(digits, 16))
                    if digits and all(digit in "0123456789abcdefABCDEF" for digit in digits)
                    else ""
                )
            else:
                piece = _ESCAPES.get(sign, sign)
            starts.append(length)
            offsets.append(start + place)
            starts.append(length + 1)
            offsets.append(start + place + size)
        pieces.append(piece)
        length += 1
        place += size
    return (starts, offsets) if "".join(pieces) == text else None
