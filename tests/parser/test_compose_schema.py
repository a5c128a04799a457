"""The schema is read as jsonschema reads it: same verdicts on every sample, and on thousands of broken ones."""

import copy
import json
import os
import random

import jsonschema
import pytest
from compose_validity_cases import CASES
from helpers import ROOT

from dlint.knowledge.compose_schema import SCHEMA
from dlint.parser.compose.kinds import integer, kind_of, plain_kind
from dlint.parser.compose.schema import check_schema
from dlint.parser.yaml import read_yaml
from dlint.text import Source

ORACLE = jsonschema.Draft7Validator(SCHEMA)
VALUES = (None, True, 3, 1.5, -1, "", "text", "1", [], ["a", "a"], [1], {}, {"a": "b"}, {"x-a": 1}, [{}])
KEYS = ("x-free", "ports", "image", "a b", "", "count", "target", "condition", "external", "soft")


def value_of(node):
    """Return a node as jsonschema wants it."""
    kind = kind_of(node)
    if kind == "object":
        return {key.text: value_of(value) for key, value in node.pairs}
    if kind == "array":
        return [value_of(item) for item in node.items]
    if kind in ("integer", "number"):
        return number_of(node.text) if kind == "number" else int(number_of(node.text))
    return {"null": None, "boolean": node.text.lower() == "true", "date": object()}.get(kind, node.text)


def number_of(text):
    try:
        return float(text) if abs(float(text)) < 1e300 else 1.5
    except ValueError:
        return integer(text) or 1.5


def differences(text):
    """Return what is said of a text that jsonschema judges otherwise."""
    root = read_yaml(Source(text))
    found = check_schema(root, SCHEMA)
    return None if bool(found) != ORACLE.is_valid(value_of(root)) else found or "nothing found"


def samples():
    # A list as a key is none that JSON has.
    texts = [case.text for case in CASES.values() if "{[a]:" not in case.text]
    with open(os.path.join(ROOT, "fixtures", "compose-schema.yaml"), encoding="utf-8") as file:
        return [*texts, file.read()]


@pytest.mark.parametrize("text", samples())
def test_samples(text):
    assert differences(text) is None


def everything():
    """Return a value with nearly every key of the schema."""
    with open(os.path.join(ROOT, "fixtures", "compose-schema.yaml"), encoding="utf-8") as file:
        return value_of(read_yaml(Source(file.read())))


def test_the_large_sample_is_valid():
    with open(os.path.join(ROOT, "fixtures", "compose-schema.yaml"), encoding="utf-8") as file:
        assert check_schema(read_yaml(Source(file.read())), SCHEMA) == []


@pytest.mark.parametrize("seed", range(40))
def test_broken_samples(seed):
    chance = random.Random(seed)
    whole = everything()
    for _ in range(12):
        value = copy.deepcopy(whole)
        for _ in range(chance.choice((1, 1, 1, 2, 3))):
            break_it(value, chance)
        text = json.dumps(value)
        assert differences(text) is None, text


def break_it(value, chance):
    """Drop, rename, repeat or replace something somewhere."""
    places = [(holder, key) for holder in holders(value) for key in keys(holder)]
    holder, key = chance.choice(places)
    way = chance.randrange(4)
    if way == 0:
        del holder[key]
    elif way == 1 and isinstance(holder, dict):
        holder[chance.choice((*KEYS, f"{key}s"))] = holder.pop(key)
    elif way == 2 and isinstance(holder, list) and not isinstance(holder[key], (dict, list)):
        holder.append(holder[key])
    else:
        holder[key] = copy.deepcopy(chance.choice(VALUES))


def holders(value):
    if isinstance(value, (dict, list)):
        yield value
        for key in keys(value):
            yield from holders(value[key])


def keys(holder):
    return list(holder) if isinstance(holder, dict) else list(range(len(holder)))


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("yes", "string"), ("on", "string"), ("22:22", "string"), ("1.2.3", "string"), ("0777", "integer"),
        ("0o17", "integer"), ("0x1F", "integer"), ("0b11", "integer"), ("1_000", "integer"), ("1.", "integer"),
        ("1e3", "integer"), ("1.5", "number"), (".5", "number"), (".inf", "number"), ("-.INF", "number"),
        (".nan", "number"), ("~", "null"), ("", "null"), ("Null", "null"), ("nULL", "string"), ("TRUE", "boolean"),
        ("tRUE", "string"), ("2024-01-01", "date"), ("2024-01-01 10:00:00", "date"), ("-", "string"), ("+", "string"),
        ("1-2", "string"), ("0x", "string"), ("08", "integer"), ("9" * 200, "string"),
    ],
)  # fmt: skip
def test_kinds_of_plain_texts(text, kind):
    assert plain_kind(text) == kind
