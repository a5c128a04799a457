"""YAML as nodes: places, limits, and errors in words that help."""

import subprocess
import sys

import pytest
from helpers import ROOT
from hypothesis import given, settings
from hypothesis import strategies as st

from dlint.parser.unreadable import UnreadableError
from dlint.parser.yaml import read_documents, read_yaml
from dlint.parser.yaml_comments import read_comments
from dlint.text import Source


def walk(node):
    stack = [node] if node is not None else []
    while stack:
        node = stack.pop()
        yield node
        stack += [*node.items, *(part for pair in node.pairs for part in pair)]


@pytest.mark.parametrize(
    ("text", "place", "words"),
    [
        ("services:\n\ta:\n  image: x", (2, 1), "a tab stands in the indentation"),
        ("a:\n  b: c\n \td: e", (3, 2), "a tab stands in the indentation"),
        ("services:\n  a:\n    image: x\n   b: 1\n", (4, 4), "does not fit the indentation"),
        ("a: 'x\nb: c\n", (1, 4), "the quote that begins here is never closed"),
        ("a: [1, 2\nb: c\n", (1, 4), "the [ that begins here is never closed"),
        ("a: {x: 1\nb: c\n", (1, 4), "the { that begins here is never closed"),
        ("a: b: c\n", (1, 5), "a second :"),
        ("a: @x\n", (1, 4), "cannot begin with @"),
        ("a: *x", (1, 4), "there is no &x above"),
        ("a: &x {b: *x}", (1, 11), "inside of what it stands for"),
        ("a: - b\n", (1, 4), "a list cannot begin on the line of its key"),
        ('a: "\\q"', (1, 5), "escape does not exist"),
        ("a: \x01", (1, 4), "control character"),
        ("a:\n  - b\n  c: d\n", (3, 3), "does not fit the list above"),
        ("\ufeffa: b: c\n", (1, 6), "a second :"),
    ],
)
def test_errors(text, place, words):
    source = Source(text)
    with pytest.raises(UnreadableError) as caught:
        read_documents(source)
    assert words in caught.value.message
    assert tuple(source.position(caught.value.span.start)) == place


@pytest.mark.parametrize(
    ("text", "key", "written"),
    [
        ("a: &x foo # c\nb: 1", "a", "foo"),
        ("a: !!str 5", "a", "5"),
        ("a: &x !tag # comment\n  foo\n", "a", "foo"),
        ("a: 'x y' # c", "a", "'x y'"),
        ("a: &y {c: d}\nb: 1", "a", "{c: d}"),
        ("a: &z\n  - f\n  - g\n\n# c\nb: 1", "a", "- f\n  - g"),
        ("a:\n  b: c\n\n\nd: 1", "a", "b: c"),
        ("a: |\n  x\n  y\n\nb: 1", "a", "|\n  x\n  y"),
        ("a:\n- b: c\n  d: e\nf: 1", "a", "- b: c\n  d: e"),
        ("x: &x 1\na: *x\n", "a", "1"),
        ("a: {b: [c, d]}", "a", "{b: [c, d]}"),
    ],
)
def test_places(text, key, written):
    assert read_yaml(Source(text)).get(key).written == written


def test_keys_that_stand_twice():
    _, repeated = read_documents(Source("a: 1\nb: {c: 1, 'c': 2, c: 3}\na: 4\n"))
    assert [(second.span.start, first.span.start) for second, first in repeated] == [(15, 9), (23, 9), (29, 0)]


def test_nothing_and_texts():
    root = read_yaml(Source("a:\nb: ~\nc: null\nd: ''\ne: 'null'\nf: []\ng: !!str\n"))
    assert [key.text for key, value in root.pairs if value.is_null] == ["a", "b", "c"]


CHAIN = "a: &a {x: 1}\n" + "".join(f"b{n}: &b{n} {{x: *{f'b{n - 1}' if n else 'a'}}}\n" for n in range(100))
LAUGHS = "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9) if n else 'lol'}]\n" for n in range(10))


