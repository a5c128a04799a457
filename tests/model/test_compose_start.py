"""What a compose service starts, what it is for, and where that is written."""

import pytest
from composing import placed_text, project_of, service_of

from dlint.model.compose.build import invocations_of, joined
from dlint.model.role import Role

UVICORN = 'FROM python:3.13-slim\nUSER app\nCMD ["uvicorn", "app:app"]\n'
VLLM = "image: vllm/vllm-openai:v0.11.0\n"


def words(service):
    return [[command.name, *command.values()] for command in service.started]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (VLLM + "command: --model org/m --tensor-parallel-size 4",
         [["vllm", "serve", "--model", "org/m", "--tensor-parallel-size", "4"]]),
        (VLLM + "command: [--model, org/m]", [["vllm", "serve", "--model", "org/m"]]),
        (VLLM + "entrypoint: [python3, -m, vllm.entrypoints.openai.api_server]\ncommand: --model m",
         [["vllm.entrypoints.openai.api_server", "--model", "m"]]),
        (VLLM + "entrypoint: []\ncommand: vllm serve m", [["vllm", "serve", "m"]]),
        ("image: postgres:16\ncommand: -c max_connections=200", [["postgres", "-c", "max_connections=200"]]),
        ("image: postgres:16", []),
        ("image: redis\ncommand: redis-server --appendonly yes", [["redis-server", "--appendonly", "yes"]]),
        ("image: prom/prometheus\ncommand: [--config.file=/x]", [["prometheus", "--config.file=/x"]]),
        ('image: x\ncommand: sh -c "pip install a && exec uvicorn app:app --port 80"',
         [["sh", "-c", "pip install a && exec uvicorn app:app --port 80"], ["pip", "install", "a"],
          ["uvicorn", "app:app", "--port", "80"]]),
        ("image: x\ncommand: ''", []),
        ("image: x\ncommand: {a: b}", []),
        ("image: ghcr.io/ggml-org/llama.cpp:server-cuda\ncommand: -m /m.gguf", [["llama-server", "-m", "/m.gguf"]]),
        ("build: ./nowhere\ncommand: python train.py", [["python", "train.py"]]),
        ("command: python train.py", [["python", "train.py"]]),
    ],
)  # fmt: skip
def test_started(text, expected):
    assert words(service_of(text)) == expected


@pytest.mark.parametrize(
    ("instructions", "keys", "expected"),
    [
        ('ENTRYPOINT ["uvicorn"]\nCMD ["app:app"]', "", [["uvicorn", "app:app"]]),
        ('ENTRYPOINT ["uvicorn"]\nCMD ["app:app"]', "command: main:app", [["uvicorn", "main:app"]]),
        ('ENTRYPOINT ["uvicorn"]\nCMD ["app:app"]', "entrypoint: gunicorn", [["gunicorn"]]),
        ('ENTRYPOINT ["/entrypoint.sh"]\nCMD ["a"]', "command: python b.py", [["entrypoint.sh"], ["python", "b.py"]]),
        ("ENTRYPOINT python a.py", "command: b", [["python", "a.py"]]),
        ('CMD ["python", "a.py"]', "command: []", []),
        ('CMD ["python", "a.py"]', "command:", [["python", "a.py"]]),
    ],
)
def test_over_dockerfile(tmp_path, instructions, keys, expected):
    service = service_of(f"build: .\n{keys}", tmp_path, Dockerfile=f"FROM python:3.13\n{instructions}\n")
    found = words(service)
    if found and found[0][0] == "entrypoint.sh":
        found[0] = found[0][:1]
    assert found == expected


@pytest.mark.parametrize(
    "command",
    [
        "--model m --tensor-parallel-size 4",
        "'--model m --tensor-parallel-size 4'",
        '"--model m --tensor-parallel-size 4"',
        '[--model, m, --tensor-parallel-size, "4"]',
        "\n  - --model\n  - m\n  - --tensor-parallel-size\n  - 4",
        ">\n  --model m\n  --tensor-parallel-size 4",
        "|\n  --model m --tensor-parallel-size\n  4",
        "--model m\n  --tensor-parallel-size 4",
        '"--model m \\\n  --tensor-parallel-size 4"',
    ],
)
def test_places_of_words(command):
    service = service_of(f"{VLLM}command: {command}")
    arguments = service.main_command.arguments
    assert [word.value for word in arguments] == ["serve", "--model", "m", "--tensor-parallel-size", "4"]
    assert [placed_text(service.place(word)) for word in arguments[1:]] == [
        "--model",
        "m",
        "--tensor-parallel-size",
        "4",
    ]
    assert placed_text(service.place(service.main_command)).startswith("--model")
    assert placed_text(service.place(service.server.model)) == "m"


