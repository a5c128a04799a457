"""What a compose service says changes what rules say about its Dockerfile."""

import pytest
from composing import project_of

from dlint.checks.registry import RULES
from dlint.engine.result import FileResult, run_rule
from dlint.engine.settings import SettingsResolver
from dlint.model.build import Build
from dlint.model.compose.build import invocations_of, joined
from dlint.parser.dockerfile import parse
from dlint.text import Source

UVICORN = 'FROM python:3.13-slim\nCMD ["uvicorn", "app:app"]\n'
OPEN = 'FROM python:3.13-slim\nCMD ["uvicorn", "app:app", "--host", "0.0.0.0"]\n'
VLLM = 'FROM vllm/vllm-openai:v0.27.1\nCMD ["--model", "org/m"]\n'
SHELL = "FROM python:3.13-slim\nCMD python main.py\n"
JUPYTER = 'FROM python:3.13-slim\nCMD ["jupyter", "lab", "--ip=0.0.0.0", "--ServerApp.token="]\n'
TORCH = "FROM python:3.13-slim\nRUN pip install torch==2.9.1\n" + OPEN.partition("\n")[2]
PROBE = "FROM python:3.13-slim\nHEALTHCHECK CMD curl http://localhost:8000\n" + OPEN.partition("\n")[2]
SLOW = 'FROM vllm/vllm-openai:v0.27.1\nHEALTHCHECK --interval=5s CMD curl http://localhost:8000/health\nCMD ["--model", "m"]\n'
CACHE = ("FROM python:3.13-slim\nRUN pip install transformers\nENV HF_HOME=/root/hf\n"
         'USER 1000\nCMD ["python", "main.py"]\n')  # fmt: skip
HOME = 'FROM python:3.13-slim\nRUN pip install transformers\nUSER 1000\nCMD ["python", "main.py"]\n'
CPU = "FROM python:3.13-slim\nRUN pip install torch --index-url https://download.pytorch.org/whl/cpu\n"

