"""Imports run one way: text, diagnostic, parser, model, project, checks, engine, cli."""

import ast
import os

from helpers import ROOT

# Each room, and the rooms it may import from. Those above stand in the order of the data.
ALLOWED = {
    "bundle": {"regex"},
    "regex": set(),
    "digest": set(),
    "globs": {"regex"},
    "drafts": set(),
    "text": set(),
    "diagnostic": {"text"},
    "parser": {"text", "regex", "globs"},
    "knowledge": {"regex"},
    "model": {"drafts", "text", "diagnostic", "parser", "knowledge", "regex", "globs"},
    "project": {"drafts", "text", "parser", "model", "regex", "globs"},
    "shellcheck": {"text", "model", "knowledge", "regex", "digest"},
    "checks": {"text", "diagnostic", "parser", "model", "knowledge", "project", "shellcheck", "regex"},
    "pages": {"checks", "regex"},
    "engine": {
        "drafts",
        "text",
        "diagnostic",
        "parser",
        "knowledge",
        "model",
        "project",
        "shellcheck",
        "checks",
        "regex",
        "digest",
        "globs",
    },
    "report": {"text", "diagnostic", "model", "project", "checks", "engine", "pages", "regex"},
    "cli": {
        "bundle",
        "drafts",
        "text",
        "diagnostic",
        "globs",
        "project",
        "shellcheck",
        "checks",
        "engine",
        "report",
        "pages",
        "rewrites",
    },
    "rewrites": {
        "drafts",
        "text",
        "diagnostic",
        "parser",
        "knowledge",
        "model",
        "project",
        "checks",
        "engine",
        "regex",
        "globs",
    },
    "api": {"text", "diagnostic", "parser", "project", "engine"},
}
# Only the command line knows how it is made.
ONLY_IN = {"typer": ("cli",), "rich": ("cli", "report"), "docker": ("analyzer",), "yaml": ("parser",)}


def modules():
    """Yield the dotted name and the path of every module."""
    for top, _, names in os.walk(os.path.join(ROOT, "dlint")):
        for name in names:
            if name.endswith(".py"):
                path = os.path.join(top, name)
                dotted = os.path.relpath(path, ROOT)[:-3].replace(os.sep, ".").removesuffix(".__init__")
                yield dotted, path


def imports(path):
    """Yield module and line of each import in a file, at the top or anywhere else."""
    with open(path, encoding="utf-8") as file:
        tree = ast.parse(file.read())
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module:
            yield node.module, node.lineno
            for alias in node.names:
                yield f"{node.module}.{alias.name}", node.lineno
        elif isinstance(node, ast.Import):
            for alias in node.names:
                yield alias.name, node.lineno


def test_imports_run_one_way():
    offences = []
    for module, path in modules():
        room = module.split(".")[1] if "." in module else "dlint"
        for imported, line in imports(path):
            parts = imported.split(".")
            if parts[0] in ONLY_IN and room not in ONLY_IN[parts[0]]:
                offences.append(f"{module}:{line} imports {imported}, which only {ONLY_IN[parts[0]]} may")
            if parts[0] != "dlint" or len(parts) < 2 or room == "dlint" or room == "__main__":
                continue
            other = parts[1]
            if other in ALLOWED and other != room and other not in ALLOWED[room]:
                offences.append(f"{module}:{line}: {room} may not import {other} ({imported})")
    assert offences == []


def test_every_room_has_its_place():
    rooms = {module.split(".")[1] for module, _ in modules() if "." in module}
    assert rooms - set(ALLOWED) == {"__main__"}


def test_the_test_can_fail(tmp_path):
    path = tmp_path / "x.py"
    path.write_text("from dlint.engine import run\nimport typer\n")
    assert {name for name, _ in imports(path)} == {"dlint.engine", "dlint.engine.run", "typer"}
