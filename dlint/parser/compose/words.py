"""Words for places, kinds and values of compose files."""

from dlint.parser.yaml import Node

TYPE_CHECKING = False
if TYPE_CHECKING:
    Path = tuple[str | int, ...]

_KINDS = {
    "object": "a table", "array": "a list", "string": "text", "integer": "a whole number", "number": "a number",
    "boolean": "true or false", "null": "empty",
}  # fmt: skip
_ONE = {
    "services": "service", "networks": "network", "volumes": "volume", "secrets": "secret", "configs": "config",
    "models": "model",
}  # fmt: skip
_PATTERNS = {
    "^[a-zA-Z0-9._-]+$": "only letters, digits, `.`, `_` and `-`",
    "[a-zA-Z0-9][a-zA-Z0-9_.-]+": "two or more letters, digits, `_`, `.` and `-`, with a letter or digit first",
    "always|never|build|if_not_present|missing|refresh|daily|weekly|every_([0-9]+[wdhms])+": (
        "always, never, missing, build, daily, weekly or every_12h"
    ),
}
SHOWN = 40


def owner(path: "Path") -> str:
    """Return ``service api`` for what is in it; empty for the top of a file."""
    if len(path) >= 2 and path[0] in _ONE:
        return f"{_ONE[str(path[0])]} {path[1]}"
    return ""


def subject(path: "Path") -> str:
    """Return words for the value at a path: ```healthcheck.interval` of service api``."""
    whose = owner(path)
    if not path or (whose and len(path) == 2):
        return whose or "a compose file"
    names = ".".join(str(name) for name in path[2 if whose else 0 :] if not isinstance(name, int))
    behind = f" of {whose}" if whose else ""
    return f"an entry of `{names}`{behind}" if isinstance(path[-1], int) else f"`{names}`{behind}"


def table_words(path: "Path") -> str:
    """Return words for a table in which a key is looked for: ``a service``, ```build```."""
    if not path:
        return "a compose file"
    if len(path) == 2 and path[0] in _ONE:
        return f"a {_ONE[str(path[0])]}"
    if isinstance(path[-1], int):
        return f"an entry of `{[name for name in path if isinstance(name, str)][-1]}`"
    names = [str(name) for name in path[2 if path[0] in _ONE else 0 :]]
    if len(names) >= 2 and names[-2] in ("depends_on", "networks", "ulimits", "models"):
        return f"an entry of `{names[-2]}`"
    return f"`{'.'.join(names)}`"


def form_of_name(path: "Path") -> str:
    """Return what a name is for: ``for a service``."""
    if len(path) == 1 and path[0] in _ONE:
        return f"for a {_ONE[str(path[0])]}"
    return f"in `{path[-1]}`" if path else "here"


def pattern_words(pattern: str) -> str | None:
    """Return in words which texts a pattern of the schema takes; None where there are none for it."""
    return _PATTERNS.get(pattern)


def quoted(words: tuple[str, ...]) -> str:
    """Return ``a, b or c``."""
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} or {words[-1]}" if words else ""


def expected(kinds: tuple[str, ...], texts: list[str] | None = None) -> str:
    """Return words for the kinds of value a key takes, and for the only texts it takes if there are such."""
    wanted = [kind for kind in kinds if kind != "null"]
    if "boolean" in wanted and set(wanted) <= {"boolean", "string"}:
        return "true or false"
    if "integer" in wanted and "number" in wanted:
        wanted.remove("integer")
    return (
        quoted(tuple(quoted(tuple(texts)) if texts and kind == "string" else _KINDS[kind] for kind in wanted))
        or "empty"
    )


def got(node: Node, kind: str, *, is_private: bool = False) -> str:
    """Return words for what stands there; without the value itself where that may be a secret."""
    if kind in ("object", "array"):
        return _KINDS[kind]
    if is_private and kind != "null":
        return _KINDS.get(kind, f"a {kind}")
    if kind == "null":
        return "empty" if not node.text else f"{node.text}, which is nothing"
    text = node.text if len(node.text) <= SHOWN else node.text[: SHOWN - 1] + "…"
    text = " ".join(text.split())
    if kind == "string":
        return f'"{text}"' if node.is_known else "a text"
    return {"date": "the date ", "boolean": "the truth value "}.get(kind, "the number ") + text


def advice_for_kind(node: Node, kind: str, kinds: tuple[str, ...], reader: str, path: "Path") -> str | None:
    """Return how to write a value of the right kind; *reader* says what its text means."""
    if kind == "null":
        return "give it a value, or delete the key"
    if path == ("version",):
        return "delete the line: it has no effect"
    if path[-1:] == ("restart",) and node.text == "false":
        return 'write "no" in quotes'
    is_number = kind in ("integer", "number")
    if is_number and path[-1:] == ("gpus",):
        return f"write [{{count: {node.text}}}]"
    if is_number and reader in ("duration", "bytes"):
        return f"write a unit: {node.text}{'s' if reader == 'duration' else 'm'}"
    if is_number and "integer" in kinds:
        return "write a whole number"
    if (is_number or kind in ("boolean", "date")) and "string" in kinds and "boolean" not in kinds:
        if any(name in ("environment", "args", "secrets") for name in path):
            return "put it in quotes"
        return f'put it in quotes: "{node.text}"'
    if kind == "string" and kinds and set(kinds) <= {"boolean", "integer", "number", "null"}:
        return "write it without quotes" if node.is_known and node.style else "write the value out"
    if "array" in kinds and kind == "object":
        return "begin each entry with `- `"
    if "array" in kinds and kind != "array":
        is_short = node.is_known and len(node.text) < SHOWN and path[-1:] not in (("environment",), ("args",))
        return f"write a list: [{node.text}]" if is_short else "write a list"
    if "object" in kinds and kind == "array":
        return "write `key: value` lines, without `- `"
    return None
