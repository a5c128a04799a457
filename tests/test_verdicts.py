"""What is easily judged wrong: files, and what a rule must or must not say about them."""

import os
from importlib import import_module

import pytest
from helpers import ROOT, result_of, rules_found

PYTHON = "FROM python:3.13-slim\n"


def cases(kind):
    """Return the cases of one kind of every module in tests/verdicts: (rule, text[, message])."""
    folder = os.path.join(ROOT, "tests", "verdicts")
    modules = [import_module(f"verdicts.{name[:-3]}") for name in sorted(os.listdir(folder)) if name.endswith(".py")]
    return [case for module in modules for case in getattr(module, kind, [])]


def whole(text):
    """Return a file that begins with FROM."""
    return text if text.startswith(("FROM", "ARG IMAGE", "#")) else PYTHON + text


@pytest.mark.parametrize(("rule", "text"), cases("SILENT"))
def test_silent(rule, text):
    assert rules_found(whole(text), rule) == []


@pytest.mark.parametrize(("rule", "text", "message"), cases("REPORTED"))
def test_reported(rule, text, message):
    found = result_of(whole(text), rule).diagnostics
    assert len(found) == 1
    assert message in (None, found[0].message)


@pytest.mark.parametrize(("rule", "text", "advice"), cases("ADVICE"))
def test_advice(rule, text, advice):
    (found,) = result_of(whole(text), rule).diagnostics
    assert found.advice == advice


def test_errors_do_not_depend_on_other_rules():
    """What cannot be expanded is reported once, whatever else is on."""
    text = PYTHON + "COPY . ${A:z}\nWORKDIR ${B:z}\n"
    for select in (("syntax-error",), ("syntax-error", "copy-source-before-install"), ("all",)):
        found = [d for d in result_of(text, *select).diagnostics if d.rule == "syntax-error"]
        assert len(found) == 2


@pytest.mark.parametrize(
    "text",
    [
        'RUN ["pip", "install", "x"]\n', 'RUN ["apt-get", "install", "-y", "x"]\n',
        "RUN bash -c \"pip install 'x' && echo \\\"a\\\"\"\n",
    ],
)  # fmt: skip
def test_no_fix_that_breaks_the_command(text):
    for diagnostic in result_of(PYTHON + text, "pip-cache-in-layer", "apt-recommends").diagnostics:
        assert diagnostic.fix is None
