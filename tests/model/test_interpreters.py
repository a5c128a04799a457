"""Whether something may have made an environment, and what a project's file asks for."""

import pytest
from helpers import build_of, write_file

from dlint.model.interpreters import may_have_environment
from dlint.model.project_file import development_groups, read_project


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("RUN pip install x\n", False),
        ("RUN echo a && pip install x\nRUN python -m venv /v\n", False),
        ("COPY --from=ghcr.io/astral-sh/uv:0.9 /uv /uvx /bin/\nRUN pip install x\n", False),
        ("RUN curl -LsSf https://astral.sh/uv/install.sh | sh\nRUN pip install x\n", False),
        ("RUN python -m venv /v && pip install x\n", True),
        ("RUN uv sync\nRUN pip install x\n", True),
        ("RUN uv pip sync r.txt\nRUN pip install x\n", False),
        ("ENV VIRTUAL_ENV=/v\nRUN pip install x\n", True),
        ("COPY --from=python:3.12 /usr/local /usr/local\nRUN pip install x\n", True),
        ("RUN bash setup.bash\nRUN pip install x\n", True),
        ("RUN bash -c 'echo a'\nRUN pip install x\n", False),
        ('SHELL ["/bin/bash", "--login", "-c"]\nRUN pip install x\n', True),
        ("RUN pip install $OPTIONS x\n", True),
        ("RUN poetry run pip install x\n", True),
    ],
)
def test_environment(text, expected):
    command = next(iter(build_of(f"FROM ubuntu:24.04\n{text}").commands("pip")))
    assert may_have_environment(build_of(f"FROM ubuntu:24.04\n{text}"), command) is expected


@pytest.mark.parametrize(
    ("manager", "project", "groups"),
    [
        ("uv", '[dependency-groups]\ndev = ["a"]\ntest = ["b"]\n', ["dev"]),
        ("uv", '[dependency-groups]\ndev = ["a"]\ntest = ["b"]\n[tool.uv]\ndefault-groups = "all"\n', ["dev", "test"]),
        ("uv", "[dependency-groups]\ndev = []\n[tool.uv]\ndev-dependencies = [1]\n", ["dev"]),
        ("uv", "tool = 1\ndependency-groups = 2\n", []),
        ("uv", "[tool.uv]\ndefault-groups = [1, {a = 2}]\n", []),
        ("poetry", '[tool.poetry.group.dev.dependencies]\na = "1"\n[tool.poetry.group.ui.dependencies]\nb = "1"\n', ["dev"]),
        ("poetry", '[tool.poetry.group.test]\noptional = true\n[tool.poetry.group.test.dependencies]\na = "1"\n', []),
        ("pdm", '[tool.pdm.dev-dependencies]\ntest = ["a"]\n', ["test"]),
        ("pip", '[dependency-groups]\ndev = ["a"]\n', []),
    ],
)  # fmt: skip
def test_groups(manager, project, groups, tmp_path):
    write_file(tmp_path, "pyproject.toml", project)
    build = build_of("FROM python:3.13\nWORKDIR /a\nCOPY . .\nRUN uv sync\n", context=str(tmp_path))
    table = read_project(build, next(iter(build.commands("uv"))))
    assert development_groups(table, manager) == groups


def test_a_project_that_cannot_be_read(tmp_path):
    write_file(tmp_path, "pyproject.toml", "[tool\n")
    build = build_of("FROM python:3.13\nWORKDIR /a\nCOPY . .\nRUN uv sync\n", context=str(tmp_path))
    assert read_project(build, next(iter(build.commands("uv")))) is None
