"""The run over files: what cannot be read, and rules that crash."""

import sys

import pytest
from helpers import ROOT, result_of, write_file

from dlint.checks.registry import RULES
from dlint.diagnostic import Severity
from dlint.engine import result as engine
from dlint.engine.fingerprint import fingerprints

BAD = "FROM debian:12\nRUN apt-get update && apt-get install -y git\n"


@pytest.fixture
def broken_rule(monkeypatch):
    """Make one rule raise."""

    def broken(build, report):
        raise RuntimeError("this rule is broken")

    monkeypatch.setattr(RULES["apt-lists-left"].load(), "check", broken)


def test_a_crashing_rule_does_not_stop_the_rest(broken_rule):
    result = result_of(BAD, "apt-lists-left", "apt-recommends")
    assert [found.rule for found in result.diagnostics] == ["apt-recommends"]
    (crash,) = result.crashes
    assert crash.rule == "apt-lists-left"
    assert "this rule is broken" in crash.traceback


def test_findings_are_sorted():
    result = result_of(BAD, "all")
    keys = [found.sort_key for found in result.diagnostics]
    assert keys == sorted(keys)


@pytest.mark.parametrize(
    ("data", "reason"),
    [(b"\x7fELF\0\0\0", "binary"), (b"FROM a\n\0\0", "binary")],
)
def test_unreadable_content(tmp_path, data, reason):
    path = write_file(tmp_path, "Dockerfile", data)
    assert reason in engine.read_source(path, path)


def test_unreadable_files(tmp_path, monkeypatch):
    monkeypatch.setattr(engine, "MAX_FILE_BYTES", 100)
    assert "more than" in engine.read_source(write_file(tmp_path, "big", "x" * 200), "big")
    assert engine.read_source(str(tmp_path / "none"), "none") == "No such file or directory"
    assert "not a regular file" in engine.read_source(str(tmp_path), "folder")
    pipe = tmp_path / "pipe"
    import os

    os.mkfifo(pipe)
    assert "not a regular file" in engine.read_source(str(pipe), "pipe")


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_utf_16_is_a_clear_finding(encoding):
    data = ("\ufeff" if encoding != "utf-16" else "").encode(encoding) + BAD.encode(encoding)
    found = [item.message for item in result_of(data, "syntax-error").diagnostics]
    assert len(found) == 1
    assert "UTF-16" in found[0]


def test_bytes_that_are_not_utf_8_are_a_finding_at_their_place():
    result = result_of(b"FROM scratch\nLABEL a=\xff\xfe\nWORKDIR b\n", "syntax", "workdir-relative")
    places = [(found.rule, found.location.source.position(found.location.span.start)) for found in result.diagnostics]
    assert ("workdir-relative", (3, 9)) in places
    assert any(rule != "workdir-relative" and place.line == 2 for rule, place in places)


def test_fingerprints_survive_moving():
    """They are unique in a run, and do not change when lines above do."""
    found = result_of(BAD + BAD, "all").diagnostics
    first = dict(zip([(d.rule, d.message) for d in found], fingerprints(found), strict=True))
    moved = result_of("# one more line\n\n" + BAD + BAD, "all").diagnostics
    second = dict(zip([(d.rule, d.message) for d in moved], fingerprints(moved), strict=True))
    assert {key: first[key] for key in second} == second
    assert len(set(fingerprints(found))) == len(found)


def test_every_rule_declares_itself_once():
    """The index is what scripts/index_rules would write, and rules sit where their names say."""
    import subprocess

    checked = subprocess.run(
        [sys.executable, f"{ROOT}/scripts/index_rules", "--check"], capture_output=True, check=False
    )
    assert checked.returncode == 0, checked.stderr
    for name, entry in RULES.items():
        rule = entry.load()
        assert (rule.name, rule.family, rule.default) == (name, entry.family, entry.default)
        assert isinstance(rule.severity, Severity)