# The rule, the Dockerfile, what the service says, and what the rule says: a part of its message, None if it is silent.
CASES = [
    ("accelerator-mismatch", CPU, "gpus: all", "the service api asks for a GPU"),
    ("accelerator-mismatch", CPU, "runtime: nvidia", "the service api asks for a GPU"),
    ("accelerator-mismatch", CPU, "devices: [/dev/kfd, /dev/dri]", "the service api asks for a GPU"),
    ("accelerator-mismatch", CPU, "devices: [/dev/dri]", None),
    ("accelerator-mismatch", CPU, "ports: ['80:80']", None),
    ("server-unreachable", UVICORN, "", "listens on 127.0.0.1"),
    ("server-unreachable", UVICORN, "ports: ['80:8000']", "listens on 127.0.0.1"),
    ("server-unreachable", UVICORN, "ports: ['80:8000']\nenvironment: {UVICORN_HOST: 0.0.0.0}", None),
    ("server-unreachable", UVICORN, "ports: ['80:8000']\nenvironment: [UVICORN_HOST]", None),
    ("server-unreachable", UVICORN, "command: uvicorn app:app --host 0.0.0.0", None),
    ("server-unreachable", OPEN, "ports: ['80:8000']", None),
    ("server-unreachable", OPEN, "ports: ['8080:8080']", "api publishes port 8080 of the container, and uvicorn listens on 8000"),
    ("server-unreachable", OPEN, "ports: ['8080:8080', '1:${X}']", None),
    ("server-unreachable", OPEN, "ports: ['8080:8080']\nenvironment: [UVICORN_PORT=8080]", None),
    ("server-unreachable", OPEN, "ports: ['8080:8080']\nenvironment: [UVICORN_PORT]", None),
    ("server-unreachable", OPEN, "ports: ['8080:8080']\ncommand: serve", None),
    ("server-unreachable", OPEN, "ports: ['7990-8010:7990-8010']", None),
    ("server-unreachable", OPEN, "ports: ['8080:8080']\nnetwork_mode: host", None),
    ("server-unreachable", OPEN, "expose: [8080]", None),
    ("healthcheck-missing", OPEN, "", "nothing asks whether uvicorn still answers"),
    ("healthcheck-missing", OPEN, "healthcheck: {test: curl x}", None),
    ("healthcheck-missing", OPEN, "healthcheck: {disable: true}", None),
    ("healthcheck-missing", OPEN, "healthcheck: {interval: 5s}", "nothing asks whether uvicorn still answers"),
    ("healthcheck-missing", OPEN, "command: celery worker", None),
    ("healthcheck-broken", PROBE, "", "curl is not in the image"),
    ("healthcheck-broken", PROBE, "healthcheck: {test: python x.py}", None),
    ("healthcheck-start-period-short", SLOW, "", "counts as unhealthy after 15 seconds"),
    ("healthcheck-start-period-short", SLOW, "healthcheck: {test: x, start_period: 10m}", None),
    ("runs-as-root", OPEN, "", "the container runs as root"),
    ("runs-as-root", OPEN, "user: '1000:1000'", None),
    ("runs-as-root", OPEN, "user: ${UID}:${GID}", None),
    ("runs-as-root", OPEN, "platform: wasi/wasm", None),
    ("runs-as-root", OPEN, "user: root", "the container runs as root"),
    ("model-fetched-at-start", VLLM, "", "downloads org/m"),
    ("model-fetched-at-start", VLLM, "volumes: ['hf:/root/.cache/huggingface']", None),
    ("model-fetched-at-start", VLLM, "volumes: ['hf:/root/.cache']", None),
    ("model-fetched-at-start", VLLM, "volumes: ['./x:/config:ro']", "as api mounts no volume for it"),
    ("model-fetched-at-start", VLLM, "environment: {HF_HOME: /m}\nvolumes: ['./hf:/m']", None),
    ("model-fetched-at-start", VLLM, "environment: {HF_HOME: /m}\nvolumes: ['./hf:/root/.cache']", "downloads org/m"),
    ("model-fetched-at-start", VLLM, "volumes: ['/root/.cache/huggingface']", "downloads org/m"),
    ("model-fetched-at-start", VLLM, "environment: {HF_HUB_OFFLINE: 1}", None),
    ("hf-cache-not-writable", CACHE, "", "cannot write to /root/hf"),
    ("hf-cache-not-writable", CACHE, "user: root", None),
    ("hf-cache-not-writable", CACHE, "environment: {HF_HOME: /tmp/hf}", None),
    ("hf-cache-not-writable", CACHE, "volumes: ['hf:/root/hf']", None),
    ("hf-cache-not-writable", HOME, "", "cannot write to /.cache"),
    ("hf-cache-not-writable", HOME, "environment: [HOME=/tmp]", None),
    ("hf-cache-not-writable", HOME, "volumes: ['hf:/.cache']", None),
    ("hf-cache-not-writable", HOME, "volumes: ['./x:/config:ro']", "cannot write to /.cache"),
    ("signals-not-forwarded", SHELL, "", "process 1"),
    ("signals-not-forwarded", SHELL, "init: true", None),
    ("signals-not-forwarded", SHELL, "init: false", "process 1"),
    ("signals-not-forwarded", SHELL, "command: [python, main.py]", None),
    ("python-output-buffered", SHELL, "", "is buffered"),
    ("python-output-buffered", SHELL, "environment: [PYTHONUNBUFFERED=1]", None),
    ("python-output-buffered", SHELL, "environment: {PYTHONUNBUFFERED: '${X}'}", None),
    ("python-output-buffered", SHELL, "entrypoint: python -u main.py", None),
    ("jupyter-auth-disabled", JUPYTER, "", "asks for no token"),
    ("jupyter-auth-disabled", JUPYTER, "ports: ['8888:8888']", "asks for no token"),
    ("jupyter-auth-disabled", JUPYTER, "ports: ['127.0.0.1:8888:8888']", None),
    ("jupyter-auth-disabled", JUPYTER, "command: jupyter --version", "asks for no token"),
    ("cuda-wheels-on-cpu-image", TORCH, "", "torch"),
    ("cuda-wheels-on-cpu-image", TORCH, "gpus: all", None),
    ("cuda-wheels-on-cpu-image", TORCH, "ports: ['80:8000']", "torch"),
]  # fmt: skip


def findings(rule, text, service, folder):
    """Return what a rule finds in a Dockerfile that a service builds."""
    body = "".join(f"    {line}\n" for line in f"build: .\n{service}".split("\n"))
    project = project_of(f"services:\n  api:\n{body}", folder, Dockerfile=text)
    hide(project.root)
    (invocation,) = joined([invocation for _, invocation in invocations_of(project)])
    source = Source(text, invocation.dockerfile)
    invocation.project_path = "Dockerfile"
    settings = SettingsResolver({"select": (rule,), "isolated": True, "today": "2026-11-22"}).for_file("Dockerfile")
    result = FileResult(source.path, source)
    found = run_rule(RULES[rule], Build(parse(source), invocation), source, settings, result)
    assert not result.crashes, result.crashes[0].traceback
    return found


def hide(node):
    """Do what is done with variables that are not set."""
    for child in (*node.items, *(value for _, value in node.pairs)):
        hide(child)
    if node.kind == "text" and "${" in node.text:
        node.is_known, node.text = False, ""


@pytest.mark.parametrize(("rule", "text", "service", "message"), CASES)
def test_evidence(rule, text, service, message, tmp_path):
    found = findings(rule, text, service, tmp_path)
    assert [message in each.message for each in found] == ([] if message is None else [True])
