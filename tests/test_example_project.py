"""fixtures/ml-pipeline: the project that scripts/run lints."""

import os
import shutil

import pytest
from goldens import assert_golden
from helpers import ROOT, place, run

import dlint

PROJECT = os.path.join(ROOT, "fixtures", "ml-pipeline")


@pytest.fixture
def project(tmp_path, monkeypatch):
    """A copy of the project outside of any repository, as the working directory."""
    shutil.copytree(PROJECT, tmp_path / "ml-pipeline")
    monkeypatch.chdir(tmp_path / "ml-pipeline")
    return tmp_path / "ml-pipeline"


def test_the_dockerfile_gets_what_its_readers_must_know(project):
    found = {(each.rule, each.severity.label, place(each)[0]) for each in dlint.check("Dockerfile", today="2026-11-22")}
    assert found == {
        ("base-eol", "warning", 2),
        ("apt-recommends", "info", 6),
        ("build-tools-in-final-image", "info", 7),
        ("cuda-wheels-on-cpu-image", "info", 11),
        ("requirements-unpinned", "warning", 11),
        ("dockerignore-missing", "warning", 13),
        ("python-output-buffered", "info", 20),
        ("runs-as-root", "info", 20),
    }


def test_report(project):
    ran = run("check", "--today", "2026-11-22", cwd=project)
    assert ran.returncode == 1
    assert_golden("ml-pipeline/full.txt", ran.stdout)
    assert_golden("ml-pipeline/summary.txt", ran.stderr)


def test_nothing_is_left_when_the_advice_is_followed(project):
    """The advice of every finding leads somewhere: a Dockerfile that follows it is clean."""
    (project / "Dockerfile.inference").unlink()
    (project / "Dockerfile.training").unlink()
    (project / ".dockerignore").write_text("data\n")
    (project / "requirements.txt").write_text(
        "--extra-index-url https://download.pytorch.org/whl/cpu\n"
        "flask==3.1.2\npandas==2.3.3\nscikit-learn==1.7.2\ntorch==2.9.1+cpu\n"
    )
    (project / "Dockerfile").write_text(
        "FROM python:3.13-slim AS build\n"
        "RUN apt-get update && apt-get install -y --no-install-recommends build-essential \\\n"
        "    && rm -rf /var/lib/apt/lists/*\n"
        "COPY requirements.txt .\n"
        "RUN python -m venv /opt/venv && /opt/venv/bin/pip install --no-cache-dir -r requirements.txt\n"
        "\n"
        "FROM python:3.13-slim\n"
        "WORKDIR /app\n"
        "COPY --from=build /opt/venv /opt/venv\n"
        "COPY . .\n"
        "ENV PATH=/opt/venv/bin:$PATH PYTHONUNBUFFERED=1 MODEL_PATH=/app/models\n"
        "RUN useradd -m -u 10001 app\n"
        "USER app\n"
        'CMD ["python", "app.py"]\n'
    )
    ran = run("check", "--today", "2026-11-22", cwd=project)
    assert (ran.returncode, ran.stdout) == (0, ""), ran.stdout
    assert ran.stderr == "All checks passed! (1 file)\n"
