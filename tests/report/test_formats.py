"""Output formats: golden files, schemas of those who read them, and awkward text."""

import json
import os
import re
import shutil

import jsonschema
import pytest
from goldens import assert_golden
from helpers import ROOT, result_of, run, source_of, write

from dlint import __version__
from dlint.diagnostic import Diagnostic, Location, Severity
from dlint.report import Run, Style
from dlint.report import concise as concise_format
from dlint.report import full as full_format
from dlint.report import github as github_format
from dlint.report import json as json_format
from dlint.report import sarif as sarif_format
from dlint.text import Span

PROJECT = os.path.join(ROOT, "fixtures", "reports")
TODAY = ("--today", "2026-11-22")


@pytest.fixture
def project(tmp_path):
    """A copy of the project the goldens are about, outside of any repository."""
    shutil.copytree(PROJECT, tmp_path / "project")
    return tmp_path / "project"


def stable(text):
    """Return a report without what changes from version to version."""
    text = re.sub(r'"file:///[^"]*"', '"ROOT"', text.replace(f'"{__version__}"', '"VERSION"'))
    if '"runs"' in text:
        # Rules come with their pages, which have tests of their own: one stands for all.
        document = json.loads(text)
        rules = document["runs"][0]["tool"]["driver"]["rules"]
        rules[:] = [rule for rule in rules if rule["id"] == "apt-recommends"]
        text = json.dumps(document, indent=2)
    return text


@pytest.mark.parametrize("name", ["full", "concise", "json", "sarif", "github"])
def test_golden(project, name):
    ran = run("check", *TODAY, "--output-format", name, cwd=project)
    assert ran.returncode == 1
    assert_golden(f"report/{name}.txt", stable(ran.stdout))


def test_summary(project):
    assert_golden("report/summary.txt", run("check", *TODAY, cwd=project).stderr)


@pytest.mark.parametrize("width", [40, 80, 200])
def test_widths(project, width):
    """No line of a picture is wider than the terminal, and the carets stay under their text."""
    ran = run("check", *TODAY, cwd=project, env={"COLUMNS": str(width)})
    assert_golden(f"report/full-{width}.txt", ran.stdout)
    pictures = [line for line in ran.stdout.splitlines() if re.match(r"\s*\d* \|", line)]
    assert pictures
    assert all(_cells(line) <= width for line in pictures), max(pictures, key=_cells)


def _cells(text):
    from unicodedata import east_asian_width

    return sum(2 if east_asian_width(character) in "WF" else 1 for character in text)


def test_colours(project):
    plain = run("check", *TODAY, cwd=project).stdout
    coloured = run("check", *TODAY, "--color", "always", cwd=project).stdout
    assert "\x1b[" not in plain
    assert re.sub(r"\x1b\[[0-9;]*m", "", coloured) == plain
    assert run("check", *TODAY, cwd=project, env={"FORCE_COLOR": "1"}).stdout == coloured
    assert run("check", *TODAY, cwd=project, env={"FORCE_COLOR": "1", "NO_COLOR": "1"}).stdout == plain
    assert run("check", *TODAY, "--color", "never", cwd=project, env={"FORCE_COLOR": "1"}).stdout == plain


# JSON -------------------------------------------------------------------------------------

