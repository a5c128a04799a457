"""What BuildKit refuses is a syntax-error at its place, and the rest of the file is still linted."""

import pytest
from cases import validity_cases
from helpers import result_of

CASES = validity_cases()
# A tail every case gets, with a finding of its own.
TAIL = "FROM scratch AS tail\nWORKDIR relative\n"


def marks_of(text):
    """Return line, first and end column, and message of each syntax error."""
    result = result_of(text, "syntax-error")
    assert not result.crashes, result.crashes[0].traceback
    return [_mark(found) for found in result.diagnostics]


def _mark(found):
    source, span = found.location.source, found.location.span
    start, end = source.position(span.start), source.position(span.end)
    return (
        start.line,
        start.column,
        max(end.column, start.column + 1) if end.line == start.line else None,
        found.message,
    )


@pytest.mark.parametrize("name", CASES)
def test_place_and_message(name):
    case = CASES[name]
    found = marks_of(case.text)
    assert [mark[:3] for mark in found] == [mark[:3] for mark in case.marks]
    for mark, (_, _, _, part) in zip(found, case.marks, strict=True):
        assert part in mark[3]


@pytest.mark.parametrize("name", [name for name, case in CASES.items() if case.marks])
def test_the_rest_is_linted(name):
    case = CASES[name]
    text = case.text + TAIL
    line = text.count("\n")
    result = result_of(text, "workdir-relative")
    places = [
        (found.rule, found.location.source.position(found.location.span.start).line) for found in result.diagnostics
    ]
    assert ("workdir-relative", line) in places


def test_there_are_enough_cases():
    refused = sum(bool(case.marks) for case in CASES.values())
    assert len(CASES) >= 220
    assert refused >= 120
