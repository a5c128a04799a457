"""Files of projects: locks, manifests and their groups."""

import pytest
from helpers import build_of, write

from dlint.model.projects import is_there, left_behind, project_path, read_project

COPY = "FROM python:3.13\nWORKDIR /app\n"


def last_install(text, context=None):
    build = build_of(COPY + text, context=context)
    return build, build.installs[-1]


@pytest.mark.parametrize(
    ("before", "there"),
    [
        ("COPY uv.lock ./\n", True),
        ("COPY pyproject.toml uv.lock ./\n", True),
        ("COPY . .\n", None),
        ("COPY pyproject.toml ./\n", None),
        ("COPY uv.lock ./\nRUN rm uv.lock\n", None),
        ("COPY other/uv.lock /elsewhere/\n", None),
    ],
)
def test_without_a_context(before, there):
    build, install = last_install(f"{before}RUN uv sync\n")
    assert is_there(build, install.command, "uv.lock") is there


def test_mounts_name_files():
    build, install = last_install("RUN --mount=type=bind,source=uv.lock,target=uv.lock uv sync\n")
    assert is_there(build, install.command, "uv.lock") is True


def test_with_a_context(tmp_path):
    write(
        tmp_path,
        **{"pyproject.toml": "[project]\n", "uv.lock": "", "poetry.lock": "", "__dockerignore": "poetry.lock\n"},
    )
    build, install = last_install("COPY . .\nRUN uv sync\n", str(tmp_path))
    assert is_there(build, install.command, "uv.lock") is True
    assert is_there(build, install.command, "poetry.lock") is False
    assert is_there(build, install.command, "pdm.lock") is False
    assert read_project(build, install, "pyproject.toml").text == "[project]\n"
    assert left_behind(build, install, "pyproject.toml", "uv.lock") is None
    assert left_behind(build, install, "pyproject.toml", "poetry.lock") == "poetry.lock"


def test_left_behind(tmp_path):
    write(tmp_path, **{"app/pyproject.toml": "", "app/uv.lock": ""})
    build, install = last_install("COPY app/pyproject.toml ./\nRUN uv sync\n", str(tmp_path))
    assert left_behind(build, install, "pyproject.toml", "uv.lock") == "app/uv.lock"
    build, install = last_install("COPY app/pyproject.toml ./\nRUN uv lock\nRUN uv sync\n", str(tmp_path))
    assert left_behind(build, install, "pyproject.toml", "uv.lock") is None
    build, install = last_install("COPY app/pyproject.toml ./\nRUN uv sync\n")
    assert left_behind(build, install, "pyproject.toml", "uv.lock") is None


def test_project_path():
    assert project_path(last_install("RUN uv sync --project svc\n")[1], "uv.lock") == "svc/uv.lock"
    assert project_path(last_install("RUN uv sync\n")[1], "uv.lock") == "uv.lock"
    assert project_path(last_install("ARG P\nRUN uv sync --project $P\n")[1], "uv.lock") is None


GROUPS = """
[dependency-groups]
dev = ["pytest>=8", "Ruff", {include-group = "lint"}]
docs = ["sphinx"]
[tool.uv]
dev-dependencies = ["mypy"]
[tool.poetry.group.test.dependencies]
pytest = "^8"
python = "^3.11"
[tool.poetry.group.lint]
optional = true
[tool.poetry.group.lint.dependencies]
ruff = "*"
[tool.pdm.dev-dependencies]
test = ["tox"]
"""
