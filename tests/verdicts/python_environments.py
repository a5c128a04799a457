"""Verdicts on the rules about Python environments: who makes them, and what gets into them."""

UBUNTU = "FROM ubuntu:24.04\n"
SERVER = 'CMD ["uvicorn", "app:app", "--host", "0.0.0.0"]\n'
PIP = "RUN apt-get update && apt-get install -y python3-pip\n"

SILENT = [
    # Environments, other interpreters, and the ban lifted.
    ("externally-managed-python", UBUNTU + PIP + "RUN pip install --break-system-packages numpy==2.3.5\n"),
    ("externally-managed-python", UBUNTU + "ENV PIP_BREAK_SYSTEM_PACKAGES=1\n" + PIP + "RUN pip install numpy==2.3.5\n"),
    ("externally-managed-python", UBUNTU + PIP + "RUN rm /usr/lib/python3.12/EXTERNALLY-MANAGED && pip install numpy==2.3.5\n"),
    ("externally-managed-python", UBUNTU + PIP + "RUN python3 -m venv /v && /v/bin/pip install numpy==2.3.5\n"),
    ("externally-managed-python", UBUNTU + PIP + "RUN pip install --target /opt/lib numpy==2.3.5\n"),
    ("externally-managed-python", UBUNTU + PIP + "RUN add-apt-repository ppa:deadsnakes/ppa && apt-get install -y python3.11\nRUN python3.11 -m pip install numpy==2.3.5\n"),
    ("externally-managed-python", UBUNTU + PIP + "RUN python3.11 -m pip install numpy==2.3.5\n"),
    ("externally-managed-python", UBUNTU + "RUN curl -sS https://bootstrap.pypa.io/get-pip.py | python3\nRUN pip install numpy==2.3.5\n"),
    ("externally-managed-python", UBUNTU + PIP + "RUN curl -L https://repo.anaconda.com/miniconda/m.sh -o m.sh && bash m.sh -b\nRUN pip install numpy==2.3.5\n"),
    ("externally-managed-python", UBUNTU + PIP + "COPY setup.sh .\nRUN ./setup.sh\nRUN pip install numpy==2.3.5\n"),
    ("externally-managed-python", UBUNTU + PIP + "ARG FLAGS\nRUN pip install $FLAGS numpy==2.3.5\n"),
    ("externally-managed-python", UBUNTU + PIP + "RUN pip download numpy==2.3.5\n"),
    ("externally-managed-python", UBUNTU + PIP + "RUN pip config set global.break-system-packages true && pip install numpy==2.3.5\n"),
    ("externally-managed-python", "FROM debian\n" + PIP + "RUN pip install numpy==2.3.5\n"),
    ("externally-managed-python", "FROM corp/ubuntu:24.04\n" + PIP + "RUN pip install numpy==2.3.5\n"),
    ("externally-managed-python", "FROM rocm/pytorch:rocm6.4_ubuntu24.04_py3.12_pytorch_release_2.6.0\n" + PIP + "RUN pip install numpy==2.3.5\n"),
    ("externally-managed-python", "FROM python:3.12-bookworm AS b\n" + UBUNTU + "COPY --from=b /usr/local /usr/local\n" + PIP + "RUN pip install numpy==2.3.5\n"),
    ("externally-managed-python", UBUNTU + "RUN apt-get install -y python3\nENV UV_SYSTEM_PYTHON=1 UV_BREAK_SYSTEM_PACKAGES=1\nRUN uv pip install numpy==2.3.5\n"),
    ("externally-managed-python", UBUNTU + "RUN uv python install 3.12\nRUN apt-get install -y python3 && uv pip install --system numpy==2.3.5\n"),
    # Environments that uv finds, or does without.
    ("uv-no-environment", "RUN pip install uv==0.9.11 && uv pip install --system numpy==2.3.5\n"),
    ("uv-no-environment", "ENV UV_SYSTEM_PYTHON=1\nRUN pip install uv==0.9.11\nRUN uv pip install numpy==2.3.5\n"),
    ("uv-no-environment", "ENV VIRTUAL_ENV=/opt/venv\nRUN pip install uv==0.9.11\nRUN uv pip install numpy==2.3.5\n"),
    ("uv-no-environment", "WORKDIR /app\nRUN uv venv\nRUN pip install uv==0.9.11\nRUN uv pip install numpy==2.3.5\n"),
    ("uv-no-environment", "RUN pip install uv==0.9.11\nRUN uv sync --locked && uv pip install numpy==2.3.5\n"),
    ("uv-no-environment", "RUN pip install uv==0.9.11\nRUN python -m venv /v && . /v/bin/activate && uv pip install numpy==2.3.5\n"),
    ("uv-no-environment", "RUN pip install uv==0.9.11\nRUN VIRTUAL_ENV=/v uv pip install numpy==2.3.5\n"),
    ("uv-no-environment", "RUN pip install uv==0.9.11\nRUN uv pip install -p /usr/local/bin/python numpy==2.3.5\n"),
    ("uv-no-environment", "RUN pip install uv==0.9.11\nRUN uv pip install --target /deps numpy==2.3.5\n"),
    ("uv-no-environment", "RUN pip install uv==0.9.11\nRUN uv pip install --prefix=/install numpy==2.3.5\n"),
    ("uv-no-environment", "RUN pip install uv==0.9.11\nRUN uv run uv pip install numpy==2.3.5\n"),
    ("uv-no-environment", "ARG FLAGS=--system\nRUN pip install uv==0.9.11\nRUN uv pip install $FLAGS numpy==2.3.5\n"),
    ("uv-no-environment", "FROM registry.access.redhat.com/ubi9/python-312\nRUN pip install uv==0.9.11\nRUN uv pip install numpy==2.3.5\n"),
    ("uv-no-environment", "FROM pytorch/pytorch:2.9.1-cuda12.8-cudnn9-runtime\nRUN pip install uv==0.9.11\nRUN uv pip install numpy==2.3.5\n"),
    ("uv-no-environment", "FROM python:3.13 AS b\nRUN python -m venv /opt/v\nFROM python:3.13-slim\nCOPY --from=b /opt/v /opt/v\nRUN pip install uv==0.9.11\nRUN uv pip install numpy==2.3.5\n"),
    ("uv-no-environment", "FROM python:3.13 AS base\nENV VIRTUAL_ENV=/v\nFROM base\nRUN pip install uv==0.9.11\nRUN uv pip install numpy==2.3.5\n"),
    ("uv-no-environment", "ARG IMAGE=python:3.13\nFROM ${IMAGE}\nRUN uv pip install numpy==2.3.5\n"),
    ("uv-no-environment", "RUN pip install uv==0.9.11\nRUN uv pip compile requirements.in -o requirements.txt && uv pip list\n"),
    # What is compiled, may be compiled, or serves nothing.
    ("bytecode-not-compiled", "RUN uv pip install --system --compile-bytecode fastapi==0.121.2\n" + SERVER),
    ("bytecode-not-compiled", "RUN UV_COMPILE_BYTECODE=1 uv pip install --system fastapi==0.121.2\n" + SERVER),
    ("bytecode-not-compiled", "ARG UV_COMPILE_BYTECODE=1\nRUN uv pip install --system fastapi==0.121.2\n" + SERVER),
    ("bytecode-not-compiled", "RUN uv pip install --system fastapi==0.121.2 && python -m compileall -q /usr/local/lib\n" + SERVER),
    ("bytecode-not-compiled", "RUN uv pip install --system torch==2.9.1\nRUN python -c 'import torch'\n" + SERVER),
    ("bytecode-not-compiled", "RUN uv sync --locked\nRUN uv run download_model.py\n" + SERVER),
    ("bytecode-not-compiled", 'RUN uv pip install --system torch==2.9.1\nCMD ["python", "train.py"]\n'),
    ("bytecode-not-compiled", "FROM corp/base:1\nRUN uv pip install torch==2.9.1\n" + SERVER),
    ("bytecode-not-compiled", "RUN uv tool install poetry\nRUN pip install fastapi==0.121.2\n" + SERVER),
    ("bytecode-not-compiled", "FROM python:3.13 AS test\nRUN uv sync\nFROM python:3.13-slim\nCOPY --from=test /report.xml /\nRUN pip install fastapi==0.121.2\n" + SERVER),
    # Versions that still have it, or that nobody knows.
    ("removed-command", "RUN pip install 'poetry<2' && poetry install --no-dev\n"),
    ("removed-command", "FROM python:3.8\nRUN pip install poetry && poetry install --no-dev\n"),
    ("removed-command", "RUN curl -sSL https://install.python-poetry.org | POETRY_VERSION=1.8.5 python3 -\nRUN poetry install --no-dev\n"),
    ("removed-command", "ARG POETRY_VERSION\nRUN pip install poetry==${POETRY_VERSION} && poetry install --no-dev\n"),
    ("removed-command", "RUN poetry install --no-dev\n"),
    ("removed-command", "RUN pip install poetry poetry-plugin-export && poetry export -o requirements.txt\n"),
    ("removed-command", "RUN pip install poetry && poetry self add poetry-plugin-export && poetry export -o requirements.txt\n"),
    ("removed-command", "RUN pip install 'poetry>=1.5' && pip install 'poetry==1.8.5' && poetry install --no-dev\n"),
    ("removed-command", "RUN pip install -r requirements.txt huggingface_hub && huggingface-cli download x/y\n"),
    ("removed-command", "RUN pip install 'huggingface_hub<1' && huggingface-cli download x/y\n"),
    ("removed-command", "RUN pip install 'huggingface_hub[cli]>=0.30' && huggingface-cli download x/y\n"),
    ("removed-command", "FROM vllm/vllm-openai:v0.11.0\nRUN huggingface-cli download x/y\n"),
    ("removed-command", "FROM python:3.6\nRUN pip install --use-feature=2020-resolver x==1\n"),
    ("removed-command", "FROM debian:12\nRUN apt-key add /key.asc\n"),
]  # fmt: skip

