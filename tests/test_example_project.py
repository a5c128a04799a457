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


def test_the_compose_file_gets_what_its_readers_must_know(project):
    found = [
        (each.location.start.line, each.severity.label, each.rule)
        for each in dlint.check("docker-compose.yml", today="2026-11-22")
    ]
    assert found == [
        (2, "warning", "compose-version-key"),
        (5, "warning", "shm-size-default"),
        (19, "warning", "cpu-limit-without-thread-cap"),
        (27, "info", "log-growth-unbounded"),
        (32, "error", "replicas-with-fixed-host-port"),
        (34, "info", "compose-data-mount-writable"),
        (38, "warning", "job-dependency-not-completed"),
        (43, "warning", "cpu-limit-without-thread-cap"),
        (46, "info", "memory-limit-missing"),
        (47, "warning", "base-image-unpinned"),
        (47, "warning", "state-not-persisted"),
        (49, "info", "sensitive-port-published"),
        (53, "info", "dependency-not-awaited"),
        (56, "warning", "base-eol"),
        (59, "warning", "secret-literal-in-compose"),
        (64, "warning", "sensitive-port-published"),
    ]


def test_report(project):
    ran = run("check", "--today", "2026-11-22", cwd=project)
    assert ran.returncode == 1
    assert_golden("ml-pipeline/full.txt", ran.stdout)
    assert_golden("ml-pipeline/summary.txt", ran.stderr)


def test_nothing_is_left_when_the_advice_is_followed(project):
    """The advice of every finding leads somewhere: a Dockerfile that follows it is clean."""
    (project / "Dockerfile.inference").unlink()
    (project / "Dockerfile.training").unlink()
    (project / "docker-compose.yml").unlink()
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


FOLLOWED = """\
name: ml-pipeline
x-logging: &logging
  driver: local
services:
  training:
    build:
      context: .
      dockerfile: Dockerfile.training
    profiles: [train]
    volumes:
      - ./data:/app/data:ro
      - ./models:/app/models
    environment:
      - MODE=train
      - EPOCHS=50
      - BATCH_SIZE=32
      - OMP_NUM_THREADS=4
    shm_size: 4gb
    logging: *logging
    deploy:
      resources:
        limits:
          cpus: '4'
          memory: 8G
        reservations:
          devices:
            - driver: nvidia
              count: 1
              capabilities: [gpu]
  inference:
    build:
      context: .
      dockerfile: Dockerfile.inference
    ports:
      - "5000-5002:5000"
    volumes:
      - ./models:/app/models:ro
    environment:
      - MODE=inference
      - OMP_NUM_THREADS=2
    healthcheck:
      test: ["CMD", "python", "-c", "import socket; socket.create_connection(('127.0.0.1', 5000), 3)"]
    logging: *logging
    deploy:
      replicas: 3
      resources:
        limits:
          cpus: '2'
          memory: 4G
  monitoring:
    image: prom/prometheus:v3.5.0
    ports:
      - "127.0.0.1:9090:9090"
    volumes:
      - ./monitoring/prometheus.yml:/etc/prometheus/prometheus.yml:ro
      - metrics:/prometheus
    depends_on:
      inference:
        condition: service_healthy
    mem_limit: 1g
    logging: *logging
  database:
    image: postgres:17
    environment:
      - POSTGRES_USER=mluser
      - POSTGRES_PASSWORD=${POSTGRES_PASSWORD:?}
      - POSTGRES_DB=mldb
    volumes:
      - postgres_data:/var/lib/postgresql/data
    ports:
      - "127.0.0.1:5432:5432"
    mem_limit: 2g
    logging: *logging
volumes:
  postgres_data:
  metrics:
"""


def test_nothing_is_left_when_the_advice_on_the_compose_file_is_followed(project):
    (project / "docker-compose.yml").write_text(FOLLOWED)
    assert dlint.check("docker-compose.yml", today="2026-11-22") == []
