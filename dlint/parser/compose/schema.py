"""A compose file's tree against a JSON schema: what is wrong, at which node, in words.

Only what the schema of compose files uses is known: ``$ref``, ``type``, ``properties``,
``patternProperties``, ``additionalProperties``, ``required``, ``items``, ``uniqueItems``, ``enum``,
``pattern``, ``minimum``, ``maximum`` and ``oneOf`` whose forms differ in their kind of value.
docs/decisions/compose-schema.md says why jsonschema does not do this.
"""

from dlint import regex
from dlint.parser.compose.casts import CASTS, cast
from dlint.parser.compose.fault import Fault
from dlint.parser.compose.kinds import kind_of
from dlint.parser.compose.suggestions import nearest, unknown_key
from dlint.parser.compose.texts import problem
from dlint.parser.compose.words import (
    advice_for_kind,
    expected,
    form_of_name,
    got,
    pattern_words,
    quoted,
    subject,
    table_words,
)
from dlint.parser.yaml import Node

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    Schema = dict[str, Any]
    Path = tuple[str | int, ...]
    Readers = dict[str, Any]

# What has a short and a long form may be wrong in each; more than these are told of one file's.
MAX_FAULTS = 200
# What each type of JSON Schema takes beside itself.
_WIDER = {"integer": ("integer", "number")}
_NO_READERS: "Readers" = {}


def check_schema(root: Node, schema: "Schema", readers: "Readers | None" = None) -> list[Fault]:
    """Return what a schema refuses in a tree, in the order of the tree.

    *readers* is a tree of keys (``*`` for any name, ``[]`` for entries of lists) with what turns texts
    into other values before the schema is asked (:mod:`dlint.parser.compose.casts`) and what reads them
    behind it (:mod:`dlint.parser.compose.texts`).
    """
    walk = _Walk(schema)
    walk.check(root, schema, (), None, readers or _NO_READERS)
    return walk.faults