POSITION = {
    "type": "object",
    "properties": {
        "line": {"type": "integer", "minimum": 1},
        "column": {"type": "integer", "minimum": 1},
        "offset": {"type": "integer", "minimum": 0},
    },
    "required": ["line", "column", "offset"],
    "additionalProperties": False,
}
TEXT = {"type": "string", "minLength": 1}
JSON_SCHEMA = {
    "type": "object",
    "required": ["version", "tool", "files", "diagnostics", "summary"],
    "additionalProperties": False,
    "properties": {
        "version": {"const": 1},
        "tool": {"type": "object"},
        "files": {"type": "array", "items": TEXT},
        "summary": {"type": "object", "additionalProperties": {"type": "integer"}},
        "diagnostics": {
            "type": "array",
            "items": {
                "type": "object",
                "additionalProperties": False,
                "required": [
                    "rule", "family", "severity", "message", "path", "start", "end", "labels", "fix", "saving",
                    "aliases", "fingerprint", "url",
                ],
                "properties": {
                    **dict.fromkeys(("rule", "family", "message", "path", "fingerprint", "url"), TEXT),
                    "advice": {"type": ["string", "null"]},
                    "severity": {"enum": ["info", "warning", "error"]},
                    "start": POSITION,
                    "end": POSITION,
                    "aliases": {"type": "array", "items": TEXT},
                    "labels": {"type": "array", "items": {"type": "object", "required": ["path", "start", "end", "message"]}},
                    "saving": {
                        "type": ["object", "null"],
                        "required": ["disk_bytes", "pull_bytes", "seconds", "basis", "bound"],
                    },
                    "fix": {
                        "type": ["object", "null"],
                        "required": ["applicability", "message", "edits"],
                        "properties": {
                            "applicability": {"enum": ["safe", "unsafe", "display-only"]},
                            "edits": {"type": "array", "minItems": 1, "items": {"type": "object", "required": ["start", "end", "text"]}},
                        },
                    },
                },
            },
        },
    },
}  # fmt: skip


def test_json_has_its_shape(project):
    document = json.loads(run("check", *TODAY, "--select", "all", "--output-format", "json", cwd=project).stdout)
    jsonschema.validate(document, JSON_SCHEMA)
    assert document["files"] == ["Dockerfile", "wide.Dockerfile"]
    assert any(found["fix"] for found in document["diagnostics"])
    assert any(found["saving"] for found in document["diagnostics"])
    assert any(found["labels"] for found in document["diagnostics"])
    counted = [document["summary"][name] for name in ("errors", "warnings", "infos")]
    assert sum(counted) == len(document["diagnostics"])
    for found in document["diagnostics"]:
        with open(project / found["path"], encoding="utf-8", newline="") as file:
            text = file.read()
        for place in (found["start"], found["end"]):
            before = text[: place["offset"]]
            assert (before.count("\n") + 1, len(before) - before.rfind("\n")) == (place["line"], place["column"])


# SARIF ------------------------------------------------------------------------------------


def sarif_schema():
    """Return the OASIS schema; tests/schemas/README.md says where it is from."""
    with open(os.path.join(ROOT, "tests", "schemas", "sarif-2.1.0.json"), encoding="utf-8") as file:
        return json.load(file)


def test_sarif_is_valid(project):
    document = json.loads(run("check", *TODAY, "--select", "all", "--output-format", "sarif", cwd=project).stdout)
    schema = sarif_schema()
    validator = jsonschema.validators.validator_for(schema)
    validator.check_schema(schema)
    assert list(validator(schema, format_checker=validator.FORMAT_CHECKER).iter_errors(document)) == []
    (sarif_run,) = document["runs"]
    assert sarif_run["columnKind"] == "unicodeCodePoints"
    assert (
        sarif_run["originalUriBaseIds"]["%SRCROOT%"]["uri"].startswith("file://")
        or "uri" not in sarif_run["originalUriBaseIds"]["%SRCROOT%"]
    )
    rules = sarif_run["tool"]["driver"]["rules"]
    for result in sarif_run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        assert set(result["partialFingerprints"]) == {"primaryLocationLineHash", "dlint/v1"}
        location = result["locations"][0]["physicalLocation"]
        assert location["artifactLocation"]["uriBaseId"] == "%SRCROOT%"
        assert location["region"]["startLine"] >= 1
    hashes = [result["partialFingerprints"]["dlint/v1"] for result in sarif_run["results"]]
    assert len(set(hashes)) == len(hashes)


def test_sarif_of_nothing_is_valid(tmp_path):
    write(tmp_path, Dockerfile="FROM scratch\n")
    document = json.loads(run("check", "--output-format", "sarif", cwd=tmp_path).stdout)
    assert list(jsonschema.validators.validator_for(sarif_schema())(sarif_schema()).iter_errors(document)) == []
    assert document["runs"][0]["results"] == []


