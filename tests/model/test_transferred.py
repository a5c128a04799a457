"""What COPY and ADD bring in, and which folders there are by then."""

import pytest
from helpers import build_of, source_of

from dlint.model.container_paths import find_transferred, is_made_before
from dlint.model.variables import used_names


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("COPY a.tar /x/\nRUN tar xf /x/a.tar", "a.tar"),
        ("COPY d/a.tar /x/b.tar\nRUN tar xf /x/b.tar", "d/a.tar"),
        ("WORKDIR /x\nADD a.tar .\nRUN tar xf a.tar", "a.tar"),
        ("COPY a.tar /x/\nRUN cd /x && tar xf a.tar", "a.tar"),
        ("COPY a.tar /x/\nRUN cd /y && tar xf a.tar", None),
        ("COPY a.tar /x/\nRUN --mount=type=bind,target=/x tar xf /x/a.tar", None),
        ("RUN tar xf /x/a.tar", None),
        ("COPY . /src\nRUN tar xf /src/d/a.tar", "d/a.tar"),
    ],
)
def test_where_a_file_comes_from(text, expected):
    build = build_of(f"FROM debian:12\n{text}\n")
    command = next(build.commands("tar"))
    found = find_transferred(build, command, next(v for v in command.values() if v.endswith(".tar")))
    assert (found and found[1]) == expected


def test_a_name_alone_has_to_be_certain():
    """Without the working directory, two files of one name are one too many."""
    text = "FROM corp/base:1\nCOPY a.tar .\nCOPY d/a.tar sub/\nRUN tar xf a.tar\n"
    build = build_of(text)
    assert find_transferred(build, next(build.commands("tar")), "a.tar") is None
    build = build_of(text.replace("COPY d/a.tar sub/\n", ""))
    assert find_transferred(build, next(build.commands("tar")), "a.tar")[1] == "a.tar"


@pytest.mark.parametrize(
    ("before", "expected"),
    [
        ("", False),
        ("WORKDIR /code", True),
        ("WORKDIR /code/src\nWORKDIR /", True),
        ("RUN mkdir -p /code", True),
        ("RUN ./setup --into code", True),
        ("RUN mkdir /other", False),
        ("COPY a /code/a", True),
        ("COPY . /", True),
        ("COPY a /codes/a", False),
        ("VOLUME /code", True),
        ("COPY a $UNSET/x", False),
    ],
)
def test_folders_that_may_have_been_made(before, expected):
    build = build_of(f"FROM debian:12\n{before}\nCOPY a.py b.py /code\n")
    assert is_made_before(build, build.stages[0].steps[-1], "/code") is expected


def test_names_a_value_asks_for():
    text = "FROM debian:12\nENV A=1\nENV X=$A-${B}-${C:-c}-\\$D-'$E'\n"
    build = build_of(text)
    step = build.stages[0].steps[-1]
    pair = step.instruction.pairs[0]
    found = list(used_names(pair.value, step.environment, build.variables.options, source_of(text)))
    assert [(name, text[span.start : span.end], unset) for name, span, unset in found] == [
        ("A", "$A", False), ("B", "${B}", True),
    ]  # fmt: skip
