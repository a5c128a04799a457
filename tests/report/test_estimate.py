"""``--estimate``: what an image will weigh, below the report."""

import json
import os
import re
import shutil

import pytest
from goldens import assert_golden
from helpers import ROOT, run, write
from manifest_samples import PYPROJECT, UV_LOCK

from dlint.model.amounts import UNKNOWN, Amount
from dlint.report.estimate import amount_text

PROJECT = os.path.join(ROOT, "fixtures", "ml-pipeline")
NOTHING_ELSE = ("--select", "maintainer-instruction")


@pytest.fixture
def project(tmp_path):
    """A copy of the example project outside of any repository."""
    shutil.copytree(PROJECT, tmp_path / "ml-pipeline")
    return tmp_path / "ml-pipeline"


@pytest.mark.parametrize("name", ["Dockerfile", "Dockerfile.inference", "Dockerfile.training"])
def test_golden(project, name):
    ran = run("check", "--estimate", *NOTHING_ELSE, name, cwd=project)
    assert ran.returncode == 0
    assert_golden(f"ml-pipeline/estimate-{name}.txt", ran.stdout)


def test_a_lock(tmp_path):
    """Wheels of a lock, stages, and what nobody can weigh."""
    text = (
        "FROM python:3.12-slim AS base\nWORKDIR /app\nCOPY --from=ghcr.io/astral-sh/uv:0.9.11 /uv /bin/\n"
        "COPY pyproject.toml uv.lock ./\nRUN uv sync --locked --no-dev --no-install-project\n"
        "FROM base\nCOPY app.py ./\nRUN uv sync --locked --no-dev && python app.py --warm-up\n"
        "RUN apt-get update && apt-get install -y gcc git\n"
    )
    write(tmp_path, **{"Dockerfile": text, "pyproject.toml": PYPROJECT, "uv.lock": UV_LOCK, "app.py": "print()\n"})
    ran = run("check", "--estimate", *NOTHING_ELSE, cwd=tmp_path)
    assert_golden("report/estimate.txt", ran.stdout)
    narrow = run("check", "--estimate", *NOTHING_ELSE, cwd=tmp_path, env={"COLUMNS": "60"}).stdout
    assert max(map(len, narrow.splitlines())) <= 60


def test_below_the_findings(project):
    plain = run("check", "--output-format", "concise", cwd=project)
    ran = run("check", "--estimate", "--output-format", "concise", cwd=project)
    assert (ran.returncode, ran.stderr) == (plain.returncode, plain.stderr)
    assert ran.stdout.startswith(plain.stdout)
    assert ran.stdout.count("what the image will weigh") == 3


@pytest.mark.parametrize("name", ["sarif", "github"])
def test_other_formats_have_no_place_for_it(project, name):
    plain = run("check", "--output-format", name, cwd=project)
    assert run("check", "--estimate", "--output-format", name, cwd=project).stdout == plain.stdout


def test_json(tmp_path):
    """The pull is what the lock records, and each amount says how it is known."""
    write(tmp_path, **{"Dockerfile": "FROM python:3.12-slim\nWORKDIR /app\nCOPY . .\nRUN uv sync --no-dev\nRUN make\n"})
    write(tmp_path, **{"pyproject.toml": PYPROJECT, "uv.lock": UV_LOCK})
    ran = run("check", "--estimate", "--output-format", "json", *NOTHING_ELSE, cwd=tmp_path)
    (file,) = json.loads(ran.stdout)["estimate"]["files"]
    assert sorted(file) == ["disk", "path", "pull", "stages"]
    (stage,) = file["stages"]
    assert (file["path"], stage["stage"]) == ("Dockerfile", "stage 0")
    sync, make = stage["parts"][-2:]
    wheels = 16_600_000 + 64_928 + 16_725 + 69_583
    assert sync["pull"] == {"low": wheels, "high": wheels, "basis": "lock-file", "bound": "exact"}
    assert (sync["start"]["line"], sync["what"], sync["unseen"], sync["note"]) == (4, "RUN uv sync", [], None)
    assert make["unseen"] == ["make"]
    assert make["disk"] == {"low": 0, "high": None, "basis": None, "bound": "at-least"}
    assert file["pull"]["bound"] == "at-least"
    assert "estimate" not in json.loads(run("check", "--output-format", "json", cwd=tmp_path).stdout)


def test_colours(project):
    plain = run("check", "--estimate", *NOTHING_ELSE, cwd=project).stdout
    coloured = run("check", "--estimate", *NOTHING_ELSE, "--color", "always", cwd=project).stdout
    assert "\x1b[" in coloured
    bare = re.sub(r"\x1b\[[0-9;]*m", "", coloured)
    assert [line.rstrip() for line in bare.split("\n")] == plain.split("\n")


def test_strange_names(tmp_path):
    """What stands in a file is text: no markup, no control characters."""
    write(tmp_path, **{"Dockerfile": "FROM [red]x\nCOPY [bold]a\x1b[31m [/] /b\nRUN :smile: && \x07\n"})
    ran = run("check", "--estimate", *NOTHING_ELSE, cwd=tmp_path)
    assert "Traceback" not in ran.stderr
    assert "\x1b" not in ran.stdout
    assert "\x07" not in ran.stdout
    assert "[red]x" in ran.stdout


@pytest.mark.parametrize(
    ("amount", "text"),
    [
        (UNKNOWN, "?"),
        (Amount(0, 0, None), "0 B"),
        (Amount(44, 44, "measured"), "44 B"),
        (Amount(4, 44, "measured"), "4 to 44 B"),
        (Amount(5, 5, "table"), "about 5 B"),
        (Amount(500, 5000, "table"), "500 B to 5.0 kB"),
        (Amount(2_000_000, 3_000_000, "table"), "2.0 to 3.0 MB"),
        (Amount(0, 3_000_000, "table"), "up to 3.0 MB"),
        (Amount(3_000_000, None, "table"), "at least 3.0 MB"),
    ],
)
def test_amounts(amount, text):
    assert amount_text(amount) == text
