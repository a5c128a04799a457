"""What is easily judged wrong: files, and what a rule must or must not say about them.

tests/verdicts holds the cases; further names behind that of the rule are rules that are on beside it.
"""

import re

import pytest
from evidence import verdicts
from helpers import is_compose, result_of, rules_found

PYTHON = "FROM python:3.13-slim\n"


def whole(text):
    """Return the text with a FROM in front if it begins in the middle of a stage; compose files stay as they are."""
    return text if is_compose(text) or re.match(r"(?i)((#|ARG IMAGE).*\n)*FROM ", text) else PYTHON + text


@pytest.mark.parametrize(("rule", "text"), verdicts("SILENT"))
def test_silent(rule, text):
    names = rule.split()
    assert [name for name in rules_found(whole(text), *names) if name == names[0]] == []


@pytest.mark.parametrize(("rule", "text", "message"), verdicts("REPORTED"))
def test_reported(rule, text, message):
    names = rule.split()
    found = [diagnostic for diagnostic in result_of(whole(text), *names).diagnostics if diagnostic.rule == names[0]]
    assert len(found) == 1
    assert message in (None, found[0].message)


@pytest.mark.parametrize(("rule", "text", "advice"), verdicts("ADVICE"))
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