READ = """
import sys, time
from dlint.parser.unreadable import UnreadableError
from dlint.parser.yaml import read_documents
from dlint.text import Source
with open(sys.argv[1], encoding="utf-8") as file:
    source = Source(file.read())
started = time.process_time()
try:
    read_documents(source)
    print("read")
except UnreadableError as error:
    print(error.is_limit, error.message)
print(time.process_time() - started)
print(next(line.split()[1] for line in open("/proc/self/status") if line.startswith("VmHWM")))
"""


def read_elsewhere(folder, text):
    """Return what reading a text gives, and how many seconds and bytes it takes, in a process of its own."""
    path = folder / "big.yaml"
    path.write_text(text, encoding="utf-8")
    ran = subprocess.run([sys.executable, "-c", READ, path], cwd=ROOT, capture_output=True, text=True, check=True)
    said, seconds, kilobytes = ran.stdout.splitlines()
    return said, float(seconds), int(kilobytes) * 1024


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (LAUGHS, "once its aliases are written out"),
        (LAUGHS.replace("[", "{x: [").replace("]", "]}"), "once its aliases are written out"),
        (CHAIN, "levels deep"),
        ("[" * 100_000, "nested more than"),
        ("- " * 100_000, "nested more than"),
        ("- a\n" * 300_000, "has more than"),
    ],
    ids=["laughs", "laughing tables", "chain", "brackets", "dashes", "many"],
)
def test_bombs(tmp_path, text, words):
    said, seconds, size = read_elsewhere(tmp_path, text)
    assert said.startswith("True ")
    assert words in said
    assert seconds < 15
    assert size < 300_000_000


@pytest.mark.parametrize(
    "line", ["# comment\n", f"a: '{'x' * 1000}'\n", "k: |\n" + "  text\n" * 1000], ids=["comments", "quotes", "blocks"]
)
def test_ten_megabytes(tmp_path, line):
    count = 10_000_000 // len(line)
    text = "a0: 1\n" + "".join(line.replace("a:", f"a{n}:").replace("k:", f"k{n}:") for n in range(count))
    said, seconds, size = read_elsewhere(tmp_path, text)
    assert said == "read"
    assert seconds < 15
    assert size < 300_000_000


def test_many_aliases_are_fine():
    text = "x: &x {a: 1, b: [1, 2, 3]}\n" + "".join(f"s{n}: {{<<: *x, c: *x}}\n" for n in range(2000))
    assert len(read_yaml(Source(text)).pairs) == 2001


@settings(max_examples=300, deadline=None)
@given(st.text(alphabet="ab:-[]{}&*!|>'\"#, \n\t<~\x00é\U0001f600\ufeff\ud800", max_size=60))
def test_no_text_breaks_it(text):
    source = Source(text)
    try:
        documents, _ = read_documents(source)
    except UnreadableError as error:
        assert 0 <= error.span.start <= error.span.end <= len(text)
    else:
        for root in documents:
            assert all(0 <= node.span.start <= node.span.end <= len(text) for node in walk(root))
    for comment in read_comments(source):
        assert source.text[comment.span.start] == "#"
        assert "\n" not in source.text[comment.span.start : comment.span.end]


def test_comments():
    text = """# top
a: 1 # trailing
b: "x # no" # yes
c: 'multi
  # no
  end'
d: | # header
  # no

# after
e: a#b
f: [1, # in flow
  2] #end
  # indented
k: !reset # tag
  "q # n"
h: >-
  # folded
# end"""
    found = [(comment.text, comment.is_alone) for comment in read_comments(Source(text))]
    assert found == [
        (" top", True), (" trailing", False), (" yes", False), (" header", False), (" after", True), (" in flow", False),
        ("end", False), (" indented", True), (" tag", False), (" end", True),
    ]  # fmt: skip
    broken = "a: [ # one\n  # two\nb: }"
    assert [comment.text for comment in read_comments(Source(broken))] == [" one", " two"]
