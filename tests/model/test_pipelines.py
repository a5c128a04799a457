"""Pipelines of a RUN, and archives that commands unpack."""

import pytest
from helpers import build_of

from dlint.model.archives import extracted_archive
from dlint.model.pipelines import has_pipefail, knows_pipefail, pipelines, reads_program


def step_of(text, base="debian:12"):
    """Return the last step of a file."""
    return build_of(f"FROM {base}\n{text}\n").stages[-1].steps[-1]


def found(text):
    """Return the pipelines of a RUN as the names of their commands."""
    return ["|".join(c.name if c else "-" for c in commands) for _, commands in pipelines(step_of(text))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("RUN a | b", ["a|b"]),
        ("RUN a", []),
        ("RUN a | sudo b | c && d | e", ["a|b|c", "d|e"]),
        ("RUN a | b || c", []),
        ("RUN a | b && c | d || e && f | g", ["f|g"]),
        ("RUN ! a | b", []),
        ("RUN if a | b; then c | d; fi", ["c|d"]),
        ("RUN while a | b; do c; done", []),
        ("RUN { a; b; } | c", ["-|c"]),
        ("RUN (a | b)", ["a|b"]),
        ("RUN X=$(a | b) c", []),
        ("RUN c $(a | b) | d", ["c|d"]),
        ("RUN c < <(a | b)", []),
        ("RUN bash -c 'a | b'", ["a|b"]),
        ("RUN <<EOF\na | b\nEOF", ["a|b"]),
        ("RUN a |", ["a|-"]),
        ('RUN ["a", "|", "b"]', []),
    ],
)
def test_pipelines(text, expected):
    assert [each for each in found(text) if not each.endswith("|-")] == [e for e in expected if not e.endswith("|-")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("RUN a | b", False),
        ("RUN set -o pipefail; a | b", True),
        ("RUN a | b; set -o pipefail", False),
        ("RUN bash -eo pipefail -c 'a | b'", True),
        ('SHELL ["/bin/bash", "-o", "pipefail", "-c"]\nRUN a | b', True),
        ("RUN <<EOF\n#!/bin/bash\nset -euo pipefail\na | b\nEOF", True),
    ],
)
def test_pipefail(text, expected):
    step = step_of(text)
    command = next(command for command in step.commands if command.name == "a")
    assert has_pipefail(step, command) is expected


@pytest.mark.parametrize(
    ("base", "shell", "expected"),
    [
        ("debian:12", "", "bash"),
        ("python:3.13-slim", "", "bash"),
        ("alpine:3.22", "", "set"),
        ("fedora:43", "", "set"),
        ("debian:12", 'SHELL ["/bin/bash", "-c"]\n', "set"),
        ("corp/base:1", "", None),
        ("gcr.io/distroless/base-debian12", "", None),
    ],
)
def test_ways_to_pipefail(base, shell, expected):
    assert knows_pipefail(step_of(f"{shell}RUN a | b", base)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [("sh", True), ("bash -", True), ("bash -s -- -y", True), ("bash x.sh", False), ("sh -e", True), ("tee x", False)],
)
def test_shells_that_read_their_program(text, expected):
    assert reads_program(step_of(f"RUN {text}").commands[0]) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("tar xf a.tar", ("a.tar", True)),
        ("tar -xzf a.tgz -C /opt", ("a.tgz", True)),
        ("tar -C /opt -xvf /x/a.tar.gz", ("/x/a.tar.gz", True)),
        ("tar --extract --file=a.tar.xz", ("a.tar.xz", True)),
        ("tar -x --file a.tar", ("a.tar", True)),
        ("tar -x -f a.tar", ("a.tar", True)),
        ("bsdtar -xf a.zip", ("a.zip", False)),
        ("tar czf a.tgz /x", None),
        ("tar tf a.tgz", None),
        ("tar xz", None),
        ("tar xf -", None),
        ("tar xf $A", None),
        ("tar", None),
        ("tar xf", None),
        ("unzip -q a.zip -d /x", ("a.zip", False)),
        ("unzip", None),
        ("gunzip a.gz", ("a.gz", False)),
        ("gzip a", None),
        ("gzip -d a.gz", ("a.gz", False)),
        ("xz -d a.xz", ("a.xz", False)),
        ("7z x a.7z", ("a.7z", False)),
        ("7z a a.7z b", None),
    ],
)
def test_archives(text, expected):
    archive = extracted_archive(step_of(f"RUN {text}").commands[0])
    assert (archive and (archive.path, archive.is_tar)) == expected