def test_places_in_scripts():
    service = service_of("image: x\ncommand: [sh, -c, 'cd /x && uvicorn app:app --host 127.0.0.1']")
    assert placed_text(service.place(service.main_command)) == "uvicorn app:app --host 127.0.0.1"
    assert placed_text(service.place(service.server.host)) == "127.0.0.1"
    assert service.server.is_loopback


def test_places_in_dockerfiles(tmp_path):
    service = service_of("build: .\nenvironment: {UVICORN_PORT: 9000}", tmp_path, Dockerfile=UVICORN)
    place = service.place(service.main_command)
    assert place.source.path.endswith("Dockerfile")
    assert placed_text(place) == '"uvicorn", "app:app"'
    assert service.server.port.value == "9000"
    assert placed_text(service.place(service.server.port)) == "UVICORN_PORT"
    assert service.place(service.server.host) is None


def test_hidden_words():
    service = service_of(VLLM + "command: --model ${MODEL} --port ${PORT:-80}")
    assert service.server.model.value is None
    assert service.server.port.value == "80"
    assert service.main_command.resolve(service.command[1]) is None


def test_hidden_environment():
    service = service_of("image: x\ncommand: uvicorn app:app\nenvironment: [UVICORN_HOST]")
    assert service.server.is_loopback is None


@pytest.mark.parametrize(
    ("text", "context", "dockerfile"),
    [
        ("build: ./api", "/nowhere/api", "/nowhere/api/Dockerfile"),
        ("build: {context: ., dockerfile: api/D}", "/nowhere", "/nowhere/api/D"),
        ("build: {context: a, dockerfile: /x/D}", "/nowhere/a", "/x/D"),
        ("build: {dockerfile: D}", "/nowhere", "/nowhere/D"),
        ("build: {context: ../x}", "/x", "/x/Dockerfile"),
        ("build: https://github.com/a/b.git", None, None),
        ("build: {context: git@github.com:a/b.git}", None, None),
        ("build: {dockerfile_inline: FROM x}", "/nowhere", None),
        ("build: {context: [a]}", "/nowhere", "/nowhere/Dockerfile"),
    ],
)
def test_build(text, context, dockerfile):
    build = service_of(text).build
    if "[a]" not in text:
        assert (build.context, build.dockerfile) == (context, dockerfile)


def test_invocation(tmp_path):
    text = """
build:
  context: .
  target: gpu
  args: [A=1, B, C=]
  platforms: [linux/arm64]
ports: ["80:8000"]
expose: [9000]
user: "1000"
init: true
command: python x.py
volumes: [models:/models, /scratch]
healthcheck: {test: x}
gpus: all
"""
    service = service_of(text, tmp_path, Dockerfile="FROM python:3.13 AS gpu\nARG A\nENV X=$A\n")
    invocation = service.invocation
    assert (invocation.target, invocation.build_args, invocation.platform) == (
        "gpu",
        {"A": "1", "C": ""},
        "linux/arm64",
    )
    evidence = invocation.evidence
    assert (evidence.ports, evidence.exposed, evidence.user, evidence.init) == ((8000,), (9000,), "1000", True)
    assert (evidence.healthcheck, evidence.gpu, evidence.mounts) == (True, True, ("/models",))
    assert evidence.command == ("python", "x.py")
    assert evidence.services == ("api",)
    assert service.built.target.environment.known("X") == "1"


def test_joined(tmp_path):
    text = """
services:
  a: {build: ., ports: ["1:1"], gpus: all, environment: {A: 1, B: 2}}
  b: {build: ., ports: ["2:2"], healthcheck: {test: x}, environment: {A: 1, B: 3}}
  c: {build: {context: ., target: other}}
  d: {image: x}
"""
    project = project_of(text, tmp_path, Dockerfile="FROM python:3.13 AS other\nFROM other\n")
    assert [service.name for service, _ in invocations_of(project)] == ["a", "b", "c"]
    first, second = joined([invocation for _, invocation in invocations_of(project)])
    evidence = first.evidence
    assert (evidence.gpu, evidence.healthcheck, evidence.ports) == (True, True, (1, 2))
    assert evidence.environment == {"A": "1", "B": None}
    assert evidence.services == ("a", "b")
    assert second.target == "other"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("build: .\nports: ['80:8000']", False),
        ("build: .", None),
        ("build: .\nports: ['80:8000']\ngpus: all", True),
        ("build: .\nports: ['80:8000']\nruntime: ${RUNTIME}", None),
        ("build: .\nports: ['80:8000']\nprofiles: [cpu]", None),
        ("build: .\nports: ['80:8000']\nenvironment: [NVIDIA_VISIBLE_DEVICES=all]", None),
        ("build: .\nports: ['80:8000']\nprivileged: true", None),
        ("build: .\nports: ['80:8000']\ncommand: python serve.py --device cuda", None),
        ("build: {context: ., target: gpu}\nports: ['80:8000']", None),
    ],
)
def test_gpu_evidence(tmp_path, text, expected):
    service = service_of(text, tmp_path, Dockerfile=UVICORN)
    assert service.invocation.evidence.gpu is expected


