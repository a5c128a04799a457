"""What git clone brings, and where to."""

import pytest
from helpers import build_of

from dlint.model.clones import read_clone

HOST = "https://github.com/x"


@pytest.mark.parametrize(
    ("line", "name", "folder", "branch", "is_shallow"),
    [
        (f"git clone {HOST}/y.git", "y", "y", None, False),
        (f"git clone {HOST}/y/", "y", "y", None, False),
        (f"git clone -b v1 {HOST}/y /opt/z", "y", "/opt/z", "v1", False),
        (f"git clone --depth=1 --branch=v1 {HOST}/y .", "y", ".", "v1", True),
        (f"git clone {HOST}/y --filter blob:none", "y", "y", None, True),
        (f"git -c a.b=c clone {HOST}/y", "y", "y", None, False),
        ("git clone git@github.com:x/y.git", "y", "y", None, False),
        ("git clone git@host:y.git", "y", "y", None, False),
        (f"git lfs clone {HOST}/y", "y", "y", None, False),
    ],
)
def test_clone(line, name, folder, branch, is_shallow):
    (command,) = build_of(f"FROM debian:13\nRUN {line}\n").commands("git")
    clone = read_clone(command)
    assert (clone.name, clone.folder, clone.branch, clone.is_shallow) == (name, folder, branch, is_shallow)
    assert clone.is_remote
    assert clone.is_lfs == ("lfs" in line)


@pytest.mark.parametrize(
    "line", ["git pull", "git clone", "git", "git -C", "git lfs", "git lfs install", "git clone --"]
)
def test_no_clone(line):
    (command,) = build_of(f"FROM debian:13\nRUN {line}\n").commands("git")
    assert read_clone(command) is None
