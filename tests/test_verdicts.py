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


@pytest.mark.parametrize(
    ("script", "is_fixed"),
    [
        ("conda install -y numpy", True), ("set -e; conda install -y numpy", True), ("conda install -y numpy && x; y", True),
        ("set -e; conda install -y numpy; x", False), ("<<E\nset -e\nconda install -y numpy\nx\nE", False),
        ("! conda install -y numpy", False), ("x || conda install -y numpy", False), ("if x; then conda install -y numpy; fi", False),
    ],
)  # fmt: skip
def test_no_fix_that_hides_a_failure(script, is_fixed):
    text = f"FROM continuumio/miniconda3\nRUN {script}\n"
    (found,) = result_of(text, "conda-cache-in-layer").diagnostics
    assert (found.fix is not None) == is_fixed


def test_a_comment_behind_an_entry_goes_alone():
    """What it stands behind is no part of it."""
    text = "services:\n  a:\n    image: x:1  # dlint: ignore[compose-version-key]\n"
    (found,) = result_of(text, "unused-ignore", "compose-version-key", path="compose.yaml").diagnostics
    assert found.fix.apply(text) == "services:\n  a:\n    image: x:1\n"


def test_no_cache_mount_that_is_of_no_use():
    for script in (
        "pip install x && pip install --no-cache-dir y", "pip install x && rm -rf ~/.cache", "PIP_NO_CACHE_DIR=1 pip install x",
    ):  # fmt: skip
        (found,) = result_of(f"{PYTHON}RUN {script}\n", "cache-mount-missing").diagnostics
        assert found.fix is None
