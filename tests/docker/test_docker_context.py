"""Docker sends the files that dlint thinks it sends."""

import os

import pytest
from helpers import write
from ignore_cases import CASES, TREE

from dlint.model.context import BuildContext
from dlint.model.invocation import Invocation


@pytest.mark.parametrize("name", CASES)
def test_sent_files(engine, tmp_path, name):
    write(
        tmp_path,
        **(dict.fromkeys(TREE, "x") | {"Dockerfile": "FROM scratch\nCOPY . /\n", ".dockerignore": CASES[name]}),
    )
    context = BuildContext(Invocation(str(tmp_path / "Dockerfile"), context=str(tmp_path)))
    expected = sorted(entry.path for entry in context.copied(".") if not entry.is_folder)
    assert expected == engine.build_tree(tmp_path)


@pytest.mark.parametrize(
    "source",
    ["app.py", "src", "*.md", "s*/app.py", "models/?.pt", "models/[ab]*", "./src/../app.py", "/app.py", "docs/*/"],
)
def test_copied_files(engine, tmp_path, source):
    """What a source of COPY stands for, by name only: where it lands is the destination's business."""
    text = f"FROM scratch\nCOPY {source} /to/\n"
    write(tmp_path, **(dict.fromkeys(TREE, "x") | {"Dockerfile": text, ".dockerignore": "**/.env\n"}))
    context = BuildContext(Invocation(str(tmp_path / "Dockerfile"), context=str(tmp_path)))
    expected = sorted(os.path.basename(entry.path) for entry in context.copied(source) if not entry.is_folder)
    assert expected == sorted(os.path.basename(path) for path in engine.build_tree(tmp_path))


def test_an_ignore_file_beside_the_dockerfile(engine, tmp_path):
    files = {
        "Dockerfile": "FROM scratch\nCOPY . /\n",
        "Dockerfile.dockerignore": "b\n",
        ".dockerignore": "a\n",
        "a": "x",
        "b": "x",
    }
    write(tmp_path, **files)
    context = BuildContext(Invocation(str(tmp_path / "Dockerfile"), context=str(tmp_path)))
    expected = sorted(entry.path for entry in context.copied(".") if not entry.is_folder)
    assert expected == engine.build_tree(tmp_path)
    assert "a" in expected
