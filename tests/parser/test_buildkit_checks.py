"""BuildKit's own checks, each at its place; tests/docker asks Docker for the same files."""

import os
import re

import pytest
from cases import FIXTURES, read_cases
from helpers import result_of

from dlint.checks.registry import RULES

CASES = {case.name: case for case in read_cases(os.path.join(FIXTURES, "buildkit-checks.txt"))}
_BUILDKIT = re.compile(r"[A-Z][A-Za-z]+\Z")


def buildkit_names(aliases):
    """Return those of a rule's aliases that are names of BuildKit checks."""
    return [alias for alias in aliases if _BUILDKIT.match(alias)]


RULES_OF_BUILDKIT = [name for name, rule in RULES.items() if buildkit_names(rule.aliases)]


def marks_of(text):
    """Return line, first and end column, and BuildKit's name of each finding that has one."""
    result = result_of(text, *RULES_OF_BUILDKIT)
    assert not result.crashes, result.crashes[0].traceback
    marks = []
    for found in result.diagnostics:
        source, span = found.location.source, found.location.span
        start, end = source.position(span.start), source.position(span.end)
        marks += [
            (start.line, start.column, max(end.column, start.column + 1), name)
            for name in buildkit_names(found.aliases)
        ]
    return sorted(marks)


@pytest.mark.parametrize("name", CASES)
def test_check(name):
    assert marks_of(CASES[name].text) == sorted(CASES[name].marks)


def test_every_check_has_a_case():
    """Two are left to the rules' own tests: one needs a context, one an image of another platform."""
    tested = {mark[3] for case in CASES.values() for mark in case.marks}
    known = {name for rule in RULES.values() for name in buildkit_names(rule.aliases)}
    assert len(known) == 22
    assert known - tested == {"CopyIgnoredFile", "InvalidBaseImagePlatform"}