def test_sarif_keeps_to_the_limits_of_github(project):
    """At most 25,000 results of 20 tags, and texts of rules that GitHub shows whole."""
    document = json.loads(run("check", "--select", "all", "--output-format", "sarif", cwd=project).stdout)
    for rule in document["runs"][0]["tool"]["driver"]["rules"]:
        assert len(rule["shortDescription"]["text"]) <= 1024
        assert len(rule["fullDescription"]["text"]) <= 1024
        assert len(set(rule["properties"]["tags"])) == len(rule["properties"]["tags"]) <= 20


# GitHub -----------------------------------------------------------------------------------


def many(count, severity):
    """Return findings of one severity, each on a line of its own."""
    source = source_of("RUN x\n" * count)
    return [
        Diagnostic(
            "pip-cache-in-layer", "size", severity, "a: 100%, b", Location(source, Span(6 * index, 6 * index + 3))
        )
        for index in range(count)
    ]


def test_annotations_beyond_ten_are_not_lost():
    collected = Run([], [])
    collected.diagnostics = many(15, Severity.WARNING) + many(3, Severity.ERROR) + many(12, Severity.INFO)
    text = github_format.render(collected, Style())
    kinds = [line.split(" ")[0] for line in text.splitlines() if line.startswith("::")]
    assert (kinds.count("::warning"), kinds.count("::error"), kinds.count("::notice")) == (10, 3, 10)
    assert "8 more findings are in the log" in text
    plain = [line for line in text.splitlines() if not line.startswith("::")]
    assert len(plain) == 5 + 3
    assert all("warning[" in line or "info[" in line for line in plain)


def test_annotations_are_escaped():
    text = github_format.command(many(1, Severity.WARNING)[0])
    assert text == (
        "::warning file=Dockerfile,line=1,endLine=1,col=1,endColumn=3,title=dlint pip-cache-in-layer::a: 100%25, b"
    )
    source = source_of("RUN a\nRUN b\n", "a,b:c.Dockerfile")
    wide = Diagnostic("x", "y", Severity.ERROR, "line\nfeed", Location(source, Span(0, 11)))
    command = github_format.command(wide)
    assert "file=a%2Cb%3Ac.Dockerfile,line=1,endLine=2,title" in command
    assert "\n" not in command


# Awkward text -----------------------------------------------------------------------------

AWKWARD = [
    b"FROM a\nRUN \x1b[31mred\x07\xff\xfe apt-get install -y x\n",
    "FROM a\nRUN apt-get install -y \u202eevil\u2066 x\n",
    "FROM a\r\nRUN \tapt-get\tinstall -y\tx\r\n",
    "FROM a\nRUN apt-get install -y " + "x" * 5000 + "\n",
    "FROM a\nRUN \\\n" + "  apt-get install -y x && \\\n" * 300 + "  true\n",
    "FROM a\nRUN apt-get install -y 日本語日本語日本語日本語日本語日本語日本語日本語日本語日本語日本語日本語\n",
    "\ufeffFROM a\nRUN apt-get install -y x",
    "RUN",
    "",
]


@pytest.mark.parametrize("text", AWKWARD)
def test_awkward_text(text):
    """Every format takes it, on one line where one line is meant, without control characters."""
    result = result_of(text, "all")
    assert not result.crashes
    collected = Run([result], [])
    collected.diagnostics = result.diagnostics
    for module in (full_format, concise_format, github_format):
        rendered = module.render(collected, Style(width=80))
        assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f\u202e\u2066]", rendered)
        rendered.encode("utf-8")
    assert len(concise_format.render(collected, Style()).splitlines()) == len(result.diagnostics)
    json.loads(json_format.render(collected, Style()))
    document = json.loads(sarif_format.render(collected, Style()))
    assert list(jsonschema.validators.validator_for(sarif_schema())(sarif_schema()).iter_errors(document)) == []


def test_long_runs_are_windowed():
    result = result_of(AWKWARD[4], "apt-recommends")
    collected = Run([result], [])
    collected.diagnostics = result.diagnostics[:1]
    assert len(full_format.render(collected, Style(width=80)).splitlines()) < 20