@pytest.mark.parametrize("name", ["docker-compose.gpu.yml", "compose.prod.yaml"])
def test_gpu_variants_elsewhere(tmp_path, name):
    more = {"Dockerfile": UVICORN, name: "services: {api: {deploy: {reservations: [{driver: nvidia}]}}}"}
    service = service_of("build: .\nports: ['80:8000']", tmp_path, **more)
    assert service.invocation.evidence.gpu is None


@pytest.mark.parametrize(
    ("text", "is_job", "role"),
    [
        ("image: x\ncommand: python train.py", True, Role.TRAINING),
        ("image: x\ncommand: torchrun --nproc-per-node 2 x.py", True, Role.TRAINING),
        ("image: x\nenvironment: {MODE: train}", True, Role.TRAINING),
        ("build: {context: ., dockerfile: Dockerfile.training}", True, Role.TRAINING),
        ("image: x\ncommand: alembic upgrade head\nrestart: 'no'", True, Role.UNKNOWN),
        ("image: x\ncommand: python manage.py migrate", True, Role.UNKNOWN),
        ("image: x\ncommand: python scripts/download_model.py", True, Role.UNKNOWN),
        ("image: x\ncommand: uvicorn train:app", False, Role.SERVING),
        ("image: x\ncommand: uvicorn app:app", False, Role.SERVING),
        ("image: x\nports: ['80:80']", False, Role.SERVING),
        ("image: postgres:16", False, Role.SERVING),
        ("image: quay.io/jupyter/base-notebook", False, Role.NOTEBOOK),
        ("image: x", None, Role.UNKNOWN),
        ("image: prom/node-exporter", False, Role.SERVING),
        ("image: me/metrics-exporter\ncommand: exporter --interval 5", None, Role.UNKNOWN),
        ("image: x\ncommand: jupyter lab", False, Role.NOTEBOOK),
        ("image: x\ncommand: python serve.py --export-dir export", None, Role.UNKNOWN),
        ("image: x\ncommand: python -m app.train", True, Role.TRAINING),
        ("image: x\ncommand: python main.py --mode train", True, Role.TRAINING),
        ("image: x\ncommand: sh -c 'python migrate.py && python app.py'", None, Role.UNKNOWN),
        ("image: x\ncommand: sh -c 'python manage.py migrate && python manage.py runserver'", False, Role.SERVING),
        ("image: x\ncommand: sh -c 'cd /x && python train.py'", True, Role.TRAINING),
        ("image: x\ncommand: celery -A app worker -Q download", False, Role.UNKNOWN),
    ],
)
def test_purpose(text, is_job, role):
    service = service_of(text)
    assert service.is_job is is_job
    assert service.role is role
    if is_job:
        assert service.job.node.source is service.node.source


def test_job_by_name():
    project = project_of("services:\n  db-init: {image: x}\n  init-db: {image: x}\n  initial: {image: x}\n")
    assert [service.is_job for service in project.services.values()] == [True, True, None]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (VLLM, "vllm/vllm-openai:v0.11.0"),
        ("image: ghcr.io/huggingface/text-embeddings-inference:cpu-1.8", None),
        ("image: ghcr.io/huggingface/text-generation-inference:3", "text-generation-inference"),
        ("image: me/app:1.0-cuda12", "me/app:1.0-cuda12"),
        ("image: ollama/ollama", None),
        ("image: me/app\ncommand: python serve.py --device cuda", "--device cuda"),
        ("image: me/app\ncommand: python serve.py --device=cpu", None),
        ("image: me/app\ncommand: [serve, --gpu-memory-utilization, '0.9']", "--gpu-memory-utilization"),
        ("build: {dockerfile_inline: 'FROM nvidia/cuda:12.9.1-runtime-ubuntu24.04'}", "nvidia/cuda"),
        ("build: {dockerfile_inline: 'FROM python:3.13'}", None),
    ],
)
def test_needs_gpu(text, expected):
    reason = service_of(text).needs_gpu
    assert (reason is None) == (expected is None)
    assert reason is None or expected in reason.text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (VLLM, True), ("image: ollama/ollama", True), ("image: postgres", False),
        ("image: x\ncommand: vllm serve m", True), ("image: x\ncommand: uvicorn app:app", False),
        ("image: nvcr.io/nvidia/tritonserver:25.01-py3\ncommand: tritonserver --model-repository=/m", True),
    ],
)  # fmt: skip
def test_model_servers(text, expected):
    assert service_of(text).is_model_server is expected


def test_inline_dockerfile():
    service = service_of("build:\n  dockerfile_inline: |\n    FROM python:3.13\n    CMD uvicorn app:app\n")
    assert service.server.name == "uvicorn"
    assert service.container.target.root.family == "python"
