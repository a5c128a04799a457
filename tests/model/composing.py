"""Compose projects for tests of the model."""

from helpers import write_file

from dlint.project.compose import read_project
from dlint.text import Source


def project_of(text, folder=None, name="compose.yaml", **files):
    """Return the project of a text; with a folder it lies there, beside *files*."""
    path = f"{folder}/{name}" if folder else f"/nowhere/{name}"
    for file, content in files.items():
        write_file(str(folder), file, content)
    if folder:
        write_file(str(folder), name, text)
    project = read_project(Source(text, path), path)
    # The folders of a test are called after it.
    project.project_path = name
    return project


def service_of(text, folder=None, **more):
    """Return the service whose keys are given, as a text of YAML without indentation."""
    body = "".join(f"    {line}\n" for line in text.strip("\n").split("\n"))
    return project_of(f"services:\n  api:\n{body}", folder, **more).services["api"]


def placed_text(node):
    """Return what is written at a node."""
    return node.source.text[node.span.start : node.span.end]
