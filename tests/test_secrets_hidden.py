"""Secrets that are found are never printed."""

import pytest
from helpers import result_of, run, write
from verdicts import secrets_and_models as cases

from dlint import regex
from dlint.diagnostic import Diagnostic, Fix, Label, Location, Severity
from dlint.engine.secrecy import hide_secrets
from dlint.text import Source, Span

SECRETS = (cases.HF, cases.GITHUB, cases.AWS, cases.ANTHROPIC, cases.OPENAI, cases.HEX, "q8Zt!vN3kLw2", "q8ZtvN3kLw2m")
FILES = [text for rule, text, _ in cases.REPORTED if rule == "secret-literal"]
BASE = "FROM python:3.13-slim\n"


@pytest.mark.parametrize("output", ["full", "concise", "json", "sarif", "github"])
def test_no_report_shows_them(output, tmp_path):
    write(tmp_path, **{f"d{index}/Dockerfile": BASE + text for index, text in enumerate(FILES)})
    ran = run("check", "--output-format", output, "--select", "all", ".", cwd=tmp_path)
    assert ran.returncode == 1
    assert "secret-literal" in ran.stdout
    assert not [secret for secret in SECRETS if secret in ran.stdout + ran.stderr]


@pytest.mark.parametrize("text", FILES)
def test_every_one_is_hidden(text):
    (found,) = result_of(BASE + text, "secret-literal").diagnostics
    assert found.hidden
    assert not any(secret in found.message + (found.advice or "") for secret in SECRETS)


COMPOSE = f"""\
services:
  db:
    image: postgres:17
    command: postgres --password q8ZtvN3kLw2m
    ports: ["5432:5432"]
    environment:
      - POSTGRES_PASSWORD=q8Zt!vN3kLw2
  api:
    image: registry.example.com/api:1
    environment: {{URL: "postgresql://ml:q8Zt!vN3kLw2@db/x", KEY: {cases.HF}, API_TOKEN: "${{T:-{cases.HEX}}}"}}
"""


@pytest.mark.parametrize("output", ["full", "concise", "json", "sarif", "github"])
def test_no_report_of_a_compose_file_shows_them(output, tmp_path):
    write(tmp_path, **{"compose.yaml": COMPOSE})
    ran = run("check", "--output-format", output, "--select", "all", ".", cwd=tmp_path)
    assert "secret-literal-in-compose" in ran.stdout
    assert not [secret for secret in SECRETS if secret in ran.stdout + ran.stderr]


def finding(message, *hidden, source, advice=None, label=None, fix=None):
    labels = (Label(Location(source, Span(0, 1)), label),) if label else ()
    return Diagnostic(
        "some-rule", "compose", Severity.WARNING, message, Location(source, Span(0, 1)), advice=advice, labels=labels,
        fix=fix, hidden=tuple(hidden),
    )  # fmt: skip


def place_of(text, source):
    start = source.text.index(text)
    return Location(source, Span(start, start + len(text)))


MESSAGES = {
    # what stands there, a message, what is told
    ("q8Zt!vN3kLw2", "A is q8Zt!vN3kLw2 here"): "A is ******** here",
    ("q8Zt!vN3kLw2", "xq8Zt!vN3kLw2y"): "x********y",
    ("'q8Zt!vN3kLw2'", "A is q8Zt!vN3kLw2"): "A is ********",
    ("q8$$Zt", "A is q8$Zt"): "A is ********",
    ('"a\\"b\\\\c!"', 'A is a"b\\c!'): "A is ********",
    ("TOKEN=q8Zt!vN3", "A is q8Zt!vN3"): "A is ********",
    ("http://ml:q8Zt!vN3@db/x", "asks q8Zt!vN3@db"): "asks ********@db",
    ("q8Zt!vN3kLw2", "begins with q8Zt!v… and goes on"): "begins with ********… and goes on",
    ("q8Zt!vN3kLw2", "q8Zt is something else"): "q8Zt is something else",
    ("s3cr", "12s3cr45 and s3cr"): "12s3cr45 and ********",
    ("abc", "abc is too short to be looked for"): "abc is too short to be looked for",
    ("postgres", "postgres:17 of db"): "postgres:17 of db",
    ("hunter", "hunter of db"): "******** of db",
}


@pytest.mark.parametrize(("written", "message"), MESSAGES)
def test_messages_and_all_that_is_told_with_them(written, message):
    source = Source(f"image: postgres:17\nA: {written}\n")
    end = source.text.rindex("\n")
    place = Location(source, Span(end - len(written), end))
    found = [
        finding("a secret stands here", place, source=source),
        finding(message, source=source, advice=message, label=message, fix=Fix("safe", message, ())),
    ]
    hide_secrets(found)
    told = MESSAGES[written, message]
    assert [found[1].message, found[1].advice, found[1].labels[0].message, found[1].fix.message] == [told] * 4
    assert place in found[1].hidden


def test_a_place_is_hidden_in_its_own_file_only():
    one, other = Source("A: q8Zt!vN3kLw2\n", "a.yaml"), Source("B: something-else\n", "b.yaml")
    place = place_of("q8Zt!vN3kLw2", one)
    found = finding("here", place, source=one)
    assert found.hidden_in(one) == (place.span,)
    assert found.hidden_in(other) == ()


def test_many_secrets_are_looked_for_quickly():
    source = Source("".join(f"P{index}: q8Zt{index}vN3kLw2\n" for index in range(5000)))
    found = [finding(f"P{index} of 12345 things", source=source) for index in range(5000)]
    found[0].hidden = tuple(place_of(f"q8Zt{index}vN3kLw2", source) for index in range(0, 5000, 5))
    hide_secrets(found)
    assert found[1].message == "P1 of 12345 things"


def test_no_pattern_is_made_of_a_secret():
    # Patterns are kept on the disk for the next run.
    before = len(regex.fresh)
    test_messages_and_all_that_is_told_with_them("q8Zt!vN3kLw2", "A is q8Zt!vN3kLw2 here")
    assert not [pattern for pattern, _ in regex.fresh[before:] if "q8Zt" in pattern]


BASE_FILE = f"""\
services:
  db:
    image: postgres:17
    environment:
      POSTGRES_PASSWORD: q8Zt!vN3kLw2
  api:
    image: registry.example.com/api:1
    cpus: {cases.HF}
    environment:
      PASSWORD: q8Zt!vN3kLw2
"""
OVERRIDE = """\
services:
  db:
    environment:
      POSTGRES_PASSWORD: q8Zt!vN3kLw2
    mem_limit: q8Zt!vN3kLw2
    restart: q8Zt!vN3kLw2
"""


@pytest.mark.parametrize("output", ["full", "concise", "json", "sarif", "github"])
def test_no_message_of_a_project_quotes_one(output, tmp_path):
    write(tmp_path, **{"compose.yaml": BASE_FILE, "compose.override.yaml": OVERRIDE})
    ran = run("check", "--output-format", output, "--select", "all", ".", cwd=tmp_path)
    assert "compose-invalid" in ran.stdout
    assert not [secret for secret in SECRETS if secret in ran.stdout + ran.stderr]


def test_no_message_about_a_dockerfile_quotes_one(tmp_path):
    text = f"FROM python:3.13-slim\nENV API_TOKEN={cases.HF}\nWORKDIR {cases.HF}\nRUN cd {cases.HF} && export X={cases.HF}\n"
    for output in ("full", "json"):
        write(tmp_path, Dockerfile=text)
        ran = run("check", "--output-format", output, "--select", "all", ".", cwd=tmp_path)
        assert "secret" in ran.stdout
        assert cases.HF not in ran.stdout + ran.stderr