REFUSES = "pip refuses to install into the Python of Ubuntu 24.04: it is marked as externally managed"

REPORTED = [
    ("externally-managed-python", UBUNTU + PIP + "RUN pip install numpy==2.3.5\n", REFUSES),
    ("externally-managed-python", UBUNTU + PIP + "RUN /usr/bin/python3.12 -m pip install --user numpy==2.3.5\n", REFUSES),
    ("externally-managed-python", UBUNTU[:-1] + " AS base\n" + PIP + "FROM base\nRUN pip3 install -r requirements.txt\n", REFUSES),
    ("externally-managed-python", "FROM rocm/dev-ubuntu-24.04:6.4\n" + PIP + "RUN pip3 install numpy==2.3.5\n", REFUSES),
    ("externally-managed-python", "FROM node:22-bookworm\n" + PIP + "RUN pip3 install yt-dlp==2025.11.12\n", "pip refuses to install into the Python of Debian 12: it is marked as externally managed"),
    ("externally-managed-python", "FROM nvidia/cuda:12.8.1-devel-ubuntu24.04\n" + PIP + "RUN pip install numpy==2.3.5\nRUN python3 -m venv /later\n", REFUSES),
    ("uv-no-environment", "RUN pip install uv==0.9.11 && uv pip install numpy==2.3.5\n", "uv finds no environment to install into, and stops"),
    ("uv-no-environment", "RUN curl -LsSf https://astral.sh/uv/install.sh | sh\nRUN /root/.local/bin/uv pip install numpy==2.3.5\n", None),
    ("uv-no-environment", "FROM ghcr.io/astral-sh/uv:python3.12-bookworm-slim\nRUN --mount=type=cache,target=/root/.cache/uv uv pip install -r requirements.txt\n", None),
    ("uv-no-environment", "RUN pip install uv==0.9.11\nRUN uv pip install numpy==2.3.5\nRUN uv venv /later\n", None),
    ("uv-no-environment", "FROM alpine:3.22\nRUN apk add --no-cache python3 uv\nRUN uv pip install -e .\n", None),
    ("bytecode-not-compiled", "RUN uv pip install --system fastapi==0.121.2\n" + SERVER, "uv does not compile what it installs, so every container of this server does it again when it starts"),
    ("bytecode-not-compiled", "ENV PYTHONDONTWRITEBYTECODE=1\nRUN uv sync --locked --no-install-project\nCOPY . .\nRUN uv sync --locked\n" + SERVER, "uv does not compile what it installs, so every container of this server does it again when it starts, as PYTHONDONTWRITEBYTECODE keeps nothing"),
    ("bytecode-not-compiled", "FROM python:3.13 AS b\nRUN uv venv /opt/venv && uv pip install -r requirements.txt\nFROM python:3.13-slim\nCOPY --from=b /opt/venv /opt/venv\n" + SERVER, None),
    ("removed-command", "RUN pip install --no-cache-dir -U poetry\nRUN poetry config virtualenvs.create false && poetry install --no-dev --no-interaction\n", "poetry 2 has no --no-dev"),
    ("removed-command", "RUN pip install 'poetry>=2,<3'\nRUN poetry install --no-root --no-dev\n", None),
    ("removed-command", "RUN pip install 'huggingface_hub[cli]>=1.0' transformers && huggingface-cli download x/y\n", "huggingface_hub 1.0 took huggingface-cli away"),
    ("removed-command", "RUN pip install hf_transfer 'huggingface_hub[hf_xet]'\nRUN --mount=type=secret,id=t huggingface-cli login --token $(cat /run/secrets/t)\n", None),
    ("removed-command", "FROM debian:trixie-slim\nRUN curl https://a.example/k | apt-key add -\n", "Debian 13 has no apt-key"),
]  # fmt: skip

ADVICE: list[tuple[str, str, str]] = []
