"""Which commands of a RUN may fail unnoticed, and why."""

import pytest
from helpers import build_of

from dlint.model.failures import unnoticed


def fates(line, head="FROM python:3.12\n"):
    """Return the commands that may fail unnoticed: first word and kind."""
    step = build_of(f"{head}RUN {line}\n").stages[0].steps[-1]
    return [(command.words[0].value, fate.kind) for command, fate in unnoticed(step).items()]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("a && b", []),
        ("a; b", [("a", "list")]),
        ("a && b; c", [("b", "list"), ("a", "list")]),
        ("a || b", []),
        ("a || true", [("a", "alternative")]),
        ("a && b || true && c", [("b", "alternative"), ("a", "alternative")]),
        ("a || { echo x; exit 1; }", [("echo", "list")]),
        ("a || { echo x; true; }", [("echo", "list"), ("a", "alternative")]),
        ("a || exit 0", [("a", "alternative")]),
        ("a || exit 1", []),
        ("a & wait", []),
        ("if a; then b; c; fi", [("b", "list")]),
        ("if a; then b; fi; c", [("b", "list")]),
        ("for x in 1 2; do a; done", [("a", "loop")]),
        ("for x in 1 2; do a || exit 1; done", []),
        ("(a; b) || true", [("a", "alternative"), ("b", "alternative")]),
        ("f() { a; b; }; f", [("a", "list"), ("b", "list")]),
        ("set -e; a; b", []),
        ("a; set -e; b; c", [("a", "list")]),
        ("set -e; a; set +e; b; c", []),
        ("bash -c 'a; b'", [("a", "list")]),
        ("bash -ec 'a; b'", []),
        ("bash -c 'a; b'; c", [("bash", "list"), ("a", "list"), ("b", "list")]),
        ("<<EOF\na\nb\nEOF", [("a", "list")]),
        ("<<EOF\n#!/bin/sh -e\na\nb\nEOF", []),
        ("bash <<EOF\na\nb\nEOF", [("a", "list")]),
    ],
)
def test_unnoticed(line, expected):
    assert fates(line) == expected


def test_a_shell_that_stops():
    assert fates("a; b", 'FROM python:3.12\nSHELL ["/bin/bash", "-o", "errexit", "-c"]\n') == []
