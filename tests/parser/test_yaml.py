"""YAML trees: values, places, and texts that are none."""

import pytest

from dlint.parser.yaml import MAX_NODES, Node, YamlError, read


def plain(node):
    """Return a tree as plain values."""
    if node.kind == "scalar":
        return None if node.is_empty else node.text
    if node.kind == "sequence":
        return [plain(item) for item in node.items]
    return {plain(key): plain(value) for key, value in node.pairs}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", None), ("# nothing\n", None), ("a", "a"), ("a:\n", {"a": None}), ("a: null", {"a": None}), ("a: 'null'", {"a": "null"}),
        ("a: [b, 'c', \"d\"]\ne:\n- f: g\n  h: 22:22\n", {"a": ["b", "c", "d"], "e": [{"f": "g", "h": "22:22"}]}),
        ("a: yes\nb: |\n  x\n  y\n", {"a": "yes", "b": "x\ny\n"}), ("- &x [1]\n- *x\n", [["1"], ["1"]]),
        ("a: &x {b: c}\nd: *x\n", {"a": {"b": "c"}, "d": {"b": "c"}}), ("a\n---\nb\n", "a"), ("\ufeffa: b\n", {"a": "b"}),
        ("? [a]\n: b\n", None), ("a: 1\r\nb: 2\r\n", {"a": "1", "b": "2"}),
    ],
)  # fmt: skip
def test_values(text, expected):
    assert expected == (plain(read(text)) if text[:1] != "?" else None)


def test_places():
    tree = read("# c\nä: [x,\n  y]\nb:\n  - z\n")
    (first, items), (_, others) = tree.pairs
    assert [(node.line, node.column) for node in (first, *items.items, *others.items)] == [
        (2, 1),
        (2, 5),
        (3, 3),
        (5, 5),
    ]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("a: [", 2), ("x: y\na: b: c", 2), ("a\0b", 1), ("x\ny\n\0", 3), ("\t- x", 1), ("a: *b", 1), ("a: &b *b", 1), ("'a", 1),
        ("[" * 30_000, 1), ("- " * 30_000, 1), ("{a: " * 200, 1), ("- a\n" * (MAX_NODES + 1), MAX_NODES), ("%YAML 3.0\n---\na", 1),
    ],
)  # fmt: skip
def test_mistakes(text, line):
    with pytest.raises(YamlError) as raised:
        read(text)
    assert raised.value.message
    assert raised.value.line == line


def test_aliases_are_not_copied():
    """What would be a billion values elsewhere is a few nodes."""
    text = "a0: &a0 x\n" + "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 30))
    tree = read(text)
    assert len(tree.pairs) == 30
    assert tree.pairs[2][1].items[0] is tree.pairs[1][1]


def test_no_python_objects():
    node = read("a: !!python/object/apply:os.system ['true']")
    assert isinstance(node.pairs[0][1], Node)
