"""Entries of compose files that change places, with what belongs to them."""

import random

import pytest
from helpers import source_of
from hypothesis import given
from hypothesis import strategies as st

from dlint.diagnostic import Edit, Fix
from dlint.parser.compose.blocks import reordered, says_the_same
from dlint.parser.yaml import read_yaml
from dlint.text import Span

NAMES = ("alpha", "beta", "gamma", "delta")


def sort(text, table="services"):
    """Return a text whose services, or top-level keys, are sorted; None where there is no certain way."""
    source = source_of(text)
    root = read_yaml(source)
    keys = [key for key, _ in (root.get(table) if table else root).pairs]
    order = sorted(range(len(keys)), key=lambda index: keys[index].text)
    edits = reordered(source, [key.span.start for key in keys], order)
    return None if edits is None else Fix("safe", "", tuple(Edit(*edit) for edit in edits)).apply(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("services:\n  b:\n    c: 1\n  a:\n    d: 2\n", "services:\n  a:\n    d: 2\n  b:\n    c: 1\n"),
        ("services:\n  b:\n    c: 1\n  a:\n    d: 2", "services:\n  a:\n    d: 2\n  b:\n    c: 1"),
        ("services:\r\n  b: 1\r\n  a: 2\r\n", "services:\r\n  a: 2\r\n  b: 1\r\n"),
        ("services:\n  # of b\n  b: 1 # b\n\n  a: 2\n\n\nx: 3\n", "services:\n  a: 2\n\n  # of b\n  b: 1 # b\n\n\nx: 3\n"),
        ("services:\n  b:\n    c: 1\n    # more of b\n  a: 2\n", "services:\n  a: 2\n  b:\n    c: 1\n    # more of b\n"),
        ("services:\n  b: |\n    # text\n\n    more\n  a: 2\n", "services:\n  a: 2\n  b: |\n    # text\n\n    more\n"),
        # Nothing to do, and nothing that would be certain.
        ("services:\n  a: 1\n  b: 2\n", "services:\n  a: 1\n  b: 2\n"),
        ("services: {b: 1, a: 2}\n", None),
        ("services:\n  b: 1\n\n  # of whom?\n\n  a: 2\n", None),
        ("services:\n  b: 1\n# of whom?\n  a: 2\n", None),
        ("services:\n  b: 1\n  a: 2\n  # once a service\n", None),
        ("services:\n  b: &x {c: 1}\n  a: *x\n", None),
        ("services:\n  b: &x {c: 1}\n  a: {d: 1}\nx: *x\n", "services:\n  a: {d: 1}\n  b: &x {c: 1}\nx: *x\n"),
        ("services:\n  b: |+\n    text\n\n  a: 2\n", None),
        ("services:\n  ? b\n  : 1\n  a: 2\n", None),
        ("--- {services: {b: 1, a: 2}}\n", None),
    ],
)  # fmt: skip
def test_sorting(text, expected):
    assert sort(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("b: 1\na: 2\n", "a: 2\nb: 1\n"),
        ("# head\n\nb: 1\na: 2\n", "# head\n\na: 2\nb: 1\n"),
        ("# head, or of b?\nb: 1\na: 2\n", None),
        ("---\n# head, or of b?\nb: 1\na: 2\n", None),
        ("# head\na: 1\nc: 2\nb: 3\n", "# head\na: 1\nb: 3\nc: 2\n"),
        ("---\nb: 1\na: 2\n...\n", "---\na: 2\nb: 1\n...\n"),
        ("b: 'x\ny'\na: 2\n", "a: 2\nb: 'x\ny'\n"),
    ],
)
def test_sorting_at_the_top(text, expected):
    assert sort(text, None) == expected


@given(st.integers(0, 10**9))
def test_whole_lines_change_places(seed):
    """Whatever stands there: the sorted file has the same lines and says the same, or there is none."""
    text = made(random.Random(seed))
    result = sort(text)
    if result is None:
        return
    assert sorted(result.split("\n")) == sorted(text.split("\n"))
    assert says_the_same(source_of(text), [(Span(0, len(text)), result)])
    names = [key.text for key, _ in read_yaml(source_of(result)).get("services").pairs]
    assert names == sorted(names)
    assert sort(result) == result


def made(choices):
    """Return a compose file of services in any order, with comments, blank lines and values of many kinds."""
    lines = ["services:"]
    for name in choices.sample(NAMES, choices.randint(1, 4)):
        lines += choices.choices(
            ["", "  # above", "    # deeper", "# further left"], [9, 6, 1, 1], k=choices.randint(0, 2)
        )
        lines.append(f"  {name}:{choices.choice(['', ' # behind'])}")
        for key in choices.sample(["image", "command", "ports", "labels"], choices.randint(1, 3)):
            lines += {
                "image": ["    image: x:1"],
                "command": ["    command: |", "      # text", "", "      more"],
                "ports": ["    ports:", "    # inside", "    - 80:80", "", '    - "81:81"'],
                "labels": [choices.choice(["    labels: {a: b}", "    labels: &a {a: b}", "    labels: *a"])],
            }[key]
    lines += choices.choices(["", "  # below", "volumes: {}"], k=choices.randint(0, 3))
    text = "\n".join(lines) + choices.choice(["", "\n"])
    try:
        read_yaml(source_of(text))
    except Exception:
        return "services:\n  b: 1\n  a: 2\n"
    return text
