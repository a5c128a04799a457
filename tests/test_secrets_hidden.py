"""Secrets that are found are never printed."""

import pytest
from helpers import result_of, run, write
from verdicts import secrets_and_models as cases

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
