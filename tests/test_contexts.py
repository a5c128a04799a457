"""The rules about build contexts and compose projects, on whole projects.

fixtures/contexts/*.txt: ``=== title`` begins a project, ``--- path`` a file of it, ``--- files`` a
list of further files (``path`` or ``path SIZE``), ``--- found`` what those rules must report:
``file:line:column rule``. Every rule must be silent about what is not listed. ``--- found by default``
lists what all default rules report together.
"""

import os
import re

import pytest
from evidence import projects
from helpers import place, write_file

import dlint
from dlint.checks.registry import RULES
from dlint.project.discovery import is_compose_name, is_dockerfile_name

# Files that are listed without their text hold something; these hold as little as their format allows.
_LEAST = {
    "uv.lock": "version = 1\n", "poetry.lock": "package = []\n", "pdm.lock": "package = []\n",
    "Pipfile.lock": '{"_meta": {}}\n', "environment.yml": "dependencies: []\n", "pyproject.toml": "[project]\n",
}  # fmt: skip
PROJECTS = projects()
_BY_DEFAULT = "--- found by default\n"
_LISTED = "\n".join(text for text in PROJECTS.values() if _BY_DEFAULT not in text)
# Rules that need a context, and others that some project lists.
NEED_A_CONTEXT = [name for name, info in RULES.items() if info.family == "context" or info.looks_at == "context"]
ABOUT_CONTEXTS = [name for name in RULES if name in NEED_A_CONTEXT or re.search(rf"(?m) {name}$", _LISTED)]
_SIZES = {"kB": 10**3, "MB": 10**6, "GB": 10**9}


def lay_out(folder, text):
    """Write a project; return what must be found."""
    expected = []
    for part in re.split(r"(?m)^--- ", text)[1:]:
        name, _, body = part.partition("\n")
        if name in ("found", "found by default"):
            expected = body.split("\n")
        elif name == "files":
            for line in filter(None, body.split("\n")):
                _write_listed(folder, *line.split(" "))
        else:
            write_file(folder, name, body)
    return sorted(filter(None, expected))


def _write_listed(folder, name, size=None):
    path = write_file(folder, name, _LEAST.get(name.rpartition("/")[2], "x\n"))
    if size is not None:
        match = re.fullmatch(r"(\d+)(kB|MB|GB)", size)
        os.truncate(path, int(match[1]) * _SIZES[match[2]])


def found_in(folder, monkeypatch, select=tuple(ABOUT_CONTEXTS)):
    """Return what rules report in a folder: those about contexts."""
    monkeypatch.chdir(folder)
    files = sorted(
        os.path.relpath(os.path.join(top, name))
        for top, _, names in os.walk(".")
        for name in names
        if is_dockerfile_name(name) or is_compose_name(name)
    )
    return dlint.check(files, select=select, isolated=True)


@pytest.mark.parametrize("title", PROJECTS)
def test_project(title, tmp_path, monkeypatch):
    expected = lay_out(tmp_path, PROJECTS[title])
    found = found_in(tmp_path, monkeypatch, *((("recommended",),) if _BY_DEFAULT in PROJECTS[title] else ()))
    shown = {f"{each.location.path}:{':'.join(map(str, place(each)))} {each.rule}" for each in found}
    assert sorted(shown) == expected, "\n".join(each.message for each in found)


@pytest.mark.parametrize("rule", NEED_A_CONTEXT)
def test_every_rule_is_seen_at_work(rule):
    """Each rule reports something in several projects."""
    assert sum(f" {rule}\n" in f"{text}\n" for text in PROJECTS.values()) >= 3
