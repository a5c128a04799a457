"""The tokens of a Dockerfile: every character of the file belongs to exactly one.

``"".join(token.text for token in tokens(dockerfile))`` is the file.
"""

from dlint.parser.dockerfile import ast
from dlint.parser.dockerfile.ast import Dockerfile, Instruction
from dlint.text import BYTE_ORDER_MARK

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

KINDS = (
    "byte-order-mark", "directive", "comment", "keyword", "flag", "text", "continuation", "heredoc-body",
    "heredoc-end", "blank", "newline",
)  # fmt: skip


class Token:
    """A piece of the file: its kind, its text and the offset where it begins."""

    __slots__ = ("kind", "start", "text")

    def __init__(self, kind: str, text: str, start: int) -> None:
        self.kind = kind
        self.text = text
        self.start = start

    @property
    def end(self) -> int:
        """The offset after its last character."""
        return self.start + len(self.text)

    def __repr__(self) -> str:
        return f"Token({self.kind!r}, {self.text!r}, {self.start})"


def tokens(dockerfile: Dockerfile) -> "Iterator[Token]":
    """Yield the tokens of a file in order."""
    text = dockerfile.source.text
    position = 0
    if text.startswith(BYTE_ORDER_MARK):
        yield Token("byte-order-mark", BYTE_ORDER_MARK, 0)
        position = 1
    for start, end, kind in _named(dockerfile):
        if start < position:
            continue
        yield from _between(text, position, start, dockerfile.escape)
        if end > start:
            yield Token(kind, text[start:end], start)
        position = end
    yield from _between(text, position, len(text), dockerfile.escape)


def _named(dockerfile: Dockerfile) -> "list[tuple[int, int, str]]":
    """Return start, end and kind of everything the tree names, in order."""
    pieces = [(directive.start, directive.end, "directive") for directive in dockerfile.directives]
    pieces += [(comment.start, comment.end, "comment") for comment in dockerfile.comments]
    for instruction in dockerfile.instructions:
        pieces += _of_instruction(instruction, dockerfile.source.text)
    pieces.sort()
    return pieces


def _of_instruction(instruction: Instruction, text: str) -> "list[tuple[int, int, str]]":
    pieces = [(instruction.name.start, instruction.name.end, "keyword")]
    pieces += [(flag.start, flag.end, "flag") for flag in instruction.flags if "\n" not in text[flag.start : flag.end]]
    inner = instruction.trigger if isinstance(instruction, ast.Onbuild) else instruction
    if inner is not instruction:
        pieces += _of_instruction(inner, text)
        return pieces
    arguments = instruction.arguments
    bounds = [*arguments.starts[1:], len(arguments.text)]
    for start, offset, end in zip(arguments.starts, arguments.offsets, bounds, strict=True):
        # A run of blanks between continuation lines is no text.
        if arguments.text[start:end].strip():
            pieces.append((offset, offset + end - start, "text"))
    for heredoc in instruction.heredocs:
        body_end = heredoc.start + len(heredoc.content)
        pieces.append((heredoc.start, body_end, "heredoc-body"))
        if heredoc.end > body_end:
            pieces.append((body_end, heredoc.end, "heredoc-end"))
    return pieces


def _between(text: str, start: int, end: int, escape: str) -> "Iterator[Token]":
    """Yield what stands between named pieces: blanks, line ends and continuation characters."""
    position = start
    while position < end:
        character = text[position]
        stop = position + 1
        if character == "\n":
            kind = "newline"
        elif character == escape and not text[stop : _line_end(text, stop)].strip(" \t\r"):
            kind = "continuation"
        elif character.isspace():
            kind = "blank"
            while stop < end and text[stop].isspace() and text[stop] != "\n":
                stop += 1
        else:
            kind = "text"
            while stop < end and not text[stop].isspace() and text[stop] != escape:
                stop += 1
        yield Token(kind, text[position:stop], position)
        position = stop


def _line_end(text: str, position: int) -> int:
    end = text.find("\n", position)
    return len(text) if end < 0 else end
