"""Values of compose files with the nodes they stand at: texts, numbers, switches, lists and tables.

Everything here takes any node, of any kind and unknown ones too, and never raises.
"""

from dlint.parser.yaml import Node
from dlint.regex import lazy

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

_TRUE = frozenset({"true", "yes", "y", "on", "1", "t"})
_FALSE = frozenset({"false", "no", "n", "off", "0", "f"})
_BRACES = lazy(r"\$\{[^{}]*\}")


class Text:
    """A text at its node; *value* is None where a variable hides it."""

    __slots__ = ("node", "value")

    def __init__(self, node: Node, value: str | None) -> None:
        self.node = node
        self.value = value

    def __repr__(self) -> str:
        return f"Text({self.value!r})"


class Number:
    """A number at its node, in the unit its owner says; *value* is None where it is unknown or no number."""

    __slots__ = ("node", "value")

    def __init__(self, node: Node, value: float | None) -> None:
        self.node = node
        self.value = value

    def __repr__(self) -> str:
        return f"Number({self.value!r})"


class Flag:
    """A switch at its node; *value* is None where it is unknown or no truth value."""

    __slots__ = ("node", "value")

    def __init__(self, node: Node, value: bool | None) -> None:
        self.node = node
        self.value = value

    def __repr__(self) -> str:
        return f"Flag({self.value!r})"


class Entry:
    """A pair of a list of ``NAME=value`` or of a table; *node* is the item or the key, *value* None where none is said.

    *value_node* is the value of a table's pair, and the item of a list. *is_known* is False where a
    variable hides the value.
    """

    __slots__ = ("is_known", "name", "node", "value", "value_node")

    def __init__(self, name: str, node: Node, value_node: Node, value: str | None, *, is_known: bool = True) -> None:
        self.name = name
        self.node = node
        self.value_node = value_node
        self.value = value
        self.is_known = is_known

    def __repr__(self) -> str:
        return f"Entry({self.name!r}, {self.value!r})"


def is_null(node: Node | None) -> bool:
    """Whether nothing is said: no node, or an empty value (``restart:``)."""
    return node is None or (node.is_known and node.is_null)


def written(node: Node) -> str:
    """Return a text as it is written, without its quotes: with the variables that have no value."""
    raw = node.source.text[node.span.start : node.span.end]
    if node.style in ("'", '"'):
        return raw[1:-1]
    return raw.partition("\n")[2] if node.style else raw


def masked(node: Node) -> str:
    """Return a text as it is written, with a dollar sign and underscores in place of each variable in braces."""
    return _BRACES.sub(lambda found: "$" + "_" * (len(found[0]) - 1), written(node))


def known_text(node: Node | None) -> str | None:
    """Return the text of a node; None for lists, tables, empty values and what a variable hides."""
    if node is None or node.kind != "text" or not node.is_known or is_null(node):
        return None
    return node.text


def text_at(node: Node | None) -> Text | None:
    """Return a text with its node; None where there is none or it is a list or table."""
    if node is None or node.kind != "text" or is_null(node):
        return None
    return Text(node, known_text(node))


def flag_at(node: Node | None) -> Flag | None:
    """Return a switch with its node; None where there is none."""
    text = text_at(node)
    if text is None:
        return None
    word = (text.value or "").lower()
    return Flag(text.node, True if word in _TRUE else False if word in _FALSE else None)


def whole_number(text: str | None) -> int | None:
    """Return the number a text says, None for anything but digits with a sign."""
    digits = (text or "").removeprefix("+").removeprefix("-")
    if text is None or not digits.isascii() or not digits.isdigit() or len(digits) > 18:
        return None
    return -int(digits) if text.startswith("-") else int(digits)


def number_at(node: Node | None) -> Number | None:
    """Return a whole or decimal number with its node; None where there is none."""
    text = text_at(node)
    return None if text is None else Number(text.node, decimal(text.value))


def decimal(text: str | None) -> float | None:
    """Return the finite decimal number a text says, None for anything else."""
    if text is None or len(text) > 40 or not text.isascii() or "_" in text:
        return None
    try:
        value = float(text)
    except ValueError:
        return None
    return value if abs(value) < 1e18 else None


def items_of(node: Node | None) -> list[Node]:
    """Return the nodes of a list; a single text counts as a list of it, as Compose has it in many places."""
    if node is None or is_null(node):
        return []
    if node.kind == "list":
        return node.items
    return [node] if node.kind == "text" else []


def texts_of(node: Node | None) -> list[Text]:
    """Return the texts of a list, or of one text."""
    return [text for text in map(text_at, items_of(node)) if text is not None]


def pairs_of(node: Node | None) -> "Iterator[tuple[str, Node, Node]]":
    """Yield name, key and value of a table's pairs."""
    for key, value in node.pairs if node is not None else []:
        if key.kind == "text":
            yield key.text, key, value


def entries_of(node: Node | None, separator: str = "=") -> list[Entry]:
    """Return the entries of a table, or of a list of ``NAME=value``."""
    found = []
    for name, key, value in pairs_of(node):
        text = None if is_null(value) or value.kind != "text" else value.text
        found.append(Entry(name, key, value, text if value.is_known else None, is_known=value.is_known))
    for item in items_of(node):
        if item.kind == "text":
            name, sign, rest = item.text.partition(separator)
            said = rest if sign and item.is_known else None
            found.append(Entry(name, item, item, said, is_known=item.is_known or not sign))
    return found
