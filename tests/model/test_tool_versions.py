"""Which release of a tool a command finds."""

import pytest
from helpers import build_of

from dlint.knowledge.removed_commands import NEWEST
from dlint.model.tool_versions import pip_release, tool_release

INSTALLER = "curl -sSL https://install.python-poetry.org | python3 -"


def release_before(text, name="poetry", base="FROM python:3.13-slim\n"):
    build = build_of(f"{base}{text}RUN tool run\n")
    command = list(build.commands("tool"))[-1]
    return (pip_release if name == "pip" else lambda b, c: tool_release(b, c, name))(build, command)


@pytest.mark.parametrize(
    ("before", "expected"),
    [
        ("", None),
        ("RUN pip install poetry\n", NEWEST),
        ("RUN pip install 'poetry>=1.8'\n", NEWEST),
        ("RUN pip install 'poetry<2'\n", None),
        ("RUN pip install 'poetry>=1.8,<2'\n", (1, 8)),
        ("RUN pip install poetry==1.8.5\n", (1, 8, 5)),
        ("ARG V\nRUN pip install poetry==$V\n", None),
        ("ARG V=1.7.1\nRUN pip install poetry==$V\n", (1, 7, 1)),
        ("RUN pip install -c constraints.txt poetry\n", None),
        ("RUN pip install poetry==1.8.5\nRUN pip install poetry==2.1.0\n", (2, 1, 0)),
        ("RUN if x; then pip install poetry; fi\n", None),
        ("RUN pipx install poetry==1.8.5\n", (1, 8, 5)),
        ("RUN pipx install poetry\n", NEWEST),
        ("RUN pipx upgrade poetry\n", None),
        (f"RUN {INSTALLER}\n", NEWEST),
        (f"RUN {INSTALLER} --version 1.8.2\n", (1, 8, 2)),
        (f"ENV POETRY_VERSION=1.7.0\nRUN {INSTALLER}\n", (1, 7, 0)),
        (f"RUN {INSTALLER.replace('python3', 'POETRY_VERSION=1.6.1 python3')}\n", (1, 6, 1)),
        (f"ARG POETRY_VERSION\nRUN {INSTALLER}\n", None),
        ("RUN curl -o p https://install.python-poetry.org\n", None),
        ("RUN pip install git+https://github.com/python-poetry/poetry\n", None),
    ],
)
def test_poetry(before, expected):
    assert release_before(before) == expected


@pytest.mark.parametrize("base", ["FROM corp/x:1\n", "FROM python:3.8-slim\n", "FROM ubuntu:20.04\n"])
def test_old_or_unknown_pythons(base):
    assert release_before("RUN pip install poetry\n", base=base) is None


def test_held_back():
    assert release_before("RUN pip install huggingface_hub\n", "huggingface-hub") == NEWEST
    assert release_before("RUN pip install huggingface_hub transformers\n", "huggingface-hub") == NEWEST
    assert release_before("RUN pip install huggingface_hub transformers==4.46.3\n", "huggingface-hub") is None
    assert release_before("RUN pip install -r r.txt\nRUN pip install huggingface_hub\n", "huggingface-hub") is None
    assert release_before("RUN pip install . huggingface_hub\n", "huggingface-hub") is None


def test_pip():
    assert release_before("", "pip") == (24, 2)
    assert release_before("", "pip", base="FROM python:3.13.0-slim\n") is None
    assert release_before("", "pip", base="FROM ubuntu:24.04\n") is None
    assert release_before("RUN pip install -U pip\n", "pip") == NEWEST
    assert release_before("RUN pip install pip\n", "pip") is None
    assert release_before("RUN pip install pip==23.0\n", "pip") == (23, 0)
    assert release_before("ENV PATH=/v/bin:$PATH\n", "pip") is None
