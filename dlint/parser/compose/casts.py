"""Texts that Compose turns into numbers and truth values before it looks at them.

At some keys a text in quotes, or what a variable gave, counts as the number or truth value it says;
one that says none is refused there. ``yes`` and ``on`` are true at these keys and nowhere else.
"""

CASTS = frozenset({"integer", "unsigned", "integral-cast", "number", "boolean"})
_TRUE = frozenset({"true", "y", "yes", "on"})
_FALSE = frozenset({"false", "n", "no", "off"})


def tree_of(table: "dict[str, tuple[str, ...]]") -> dict[str, object]:
    """Return a tree of keys from reader -> dotted paths (``services.*.privileged``); the reader stands at ``""``."""
    tree: dict[str, object] = {}
    for reader, paths in table.items():
        for path in paths:
            branch = tree
            for name in path.split("."):
                branch = branch.setdefault(name, {})  # type: ignore[assignment]
            branch[""] = reader
    return tree


def cast(text: str, reader: str) -> tuple[str, float | None]:
    """Return the kind of value a text becomes and its number; no kind where it is refused."""
    if reader == "boolean":
        word = text.lower()
        return ("boolean" if word in _TRUE or word in _FALSE else "", None)
    if reader != "number":
        digits = text[1:] if text[:1] in ("+", "-") else text
        if not digits.isascii() or not digits.isdigit() or len(digits) > 30 or abs(int(digits)) >= 1 << 63:
            return "", None
        return "integer", int(text)
    number = decimal(text)
    if number is None:
        return "", None
    return ("integer" if number.is_integer() else "number"), number


def decimal(text: str) -> float | None:
    """Return the number a text says to Go's ParseFloat, with a point and an exponent; None for others."""
    if not text.isascii() or len(text) > 60 or text != text.strip() or "_" in text:
        return None
    try:
        return float(text)
    except ValueError:
        return None
