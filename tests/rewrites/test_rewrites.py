"""Single rewrites: fixtures/rewrites/NAME.txt.

``=== title`` begins a project, ``--- path`` a file of it (``--- files`` lists more, with their sizes). ``--- becomes
[path]`` is what the rewrite makes of a file (without it nothing changes), ``--- declined`` what it says of what it
leaves alone: line (``-`` for none) and reason.
"""

import os
import re

import pytest
from helpers import ROOT, write_file
from test_contexts import lay_out

from dlint.drafts import drafts
from dlint.engine.settings import SettingsResolver
from dlint.rewrites.planning import make_plan
from dlint.rewrites.subject import Subject

FOLDER = os.path.join(ROOT, "fixtures", "rewrites")


def cases():
    """Yield each project with the name of its rewrite and its title."""
    for name in sorted(os.listdir(FOLDER)):
        with open(os.path.join(FOLDER, name), encoding="utf-8") as file:
            text = file.read()
        for part in re.split(r"(?m)^=== ", text)[1:]:
            title, _, body = part.partition("\n")
            yield pytest.param(name.removesuffix(".txt"), body, id=f"{name}: {title}")


def prepare(folder, body):
    """Write a project; return what its files become, and what is declined."""
    becomes, declined = {}, []
    for part in re.split(r"(?m)^--- ", body)[1:]:
        name, _, text = part.partition("\n")
        if name.startswith("becomes"):
            becomes[name.partition(" ")[2] or "Dockerfile"] = text.rstrip("\n") + "\n"
        elif name == "declined":
            declined = [line for line in text.split("\n") if line]
        elif name == "Dockerfile crlf":
            write_file(folder, "Dockerfile", text.rstrip("\n").replace("\n", "\r\n") + "\r\n")
        elif name.endswith("-without-feed"):
            write_file(folder, name.removesuffix("-without-feed"), text.rstrip("\n"))
        elif name == "files":
            lay_out(folder, f"--- files\n{text.rstrip()}\n")
        elif not os.path.exists(os.path.join(folder, name)):
            write_file(folder, name, text.rstrip("\n") + "\n")
    return becomes, declined


@pytest.mark.parametrize(("name", "body"), list(cases()))
def test_rewrites(name, body, tmp_path, monkeypatch):
    becomes, declined = prepare(str(tmp_path), body)
    monkeypatch.chdir(tmp_path)
    settings = SettingsResolver({"isolated": True, "today": "2026-11-22", "shellcheck": "off"}).for_file("Dockerfile")
    subject = Subject("Dockerfile", "Dockerfile", settings)
    try:
        plan = make_plan(subject, lambda wanted: wanted == name)
    finally:
        drafts.clear()
    assert plan.bugs == []
    made = {change.path: change.after.decode().replace("\r\n", "\n") for change in plan.changes}
    assert made == becomes
    if b"\r\n" in (tmp_path / "Dockerfile").read_bytes():
        assert all(b"\n" not in change.after.replace(b"\r\n", b"") for change in plan.changes)
    assert sorted(f"{line or '-'} {each.reason}" for each, line in plan.declined) == sorted(declined)
