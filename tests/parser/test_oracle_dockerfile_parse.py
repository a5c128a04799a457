"""dockerfile-parse, the parser most Python tools use, agrees where it reads as BuildKit does."""

import io
import re

import pytest
from dockerfile_parse import DockerfileParser
from helpers import source_of
from samples import HARD, samples

from dlint.parser.dockerfile import parse

# What it cannot read (docs/decisions/dockerfile-parser.md): heredocs, empty lines between continued
# lines, a continuation that the file or a comment ends, continued keywords, byte order marks,
# bytes that are not UTF-8, and an escaped escape character.
WRONG = {
    "byte order mark", "byte order mark and directive", "blank lines inside", "comment at the end of a continuation",
    "continued keyword", "escaped escape", "invalid bytes", "lines: a continuation with an empty line inside",
    "lines: a continuation at the end of the file", "NoEmptyContinuation", "empty-continuation-line 0",
}  # fmt: skip
_HEREDOC = re.compile(r"(?m)^\s*(?:ONBUILD )?(?:RUN|COPY|ADD)\b[^#]*<<-?[ ]?['\"]?\w")
SAMPLES = {
    name: text
    for name, text in samples().items()
    if isinstance(text, bytes) or not _HEREDOC.search(text) or name in WRONG
}


def theirs(source):
    """Return keyword, first and last line of each instruction, as dockerfile-parse has it."""
    structure = DockerfileParser(fileobj=io.BytesIO(source.data)).structure
    return [
        (part["instruction"], part["startline"] + 1, part["endline"] + 1)
        for part in structure
        if part["instruction"] != "COMMENT"
    ]


def ours(source):
    """Return the same of dlint."""
    return [(found.keyword, found.first_line, found.last_line) for found in parse(source).instructions]


@pytest.mark.parametrize("name", [name for name in SAMPLES if name not in WRONG])
def test_agrees(name):
    source = source_of(SAMPLES[name])
    assert ours(source) == theirs(source)


@pytest.mark.parametrize("name", sorted(WRONG))
def test_is_wrong(name):
    """If it learns one of these, the decision deserves another look."""
    source = source_of(SAMPLES[name])
    try:
        found = theirs(source)
    except UnicodeDecodeError:
        return
    assert found != ours(source)


def test_reads_no_heredocs():
    source = source_of(HARD["heredoc with comments"])
    assert ("FROM", 5, 5) in theirs(source)
    assert ours(source) == [("FROM", 1, 1), ("RUN", 2, 6), ("RUN", 7, 7)]
