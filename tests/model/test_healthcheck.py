"""Health checks: times and addresses."""

import pytest
from helpers import build_of

from dlint.model.healthcheck import find_healthcheck, seconds


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("30s", 30), ("1m30s", 90), ("1h", 3600), ("500ms", 0.5), ("1.5m", 90), ("0", 7), ("0s", 7),
        ("$T", None), ("30", None), ("s", None), ("", None), ("1m x", None), ("x1m", None),
    ],
)  # fmt: skip
def test_seconds(text, expected):
    assert seconds(text, 7) == expected


def probe(text):
    return find_healthcheck(build_of(f"FROM python:3.13-slim\n{text}\n"))


def test_times():
    found = probe("HEALTHCHECK --interval=1m --start-period=5m --retries=4 CMD x")
    assert (found.interval, found.start_period, found.retries) == (60, 300, 4)
    found = probe("HEALTHCHECK CMD x")
    assert (found.interval, found.start_period, found.retries) == (30, 0, 3)
    assert probe("HEALTHCHECK --retries=0 CMD x").retries == 3


def test_none():
    assert probe("HEALTHCHECK NONE") is None
    assert probe("RUN x") is None
    assert probe("HEALTHCHECK CMD x\nHEALTHCHECK NONE") is None
    assert probe("HEALTHCHECK --interval=$I CMD x") is None


@pytest.mark.parametrize(
    ("command", "addresses"),
    [
        ("curl -f http://localhost:8000/health || exit 1", [(8000, "http://localhost:8000/health")]),
        ("wget -q https://127.0.0.1/", [(443, "https://127.0.0.1/")]),
        ("curl http://localhost", [(80, "http://localhost")]),
        ('["python", "-c", "u.urlopen(\'http://127.0.0.1:80/x\', timeout=3)"]', [(80, "http://127.0.0.1:80/x")]),
        ("curl http://localhost:$PORT/", []),
        ("curl http://example.org:80/ http://localhost.example.org/", []),
        ("curl http://localhost:99999999/", []),
    ],
)
def test_addresses(command, addresses):
    assert [(found.port, found.text) for found in probe(f"HEALTHCHECK CMD {command}").addresses] == addresses