class _Walk:
    """One walk; each node is checked once against each schema, however many aliases lead to it."""

    def __init__(self, schema: "Schema") -> None:
        self.schema = schema
        self.definitions: Schema = schema.get("definitions", {})
        self.faults: list[Fault] = []
        self.seen: set[tuple[int, int, int]] = set()

    def resolve(self, schema: "Schema") -> "Schema":
        while "$ref" in schema:
            schema = self.definitions[schema["$ref"].rpartition("/")[2]]
        return schema

    def forms(self, schema: "Schema") -> "list[Schema]":
        """Return the forms a value may have: a schema itself, or those of its oneOf."""
        schema = self.resolve(schema)
        if "oneOf" not in schema:
            return [schema]
        return [form for part in schema["oneOf"] for form in self.forms(part)]

    def add(self, node: Node, path: "Path", message: str, advice: str | None, first: Node | None = None) -> None:
        labels = ((first, "first here"),) if first is not None else ()
        self.faults.append(Fault(node, message, advice, labels=labels, path=path))

    def check(self, node: Node, schema: "Schema", path: "Path", key: Node | None, readers: "Readers") -> None:
        """Check a value; *key* is the node of its key, which is where something missing is missing."""
        mark = (id(node), id(schema), id(readers))
        if mark in self.seen or len(self.faults) >= MAX_FAULTS:
            return
        self.seen.add(mark)
        kind, value = kind_of(node), None
        reader = readers.get("", "")
        is_cast = kind == "string" and reader in CASTS
        if is_cast and node.is_known:
            kind, value = cast(node.text, reader)
            if not kind:
                self._wrong_cast(node, path, reader)
                return
        forms = self.forms(schema)
        form = next((form for form in forms if _takes(form, kind, is_known=node.is_known or not is_cast)), None)
        if form is None:
            self._wrong_kind(node, kind, path, forms, key, reader)
        elif kind == "object":
            self._check_table(node, form, path, key, readers)
        elif kind == "array":
            self._check_list(node, form, path, readers)
        else:
            self._check_text(node, form, path, value)
            self._read(node, kind, path, reader)

    def _check_table(self, node: Node, schema: "Schema", path: "Path", key: Node | None, readers: "Readers") -> None:
        properties: Schema = schema.get("properties", {})
        patterns: Schema = schema.get("patternProperties", {})
        unknown: list[str] = []
        for name, value in node.pairs:
            if name.kind != "text":
                continue
            text = name.text
            inner = readers.get(text) or readers.get("*") or _NO_READERS
            if text in properties:
                self.check(value, properties[text], (*path, text), name, inner)
                continue
            form = next((form for pattern, form in patterns.items() if regex.search(pattern, text)), None)
            if form:
                self.check(value, form, (*path, text), name, inner)
            elif form is None and schema.get("additionalProperties") is False:
                self._unknown_key(name, value, path, schema)
                unknown.append(text)
        for wanted in schema.get("required", ()):
            # A misspelt key is told already.
            if node.get(wanted) is None and not (unknown and nearest(wanted, unknown)):
                place = key or (node.pairs[0][0] if node.pairs else node)
                if isinstance(path[-1] if path else "", int) and node.pairs:
                    place = node.pairs[0][0]
                words = quoted(self._enum_of(properties.get(wanted, {})))
                advice = f"add `{wanted}`: {words}" if words else f"add `{wanted}`"
                self.add(place, path, f"{subject(path)} lacks `{wanted}`", advice)

    def _enum_of(self, schema: "Schema") -> tuple[str, ...]:
        return tuple(self.resolve(schema).get("enum", ()))

    def _unknown_key(self, key: Node, value: Node, path: "Path", schema: "Schema") -> None:
        if "properties" not in schema:
            pattern = next((pattern for pattern in schema["patternProperties"] if pattern != "^x-"), None)
            message = f"{key.text!r} is no name {form_of_name(path)}"
            words = pattern_words(pattern or "")
            self.add(key, path, message, words and f"use {words}")
            return
        message = f"`{key.text}` is no key of {table_words(path)}"
        self.add(key, (*path, key.text), message, unknown_key(self, key, value, path, schema))

    def _check_list(self, node: Node, schema: "Schema", path: "Path", readers: "Readers") -> None:
        inner = readers.get("[]") or _NO_READERS
        items = schema.get("items")
        for index, item in enumerate(node.items):
            if items:
                self.check(item, items, (*path, index), None, inner)
        if not schema.get("uniqueItems") or readers.get("") == "unique":
            return
        first: dict[object, Node] = {}
        for item in node.items:
            # Only texts, numbers and the like are compared: whole tables never stand twice by chance.
            if item.kind != "text" or not item.is_known:
                continue
            mark = (kind_of(item), item.text)
            if mark in first and mark[0] != "null":
                message = f"{subject(path)} has {item.text} twice"
                self.add(item, path, message, "delete one of them", first[mark])
            first.setdefault(mark, item)

    def _check_text(self, node: Node, schema: "Schema", path: "Path", value: float | None) -> None:
        if not node.is_known:
            return
        allowed = schema.get("enum")
        if allowed and node.text not in allowed:
            near = nearest(node.text, allowed)
            advice = f"did you mean {near}?" if near else None
            words = f"must be {quoted(tuple(allowed))}"
            self.add(node, path, f"{subject(path)} {words}, not {got(node, 'string')}", advice)
        pattern = schema.get("pattern")
        if pattern and not regex.search(pattern, node.text):
            self.add(node, path, f"{subject(path)} is {got(node, 'string')}", f"it takes {pattern_words(pattern)}")
        least, most = schema.get("minimum"), schema.get("maximum")
        if least is None and most is None:
            return
        number = _number(node.text) if value is None else value
        if number is None or (number >= (least or 0) and (most is None or number <= most)):
            return
        words = f"at least {least}" if most is None else f"from {least} to {most}"
        self.add(node, path, f"{subject(path)} is {node.text}; it must be {words}", None)

    def _read(self, node: Node, kind: str, path: "Path", reader: str) -> None:
        """Ask the reader of a text or number that the schema takes."""
        wrong = problem(reader, node.text, kind) if reader and node.is_known else None
        if wrong:
            self.add(node, path, f"{subject(path)} {wrong[0]}", wrong[1])

    def _wrong_cast(self, node: Node, path: "Path", reader: str) -> None:
        words = {"boolean": "true or false", "number": "a number"}.get(reader, "a whole number")
        self.add(node, path, f"{subject(path)} must be {words}, not {got(node, 'string')}", None)

    def _wrong_kind(
        self, node: Node, kind: str, path: "Path", forms: "list[Schema]", key: Node | None, reader: str
    ) -> None:
        kinds = _kinds(forms)
        is_empty = kind == "null" and not node.text
        place = key if is_empty and key is not None else node
        if kind in ("integer", "number") and reader in ("duration", "bytes"):
            message = f"{subject(path)} is {node.text}, which has no unit"
        else:
            words = expected(kinds, next((form["enum"] for form in forms if "enum" in form), None))
            message = f"{subject(path)} must be {words}, not {got(node, kind, is_private=_is_private(path))}"
        self.add(place, path, message, advice_for_kind(node, kind, kinds, reader, path))


def _takes(form: "Schema", kind: str, *, is_known: bool) -> bool:
    """Whether a form takes a kind of value; what a variable gives may become anything but a table or a list."""
    types = form.get("type")
    if types is None:
        return True
    types = (types,) if isinstance(types, str) else types
    if not is_known:
        return any(name not in ("object", "array") for name in types)
    return any(name in types for name in _WIDER.get(kind, (kind,)))


def _is_private(path: "Path") -> bool:
    """Whether values at a path may be secrets, so that no message may quote them."""
    return any(name in ("environment", "args", "secrets") for name in path)


def _kinds(forms: "list[Schema]") -> tuple[str, ...]:
    """Return the kinds that some forms take, in their order."""
    found: dict[str, None] = {}
    for form in forms:
        types = form.get("type", ())
        for name in (types,) if isinstance(types, str) else types:
            found.setdefault(name)
    return tuple(found)


def _number(text: str) -> float | None:
    try:
        return float(text.replace("_", ""))
    except ValueError:
        return None
