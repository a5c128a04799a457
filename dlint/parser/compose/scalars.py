"""What a plain text is for Compose: its YAML is the core schema of version 1.2, with a few numbers of 1.1."""

from dlint.parser.yaml import Node
from dlint.regex import lazy

_BOOLEANS = ("true", "True", "TRUE", "false", "False", "FALSE")
_INTEGER = lazy(r"[-+]?(?:0b[01_]+|0o?[0-7_]+|0x[0-9a-fA-F_]+|[0-9][0-9_]*)")
_FLOAT = lazy(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)")


def scalar_kind(node: Node) -> str:
    """Return ``null``, ``boolean``, ``integer``, ``float`` or ``text``; ``22:22``, ``yes`` and ``on`` are text.

    A text in which variables stand is text; Compose makes another kind of it where it wants one.
    """
    if node.is_null:
        return "null"
    if node.kind != "text" or not node.is_plain or node.tag or node.variables:
        return "text"
    if node.text in _BOOLEANS:
        return "boolean"
    if _INTEGER.fullmatch(node.text):
        return "integer"
    return "float" if _FLOAT.fullmatch(node.text) else "text"
