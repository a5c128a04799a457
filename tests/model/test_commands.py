"""The commands that really run, with what wraps them looked through."""

import pytest
from helpers import build_of


def commands(line, head="FROM python:3.12\n"):
    """Return name and arguments of the commands of a RUN."""
    return [(found.name, *found.values()) for found in build_of(f"{head}RUN {line}\n").stages[0].steps[-1].commands]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("sudo -u app pip install x", [("pip", "install", "x")]),
        ("env A=1 B=2 pip install x", [("pip", "install", "x")]),
        ("sudo -E env A=1 nice -n 10 pip install x", [("pip", "install", "x")]),
        ("exec python app.py", [("python", "app.py")]),
        ("time pip install x", [("pip", "install", "x")]),
        ("timeout -k 5 60 pip install x", [("pip", "install", "x")]),
        ("nohup pip install x", [("pip", "install", "x")]),
        ("echo x | xargs -n 1 pip install", [("echo", "x"), ("pip", "install")]),
        ("/opt/venv/bin/pip3.11 install x", [("pip", "install", "x")]),
        ("python3.12 -m pip install x", [("pip", "install", "x")]),
        ("python -u -m uvicorn app:app", [("uvicorn", "app:app")]),
        ("uv run python -m pip list", [("uv", "run", "python", "-m", "pip", "list"), ("pip", "list")]),
        (
            "conda run -n env pip install x",
            [("conda", "run", "-n", "env", "pip", "install", "x"), ("pip", "install", "x")],
        ),
        (
            'bash -c "pip install x && rm y"',
            [("bash", "-c", "pip install x && rm y"), ("pip", "install", "x"), ("rm", "y")],
        ),
        ("bash -lc 'a; b'", [("bash", "-lc", "a; b"), ("a",), ("b",)]),
        ("eval 'pip install x'", [("eval", "pip install x"), ("pip", "install", "x")]),
        ("echo pip install x", [("echo", "pip", "install", "x")]),
        ("echo 'a && pip install x' > y", [("echo", "a && pip install x")]),
        ("command -v pip", [("command", "-v", "pip")]),
        ("PIP=pip3; $PIP install x", [("",), ("pip", "install", "x")]),
        ("gosu app python x.py", [("python", "x.py")]),
    ],
)
def test_commands(line, expected):
    found = commands(line)
    assert [item for item in found if item != ("",)] == [item for item in expected if item != ("",)]


def test_json_form():
    step = build_of('FROM a\nRUN ["sh", "-c", "pip install x"]\n').stages[0].steps[0]
    assert [found.name for found in step.commands] == ["sh", "pip"]
    text = step.stage.source.text
    pip = step.commands[1]
    assert text[pip.span.start : pip.span.end] == "pip install x"


def test_heredoc_forms():
    """A lone heredoc is the script; one fed to a shell too; data and other languages are not."""
    assert [name for name, *_ in commands("<<EOF\npip install x\ncat <<A\nrm y\nA\nEOF")] == ["pip", "cat"]
    assert [name for name, *_ in commands("bash <<EOF\npip install x\nEOF")] == ["bash", "pip"]
    assert [name for name, *_ in commands("python3 - <<EOF\nimport os\nEOF")] == ["python"]
    assert [name for name, *_ in commands("cat <<EOF > /run.sh\npip install x\nEOF")] == ["cat"]
    assert [name for name, *_ in commands("<<EOF\n#!/usr/bin/env python3\nimport os\nEOF")] == []
    assert [name for name, *_ in commands("<<EOF\n#!/bin/bash\npip install x\nEOF")] == ["pip"]


def test_conditions_go_through_wrappers():
    found = build_of("FROM a\nRUN if x; then bash -c 'pip install y'; fi\n").stages[0].steps[0].commands
    assert [(command.name, command.is_conditional) for command in found] == [
        ("x", False),
        ("bash", True),
        ("pip", True),
    ]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("FROM scratch\nENV A=1\nRUN x\n", "1"),
        ("FROM scratch\nENV A=1\nRUN A=2 x\n", "2"),
        ("FROM scratch\nRUN export A=3 && x\n", "3"),
        ("FROM scratch\nRUN env A=4 x\n", "4"),
        ("FROM scratch\nRUN x\n", None),
    ],
)
def test_settings(text, value):
    step = build_of(text).stages[0].steps[-1]
    assert next(found for found in step.commands if found.name == "x").setting("A") == value


def test_arguments_with_variables():
    step = (
        build_of("FROM scratch\nARG V=2.1\nRUN pip install torch==$V \"a==${V}\" 'b==$V' c==$(x)\n").stages[0].steps[-1]
    )
    command = next(found for found in step.commands if found.name == "pip")
    assert [command.resolve(word) for word in command.arguments[1:]] == ["torch==2.1", "a==2.1", "b==$V", None]
