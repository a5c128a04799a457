"""Whatever stands in a service, asking it raises nothing."""

import random

import pytest
from composing import project_of

from dlint.model.compose.build import invocations_of, joined
from dlint.model.compose.healthcheck import ServiceHealthcheck
from dlint.model.compose.service import Service
from dlint.model.compose.settings import ServiceSettings
from dlint.parser.yaml import Node
from dlint.text import Source, Span

KEYS = (
    "image", "build", "command", "entrypoint", "environment", "env_file", "ports", "expose", "volumes", "tmpfs", "gpus",
    "deploy", "runtime", "devices", "depends_on", "links", "healthcheck", "mem_limit", "cpus", "cpu_quota",
    "cpu_period", "scale", "restart", "profiles", "networks", "network_mode", "user", "init", "logging", "secrets",
    "configs", "volumes_from", "platform", "working_dir", "stop_grace_period", "shm_size", "pids_limit",
)  # fmt: skip
INNER = (
    "context", "dockerfile", "dockerfile_inline", "target", "args", "platforms", "resources", "limits", "reservations",
    "devices", "memory", "cpus", "pids", "capabilities", "count", "device_ids", "driver", "condition", "required",
    "test", "disable", "interval", "retries", "source", "type", "published", "host_ip", "protocol", "read_only",
    "path", "replicas", "restart_policy", "options", "NVIDIA_VISIBLE_DEVICES", "MODE", "UVICORN_PORT",
)  # fmt: skip
TEXTS = (
    "", "~", "null", "true", "no", "0", "-1", "80", "8080:80", "127.0.0.1:80:80/udp", "[::1]:1:2", "1-2:3-4", ":", "::",
    "a:b:c:d", "c:/x:/y", "/data", "=", "A=", "A=1", "=1", "${X}:80", "$", "`", "'", '"', "\\", "a 'b", "$(", "a\\",
    "--model m", "vllm serve m --port 1", "vllm/vllm-openai:x", "postgres:18", "python:3.13", "UPPER/Case", "a@b",
    "uvicorn app:app --host", "sh -c 'a && b'", "python train.py", "nan", "inf", "1e400", "9" * 50, "1.5g", "1m30s",
    "https://x/y.git", "../..", "\0", "x" * 300, "\ud800", "FROM x\nCMD a", "NONE", "CMD", "CMD-SHELL", "all",
    "nvidia", "gpu", "²", "٣",
)  # fmt: skip
PROPERTIES = [
    name for kind in (ServiceSettings, Service) for name, value in vars(kind).items() if isinstance(value, property)
]
CHECKS = [name for name, value in vars(ServiceHealthcheck).items() if isinstance(value, property)]


def make(chance, depth, keys=INNER):
    """Return a node of any kind, with a place that need not fit."""
    text = chance.choice(TEXTS)
    source = Source(chance.choice(TEXTS) + text, "compose.yaml")
    kind = chance.choice(("text", "text", "list", "table")) if depth else "text"
    start = chance.randrange(len(source.text) + 1)
    node = Node(kind, Span(start, len(source.text)), text if kind == "text" else "", source=source,
                style=chance.choice(("", "", "'", '"', "|", ">")))  # fmt: skip
    node.is_known = chance.random() < 0.85
    if kind == "list":
        node.items = [make(chance, depth - 1) for _ in range(chance.randrange(4))]
    elif kind == "table":
        node.pairs = [(key_node(chance, keys, source), make(chance, depth - 1)) for _ in range(chance.randrange(5))]
    return node


def key_node(chance, keys, source):
    if chance.random() < 0.05:
        return make(chance, 1)
    return Node("text", Span(0, 0), chance.choice(keys), source=source)


@pytest.mark.parametrize("seed", range(400))
def test_nothing_raises(seed, tmp_path):
    chance = random.Random(seed)
    project = project_of("services: {}", tmp_path)
    source = project.source
    table = Node("table", Span(0, 0), source=source)
    for name in ("a", "b"):
        node = Node("table", Span(0, 0), source=source)
        keys = chance.sample(KEYS, chance.randrange(1, 14))
        node.pairs = [(Node("text", Span(0, 0), key, source=source), make(chance, 4)) for key in keys]
        table.pairs.append((Node("text", Span(0, 0), name, source=source), node))
    project.root.pairs = [(Node("text", Span(0, 0), "services", source=source), table)]
    for service in project.services.values():
        ask(service)
    joined([invocation for _, invocation in invocations_of(project)])


def ask(service):
    for name in PROPERTIES:
        getattr(service, name)
    for name in CHECKS if service.healthcheck else ():
        getattr(service.healthcheck, name)
    for command in service.started:
        assert service.place(command) is not None or service.build is None
        for word in command.arguments:
            service.place(word)
            command.resolve(word)
    for setting in (service.server.host, service.server.port, service.server.model) if service.server else ():
        if setting is not None:
            service.place(setting)
    service.mount_at("/data/x")
    service.can_run_with(service)
    if service.build is not None:
        for name in ("context", "dockerfile", "inline", "args", "platforms", "additional_contexts", "name", "target"):
            getattr(service.build, name)
