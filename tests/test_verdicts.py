"""What is easily judged wrong: files, and what a rule must or must not say about them."""

import pytest
from helpers import result_of, rules_found

PYTHON = "FROM python:3.13-slim\n"
SERVER = 'CMD ["uvicorn", "app:app", "--host", "0.0.0.0"]\n'

SILENT = [
    ("apt-lists-left", "RUN apt-get update && sh -c 'rm -rf /var/lib/apt/lists/*'\n"),
    ("apt-lists-left", "RUN apt-get update && apt-get install -y git && rm -rf /var/lib/apt\n"),
    ("build-tools-in-final-image", "RUN apt-get update && apt-get install -y gcc && make && apt-get purge -y gcc\n" + SERVER),
    ("build-tools-in-final-image", "RUN apt-get update && apt-get install -y gcc\n"),
    ("copied-env-incompatible", "FROM node:24-alpine AS b\nFROM python:3.13-slim\nCOPY --from=b /app/.env /app/.env\n"),
    ("copied-env-incompatible", "FROM python:3.11-slim AS b\nRUN uv venv --python 3.12 /venv\nFROM python:3.12-slim\nCOPY --from=b /venv /venv\n"),
    ("copied-env-incompatible", "FROM continuumio/miniconda3 AS b\nFROM python:3.11\nCOPY --from=b /opt/conda /opt/conda\n"),
    ("copy-source-before-install", "COPY . /app\nRUN pip uninstall -y boto3 && pip install boto3==1.41.5\n"),
    ("copy-source-before-install", "COPY . /app\nRUN bash scripts/setup.sh\nRUN pip install -r requirements.txt\n"),
    ("credential-persisted-in-layer", "RUN git clone https://organization@dev.azure.com/organization/p/_git/r\n"),
    ("credential-persisted-in-layer", "RUN printf '//r/:_authToken=${NPM_TOKEN}' > /root/.npmrc\n"),
    ("credential-persisted-in-layer", "RUN hf auth login --token $T && rm -rf /root/.cache/huggingface\n"),
    ("cuda-devel-in-runtime", "FROM nvidia/cuda:12.8.1-devel-ubuntu24.04\nRUN pip install numpy==2.3.5\n"),
    ("cuda-devel-in-runtime", 'FROM nvidia/cuda:12.8.1-devel-ubuntu24.04\nRUN pip install numpy==2.3.5\nCMD ["vllm", "serve", "m"]\n'),
    ("download-unverified", "RUN curl -s https://api.github.com/repos/x/y | python3 -c 'import json, sys'\n"),
    ("download-unverified", f"ARG SHA={'a' * 40}\nRUN curl -L https://github.com/x/y/archive/${{SHA}}.tar.gz | tar xz\n"),
    ("download-unverified", "RUN aria2c --checksum=sha-256=00 https://example.org/x.tar.gz\n"),
    ("git-source-unpinned", "RUN git clone https://github.com/x/y && cd y && git checkout v1.2\n"),
    ("ml-framework-unpinned", "RUN pip install torch==2.9.1 torchvision torchaudio triton\n"),
    ("ml-framework-unpinned", "RUN pip install vllm==0.11.0 torch\n"),
    ("ml-framework-unpinned", "FROM pytorch/pytorch:2.9.1-cuda12.8-cudnn9-runtime\nRUN pip install torch numpy\n"),
    ("ml-framework-unpinned", "RUN pip install 'torch==2.5.*'\n"),
    ("model-download-after-source", "COPY . /app\nRUN aws s3 cp /app/dist s3://bucket/ --recursive\n"),
    ("npm-cache-in-layer", "FROM node:24-slim\nRUN pnpm install\n"),
    ("pip-cache-in-layer", "RUN useradd -m app\nENV HOME=/home/app\nRUN pip install x==1\n"),
    ("pip-cache-in-layer", "RUN pip install --no-index --find-links=/wheels x\n"),
    ("pip-cache-in-layer", "ENV PIP_NO_CACHE_DIR=1\nRUN pip install x==1\n"),
    ("run-state-lost", "WORKDIR /app\nRUN git clone x && cd y && make && cd /app\n"),
    ("runs-as-root", 'FROM debian:12\nCMD ["nginx", "-g", "daemon off;"]\n'),
    ("runs-as-root", "CMD gunicorn --user app app:app\n"),
    ("runs-as-root", "FROM python:3.13-slim AS dev\nCMD flask run\n"),
    ("runs-as-root", 'CMD ["sleep", "infinity"]\n'),
    ("secret-in-build-arg-or-env", "ENV OPENAI_API_KEY=EMPTY EOS_TOKEN='</s>' PAD_TOKEN=pad HF_TOKEN='<your token>'\n"),
    ("secret-in-build-arg-or-env", "FROM corp/base:1\nENV HF_TOKEN=$HF_TOKEN\n"),
    ("signals-not-forwarded", "FROM openjdk:17\nCMD java -jar app.jar\n"),
    ("signals-not-forwarded", 'CMD uvicorn app:app\nENTRYPOINT ["python", "x.py"]\n'),
    ("sudo-in-run", "RUN sudo -u postgres createdb x\n"),
    ("sudo-in-run", "RUN sed -i '/NOPASSWD/d' /etc/sudoers\n"),
    ("syntax-error", "ARG IMAGE=${IMAGE}\nFROM ${IMAGE}:1\n"),
    ("world-writable", "RUN chmod 3777 /j && chmod 01777 /k\nCOPY --chmod=1777 a /b/\n"),
    ("undefined-variable", "FROM debian:12 AS base\nONBUILD ENV FOO=1\nFROM base\nWORKDIR /x/$FOO\n"),
    ("runs-as-root", "FROM python:3.13-slim AS base\nONBUILD USER app\nFROM base\n" + SERVER),
]  # fmt: skip

