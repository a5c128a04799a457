"""Compose projects that are written down as text."""

import os

from helpers import ROOT

from dlint.project.compose import read_project
from dlint.text import Source


def cases(name):
    """Yield name, expected lines and files of each project in a file of fixtures/compose."""
    with open(os.path.join(ROOT, "fixtures/compose", name), encoding="utf-8") as file:
        blocks = file.read().split("\n=== ")[1:]
    for block in blocks:
        head, *parts = block.split("\n--- ")
        title, *said = head.splitlines()
        files = dict(part.partition("\n")[::2] for part in parts)
        expected = [line[2:] for line in said if line.startswith("> ")]
        yield title, expected, {path: f"{text.rstrip()}\n" if text.strip() else "" for path, text in files.items()}


def write_project(folder, files):
    """Write the files of a project."""
    for path, text in files.items():
        full = os.path.join(folder, path)
        os.makedirs(os.path.dirname(full), exist_ok=True)
        with open(full, "w", encoding="utf-8") as file:
            file.write(text)


def project_of(folder, name="compose.yaml"):
    """Return the project of a file on the disk."""
    path = os.path.join(folder, name)
    with open(path, "rb") as file:
        return read_project(Source.from_bytes(file.read(), path), path)


def plain(node):
    """Return a node as plain data; null for what is nothing."""
    if node.kind == "text":
        return None if node.is_null else node.text
    if node.kind == "list":
        return [plain(item) for item in node.items]
    return {key.text: plain(value) for key, value in node.pairs}


def problems(project, folder):
    """Return the problems as ``file:line:column words``."""
    found = []
    for problem in project.problems:
        line, column = problem.source.position(problem.span.start)
        path = os.path.relpath(problem.source.path, folder)
        found.append(f"{path}:{line}:{column} {problem.message.replace(f'{folder}{os.sep}', '')}")
    return found
