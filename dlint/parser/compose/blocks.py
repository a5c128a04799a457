"""The entries of lists and tables in block style as blocks of whole lines, so that they can change places.

To a block belong the comments right above its entry, and all that is indented deeper below it; blank
lines between blocks stay where they are. Whatever is not clear has no blocks.
"""

from dlint.parser.compose.rereading import reread
from dlint.parser.yaml import Node
from dlint.text import Source, Span


def reordered(source: Source, places: list[int], order: list[int]) -> list[tuple[Span, str]] | None:
    """Return the edits that bring the entries beginning at *places* into an *order* of their indices.

    None where an entry does not stand on lines of its own, where a comment may belong to any of
    them, or where the file would say something else.
    """
    blocks = _blocks(source, places, order)
    if blocks is None:
        return None
    edits = [
        (blocks[place], source.text[blocks[index].start : blocks[index].end])
        for place, index in enumerate(order)
        if place != index
    ]
    return edits if says_the_same(source, edits, in_any_order=True) else None


def says_the_same(source: Source, edits: list[tuple[Span, str]], *, in_any_order: bool = False) -> bool:
    """Whether a file holds the same values after some edits; *in_any_order* those of lists too."""
    trees = reread(source, edits)
    if trees is None:
        return False
    known: dict[object, int] = {}
    before, after = (_identity(tree, known, {}, in_any_order) for tree in trees)
    return before == after


def _identity(node: Node, known: dict[object, int], seen: dict[int, int], in_any_order: bool) -> int:
    """Return a number that only nodes with the same content have; aliases are looked at once."""
    if id(node) in seen:
        return seen[id(node)]
    content: object
    if node.kind == "text":
        content = ("text", node.text, node.tag)
    elif node.kind == "list":
        items = [_identity(item, known, seen, in_any_order) for item in node.items]
        content = ("list", tuple(sorted(items) if in_any_order else items))
    else:
        pairs = [tuple(_identity(each, known, seen, in_any_order) for each in pair) for pair in node.pairs]
        content = ("table", tuple(sorted(pairs)))
    seen[id(node)] = known.setdefault((content, node.tag), len(known))
    return seen[id(node)]


def _blocks(source: Source, places: list[int], order: list[int]) -> list[Span] | None:
    lines = [source.line_number(place) for place in places]
    indents = {_own_indent(source, place, line) for place, line in zip(places, lines, strict=True)}
    indent = indents.pop()
    if indents or indent is None or lines != sorted(set(lines)):
        return None
    firsts = [_first_line(source, line, indent) for line in lines]
    lasts = [_before_blanks(source, first - 1) for first in firsts[1:]]
    lasts.append(_last_line(source, lines[-1], indent))
    for line, last in zip(lines, lasts, strict=True):
        if any(_is_comment_at(source, each, indent) for each in range(line + 1, last + 1)):
            return None
    moves_first, moves_last = order[0] != 0, order[-1] != len(order) - 1
    if moves_first and firsts[0] != lines[0] and _is_head_of_file(source, firsts[0]):
        return None
    following = lasts[-1] + 1
    if moves_last and following <= source.line_count and _is_comment_at(source, following, indent, exactly=True):
        return None
    starts = source.line_starts
    return [Span(starts[first - 1], source.line_span(last).end) for first, last in zip(firsts, lasts, strict=True)]


def _own_indent(source: Source, place: int, line: int) -> int | None:
    """Return how far an entry is indented, None if something stands before it on its line."""
    before = source.text[source.line_starts[line - 1] : place]
    return None if before.strip(" ") else len(before)


def _first_line(source: Source, line: int, indent: int) -> int:
    """Return the line of the first comment that stands right above an entry, or its own."""
    while line > 1 and _is_comment_at(source, line - 1, indent, exactly=True):
        line -= 1
    return line


def _last_line(source: Source, line: int, indent: int) -> int:
    """Return the last line of an entry that none follows."""
    last = line
    for number in range(line + 1, source.line_count + 1):
        text = source.line(number)
        if text.strip() and len(text) - len(text.lstrip(" ")) <= indent:
            break
        last = number
    return _before_blanks(source, last)


def _before_blanks(source: Source, line: int) -> int:
    while not source.line(line).strip():
        line -= 1
    return line


def _is_comment_at(source: Source, line: int, indent: int, *, exactly: bool = False) -> bool:
    """Whether a line is a comment, indented as an entry is, or less."""
    text = source.line(line)
    content = text.lstrip(" ")
    depth = len(text) - len(content)
    return content.startswith("#") and (depth == indent if exactly else depth <= indent)


def _is_head_of_file(source: Source, line: int) -> bool:
    """Whether nothing stands above a line, so that a comment there may be about the whole file."""
    return all(not text.strip() or text.startswith(("---", "%")) for text in map(source.line, range(1, line)))
