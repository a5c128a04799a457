"""The rules about build contexts, on whole projects.

fixtures/contexts/*.txt: ``=== title`` begins a project, ``--- path`` a file of it, ``--- files`` a
list of further files (``path`` or ``path SIZE``), ``--- found`` what those rules must report:
``file:line:column rule``. Every rule must be silent about what is not listed.
"""

import os
import re

import pytest
from helpers import ROOT, place, write_file

import dlint
from dlint.checks.registry import RULES
from dlint.project.discovery import is_dockerfile_name

FOLDER = os.path.join(ROOT, "fixtures", "contexts")
ABOUT_CONTEXTS = [name for name, info in RULES.items() if info.family == "context"] + [
    "requirements-unpinned", "torch-family-mismatch", "framework-python-mismatch", "numpy2-with-old-framework",
    "framework-reinstalled-over-base", "alpine-for-ml", "full-python-image",
]  # fmt: skip
_SIZES = {"kB": 10**3, "MB": 10**6, "GB": 10**9}


def projects():
    """Return title and text of every project."""
    found = {}
    for name in sorted(os.listdir(FOLDER)):
        with open(os.path.join(FOLDER, name), encoding="utf-8") as file:
            for part in re.split(r"(?m)^=== ", file.read())[1:]:
                title, _, text = part.partition("\n")
                assert title not in found
                found[title] = text
    return found


PROJECTS = projects()


def lay_out(folder, text):
    """Write a project; return what must be found."""
    expected = []
    for part in re.split(r"(?m)^--- ", text)[1:]:
        name, _, body = part.partition("\n")
        if name == "found":
            expected = body.split("\n")
        elif name == "files":
            for line in filter(None, body.split("\n")):
                _write_listed(folder, *line.split(" "))
        else:
            write_file(folder, name, body)
    return sorted(filter(None, expected))


def _write_listed(folder, name, size=None):
    path = write_file(folder, name, "x\n")
    if size is not None:
        match = re.fullmatch(r"(\d+)(kB|MB|GB)", size)
        os.truncate(path, int(match[1]) * _SIZES[match[2]])


def found_in(folder, monkeypatch):
    """Return what the rules about contexts report in a folder."""
    monkeypatch.chdir(folder)
    files = sorted(
        os.path.relpath(os.path.join(top, name))
        for top, _, names in os.walk(".")
        for name in names
        if is_dockerfile_name(name)
    )
    return dlint.check(files, select=tuple(ABOUT_CONTEXTS), isolated=True)


@pytest.mark.parametrize("title", PROJECTS)
def test_project(title, tmp_path, monkeypatch):
    expected = lay_out(tmp_path, PROJECTS[title])
    found = found_in(tmp_path, monkeypatch)
    shown = {f"{each.location.path}:{':'.join(map(str, place(each)))} {each.rule}" for each in found}
    assert sorted(shown) == expected, "\n".join(each.message for each in found)


@pytest.mark.parametrize("rule", ABOUT_CONTEXTS)
def test_every_rule_is_seen_at_work(rule):
    """Each rule reports something in several projects."""
    assert sum(f" {rule}\n" in f"{text}\n" for text in PROJECTS.values()) >= 3
