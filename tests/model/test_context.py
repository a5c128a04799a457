"""The build context: what is sent, what is left out, and how far anybody looks."""

import os

import pytest
from helpers import source_of, write
from ignore_cases import CASES, TREE

from dlint.model import context as module
from dlint.model.context import BuildContext
from dlint.model.invocation import Invocation, clean_path
from dlint.parser.ignorefile import IgnoreFile


def context_of(folder, dockerfile="Dockerfile"):
    """Return the context of a folder."""
    return BuildContext(Invocation(os.path.join(str(folder), dockerfile), context=str(folder)))


@pytest.fixture
def tree(tmp_path):
    write(tmp_path, **dict.fromkeys(TREE, "x"))
    return tmp_path


@pytest.mark.parametrize(
    ("name", "left_out"),
    [
        ("only in the root", {".env"}),
        ("everywhere", {".env", "src/.env"}),
        ("an exception", {"data/raw.csv", "data/sub/raw.csv"}),
        ("everything but", set(TREE) - {path for path in TREE if path.startswith("src/") or path == "app.py"}),
        ("a folder everywhere", {"node_modules/x/index.js", "src/node_modules/y/index.js"}),
        ("nothing", set()),
        ("an indented comment is a pattern", {"models/a.pt", "models/b.safetensors", "models/small/c.pt"}),
    ],
)
def test_what_is_left_out(tree, name, left_out):
    write(tree, **{".dockerignore": CASES[name]})
    sent = {entry.path for entry in context_of(tree).walk() if not entry.is_folder} - {".dockerignore"}
    assert set(TREE) - sent == left_out


def test_an_ignore_file_beside_the_dockerfile_wins(tree):
    write(
        tree,
        **{
            ".dockerignore": "data\n",
            "docker/api.Dockerfile": "FROM a\n",
            "docker/api.Dockerfile.dockerignore": "models\n",
        },
    )
    assert context_of(tree).ignores("data/raw.csv")
    other = context_of(tree, "docker/api.Dockerfile")
    assert not other.ignores("data/raw.csv")
    assert other.ignores("models/a.pt")


def test_deciding_pattern_has_a_place():
    file = IgnoreFile(source_of("# x\n  data\n!data/keep\n"))
    pattern = file.deciding("data/raw.csv")
    assert file.source.text[pattern.span.start : pattern.span.end] == "data"
    assert file.deciding("data/keep") is None


@pytest.mark.parametrize("text", ["[\n", "a[\n", "[]\n", "!\n", "\\\n"])
def test_malformed_patterns_are_said_and_match_nothing(text):
    file = IgnoreFile(source_of(text))
    assert file.patterns[0].problem
    assert not file.ignores("a")


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("app.py", ["app.py"]),
        ("*.py", ["app.py"]),
        ("src", ["src", "src/app.py"]),
        ("models/?.pt", ["models/a.pt"]),
        ("missing", []),
        ("./src/../app.py", ["app.py"]),
        ("/app.py", ["app.py"]),
        ("*/app.py", ["src/app.py"]),
    ],
)
def test_what_a_source_of_copy_stands_for(tree, pattern, expected):
    found = [entry.path for entry in context_of(tree).copied(pattern)]
    assert [path for path in found if path in expected] == sorted(expected)
    assert bool(found) == bool(expected)


def test_sizes(tmp_path):
    write(tmp_path, **{"a": "x" * 10, "b/c": "x" * 20, "b/d": "x" * 30, ".dockerignore": "b/d\n"})
    context = context_of(tmp_path)
    assert context.tally("b").bytes == 20
    assert context.tally().bytes == 10 + 20 + len("b/d\n")
    assert context.tally().is_complete


def test_unknown_context_is_empty_and_says_so():
    context = BuildContext(Invocation("Dockerfile"))
    assert not context.is_known
    assert list(context.walk()) == []
    assert context.text("a") is None
    assert context.find("*") == []


def test_links_do_not_lead_out_or_around(tmp_path):
    """Loops of links end, and nothing outside the context is read."""
    write(tmp_path, **{"outside/secret.txt": "x", "root/a.txt": "y"})
    root = tmp_path / "root"
    (root / "loop").symlink_to(root)
    (root / "out").symlink_to(tmp_path / "outside")
    (root / "file").symlink_to(tmp_path / "outside" / "secret.txt")
    (root / "dangling").symlink_to(tmp_path / "nothing")
    context = context_of(root)
    assert sorted(entry.path for entry in context.walk()) == ["a.txt", "dangling", "file", "loop", "out"]
    assert context.text("out/secret.txt") is None
    assert context.text("file") is None
    assert context.text("a.txt").text == "y"


def test_endless_contexts_are_cut_short(tmp_path, monkeypatch):
    monkeypatch.setattr(module, "MAX_ENTRIES", 50)
    write(tmp_path, **{f"d{index}/f{index}": "x" for index in range(100)})
    context = context_of(tmp_path)
    assert len(list(context.walk())) <= 50
    assert not context.is_complete
    assert not context.tally().is_complete


def test_unreadable_folders_are_empty(tmp_path, monkeypatch):
    write(tmp_path, **{"a/b": "x"})

    def refuse(path):
        raise PermissionError(path)

    monkeypatch.setattr(os, "scandir", refuse)
    assert list(context_of(tmp_path).walk()) == []


@pytest.mark.parametrize(
    ("path", "cleaned"),
    [("", ""), (".", ""), ("./", ""), ("/", ""), ("a/./b/", "a/b"), ("../a", "a"), ("a/../..", ""), ("a\\b", "a/b")],
)
def test_clean_paths(path, cleaned):
    assert clean_path(path) == cleaned
