"""The same reading as BuildKit's own parser, instruction for instruction."""

import pytest
from helpers import source_of
from oracles import differences
from samples import samples

SAMPLES = samples()
# The oracle is older than these rules; tests/docker asks a current Docker about them.
NEWER = {
    "run: RUN of a heredoc with a blank before its word",
    "run: RUN with a shift between blanks is one",
    "instructions: JSON with text behind it is a shell command",
}


@pytest.mark.parametrize("name", [name for name in SAMPLES if name not in NEWER])
def test_same_reading(name):
    source = source_of(SAMPLES[name])
    try:
        found = differences(source)
    except ValueError:
        # What its parser refuses, dlint refuses too; tests/parser/test_validity.py has the places.
        from helpers import result_of

        assert [found.rule for found in result_of(SAMPLES[name], "syntax-error").diagnostics]
        return
    assert found == []


def test_the_oracle_can_say_no():
    """A file that is read differently is noticed."""
    assert differences(source_of("FROM scratch\nRUN cat << EOF\nFROM x\nEOF\n"))
