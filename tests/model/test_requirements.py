"""Requirement files as pip reads them."""

import pytest
from helpers import write

from dlint.model.context import BuildContext
from dlint.model.invocation import Invocation
from dlint.model.requirements import read_requirements


def read(folder, **files):
    """Return the requirements of ``requirements.txt`` in a context with these files."""
    write(folder, **files)
    context = BuildContext(Invocation(f"{folder}/Dockerfile", context=str(folder)))
    return read_requirements(context, "requirements.txt")


def names(found):
    """Return name and pin of each entry."""
    return [(entry.package.name, entry.is_pinned) for entry in found.entries]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("torch==2.1\nnumpy\n", [("torch", True), ("numpy", False)]),
        ("# comment\n\n  torch >= 2 # why\n", [("torch", False)]),
        ("torch==2.1 \\\n    --hash=sha256:abc\n", [("torch", True)]),
        ("torch --hash=sha256:abc\n", [("torch", True)]),
        ("-i https://e.com\n--extra-index-url https://e.com\ntorch\n", [("torch", False)]),
        ("-e .\n-e git+https://e.com/a.git#egg=a\n./x\n", [(".", True), ("a", False), ("./x", True)]),
        ("a @ https://e.com/a.whl\n", [("a", True)]),
        ('a==1; python_version < "3"\n', [("a", True)]),
        ("${PACKAGE}\ntorch\n", [("torch", False)]),
        ("\ufefftorch\r\nnumpy\r\n", [("torch", False), ("numpy", False)]),
    ],
)
def test_entries(tmp_path, text, expected):
    assert names(read(tmp_path, **{"requirements.txt": text})) == expected


def test_includes_and_constraints(tmp_path):
    found = read(
        tmp_path,
        **{
            "requirements.txt": "-r sub/more.txt\n-c constraints.txt\n--requirement gone.txt\na\n",
            "sub/more.txt": "b\n-r ../third.txt\n",
            "third.txt": "c==1\n-r requirements.txt\n",
            "constraints.txt": "A==1\nd>=2\n",
        },
    )
    assert names(found) == [("b", False), ("c", True), ("a", False)]
    assert found.constraints == {"a"}
    assert found.missing == ["gone.txt"]


def test_places(tmp_path):
    found = read(tmp_path, **{"requirements.txt": "# x\n  torch >= 2  # y\n"})
    (entry,) = found.entries
    assert entry.source.text[entry.span.start : entry.span.end] == "torch >= 2"


def test_unseen(tmp_path):
    """Files that are missing, ignored, outside, binary or endless tell nothing."""
    assert read(tmp_path, **{"other.txt": "x"}) is None
    write(tmp_path, **{".dockerignore": "requirements.txt"})
    assert read(tmp_path, **{"requirements.txt": "x"}) is None
    assert read(tmp_path / "b", **{"requirements.txt": b"\0\0"}) is None
    outside = tmp_path / "c"
    outside.mkdir()
    (outside / "requirements.txt").symlink_to(tmp_path / "requirements.txt")
    assert read(outside) is None
