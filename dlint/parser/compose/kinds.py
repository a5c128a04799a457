"""Which kind of value a text of a compose file is.

Compose reads files with go-yaml 3: the core schema of YAML 1.2, with the numbers and dates of YAML 1.1.
So ``yes`` and ``22:22`` are texts, ``0777`` is a number, and ``2024-01-01`` is a date, which no key takes.
"""

from dlint.parser.yaml import Node
from dlint.regex import lazy

NULL = frozenset({"", "~", "null", "Null", "NULL"})
TRUTHS = {
    "true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False,
}  # fmt: skip
_INTEGER = lazy(r"[-+]?(?:[0-9][0-9_]*|0[xX][0-9a-fA-F_]+|0[oO]?[0-7_]+|0[bB][01_]+)\Z")
_NUMBER = lazy(
    r"[-+]?(?:\.[0-9]+|[0-9][0-9_]*(?:\.[0-9_]*)?)(?:[eE][-+]?[0-9]+)?\Z|[-+]?\.(?:inf|Inf|INF)\Z|\.(?:nan|NaN|NAN)\Z"
)
_DATE = lazy(
    r"\d{4}-\d{1,2}-\d{1,2}(?:[Tt ]+\d{1,2}:\d{1,2}:\d{1,2}(?:\.\d*)?(?:\s*(?:Z|[-+]\d{1,2}(?::?\d{2})?))?)?\Z"
)
_TAGS = {
    "tag:yaml.org,2002:str": "string", "tag:yaml.org,2002:int": "integer", "tag:yaml.org,2002:float": "number",
    "tag:yaml.org,2002:bool": "boolean", "tag:yaml.org,2002:null": "null", "tag:yaml.org,2002:timestamp": "date",
}  # fmt: skip


def kind_of(node: Node) -> str:
    """Return what JSON Schema calls the type of a value: ``object``, ``array``, ``string``, ``integer`` and so on.

    ``date`` is none of its types, and ``integer`` is also a ``number``. A text with variables stays a
    text whatever is put in.
    """
    if node.kind != "text":
        return "object" if node.kind == "table" else "array"
    tagged = _TAGS.get(node.tag or "")
    if tagged is not None:
        return tagged
    if not node.is_plain or node.variables:
        return "string"
    return plain_kind(node.text)


def plain_kind(text: str) -> str:
    """Return the kind of a text without quotes."""
    if text in NULL:
        return "null"
    if text in TRUTHS:
        return "boolean"
    if text[0] not in "0123456789+-.":
        return "string"
    if _INTEGER.match(text):
        return "integer" if integer(text) is not None else "string"
    if _NUMBER.match(text):
        return "integer" if _is_whole(text) else "number"
    return "date" if _DATE.match(text) else "string"


def integer(text: str) -> int | None:
    """Return the whole number that a plain text is; None for others."""
    digits = text.replace("_", "").lstrip("+-").lower()
    base = 16 if digits.startswith("0x") else 2 if digits.startswith("0b") else 8 if digits.startswith("0") else 10
    if len(digits) > 100:
        return None
    try:
        value = int(digits.replace("0o", "0", 1), base)
    except ValueError:
        # 08 is a decimal number with a fraction of nothing.
        return int(digits) if digits.isdigit() else None
    return -value if text.startswith("-") else value


def _is_whole(text: str) -> bool:
    try:
        return float(text.replace("_", "")).is_integer()
    except ValueError:
        return False  # .inf and .nan