REPORTED = [
    ("apt-package-unpinned", "RUN apt-get install -y g++\n", "g++ is not pinned to a version"),
    ("base-eol", "FROM node:16\n", "Node.js 16 has had no security fixes since 2023-09-11"),
    ("base-eol", "FROM ubuntu:22.10\n", "Ubuntu 22.10 has had no security fixes since 2023-07-20"),
    ("build-tools-in-final-image", "RUN apt-get install -y gcc && apt-get remove -y curl\n" + SERVER, "gcc stays in the image that ships"),
    ("cache-mount-ineffective", "RUN --mount=type=cache,target=~/.cache/pip pip install x==1\n", "Docker does not know ~: this mounts /~/.cache/pip, and nothing uses it"),
    ("credential-persisted-in-layer", "RUN pip install --extra-index-url https://bob:s3cr3tPw9@pypi.corp/simple a==1\n", "the password in this address (in the image's history) stays in the layer"),
    ("git-source-unpinned", "RUN git clone https://github.com/x/y && cd y && git checkout main\n", "y is cloned at whatever its default branch is at build time, and the layer then stays cached"),
    ("pip-cache-in-layer", "RUN sh -c 'cat <<< foo' && pip install x\n", "pip keeps its downloads in this layer, in /root/.cache/pip"),
    ("run-state-lost", "RUN export API_TOKEN=abc123456\n", "export API_TOKEN ends with this RUN and has no effect on the next one"),
    ("run-state-lost", "RUN . ~/.bashrc\n", ". ~/.bashrc ends with this RUN and has no effect on the next one"),
    ("secret-in-build-arg-or-env", "ARG HF_TOKEN\nRUN hf download x\n", "HF_TOKEN is a build argument, so its value stays readable in the image's history"),
    ("secret-in-build-arg-or-env", "ENV AWS_SESSION_ACCESS_TOKEN=abcdef\n", "AWS_SESSION_ACCESS_TOKEN is stored in the image, where everyone who can pull it can read it"),
    ("syntax-error", "COPY . ${A:z}\n", None),
    ("syntax-error", "# check=skp=all\nFROM scratch\n", "check has no option 'skp=all'"),
    ("volatile-arg-before-install", "ARG GITSHA\nRUN pip install x==1\n", None),
    ("world-writable", "RUN chmod 777 /tmp /app\n", "everyone in the container may change /app"),
]  # fmt: skip

ADVICE = [
    ("signals-not-forwarded", "CMD uvicorn app:app --port $PORT\n", "write exec uvicorn …"),
    ("signals-not-forwarded", "CMD python3 -m uvicorn app:app\n", 'use the JSON form: CMD ["python3", …]'),
    ("signals-not-forwarded", "CMD PORT=80 uvicorn app:app\n", "write exec uvicorn …"),
    ("runs-as-root", "RUN useradd -m app\n" + SERVER, "switch to the user that is made above: USER app"),
]  # fmt: skip


def whole(text):
    """Return a file that begins with FROM."""
    return text if text.startswith(("FROM", "ARG IMAGE", "#")) else PYTHON + text


@pytest.mark.parametrize(("rule", "text"), SILENT)
def test_silent(rule, text):
    assert rules_found(whole(text), rule) == []


@pytest.mark.parametrize(("rule", "text", "message"), REPORTED)
def test_reported(rule, text, message):
    found = result_of(whole(text), rule).diagnostics
    assert len(found) == 1
    assert message in (None, found[0].message)


@pytest.mark.parametrize(("rule", "text", "advice"), ADVICE)
def test_advice(rule, text, advice):
    (found,) = result_of(whole(text), rule).diagnostics
    assert found.advice == advice


def test_errors_do_not_depend_on_other_rules():
    """What cannot be expanded is reported once, whatever else is on."""
    text = PYTHON + "COPY . ${A:z}\nWORKDIR ${B:z}\n"
    for select in (("syntax-error",), ("syntax-error", "copy-source-before-install"), ("all",)):
        found = [d for d in result_of(text, *select).diagnostics if d.rule == "syntax-error"]
        assert len(found) == 2


@pytest.mark.parametrize(
    "text",
    [
        'RUN ["pip", "install", "x"]\n', 'RUN ["apt-get", "install", "-y", "x"]\n',
        "RUN bash -c \"pip install 'x' && echo \\\"a\\\"\"\n",
    ],
)  # fmt: skip
def test_no_fix_that_breaks_the_command(text):
    for diagnostic in result_of(PYTHON + text, "pip-cache-in-layer", "apt-recommends").diagnostics:
        assert diagnostic.fix is None
