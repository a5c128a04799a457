"""What a compose service says in so many words."""

import pytest
from composing import placed_text, project_of, service_of


def hidden(service, *path):
    """Make the value at a path one that a variable hides, as it is read where nobody sets the variable."""
    node = service.get(*path)
    node.is_known, node.text = False, node.text.replace("${X}", "")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("environment:\n  A: 1\n  B:\n  C: ''\n  D: true", {"A": "1", "B": None, "C": "", "D": "true"}),
        ("environment:\n  - A=1\n  - B\n  - C=\n  - D=a=b", {"A": "1", "B": None, "C": "", "D": "a=b"}),
        ("environment: [A=1, [b], {c: d}]", {"A": "1"}),
        ("environment: A=1", {"A": "1"}),
        ("environment:\n  A: [1]", {"A": None}),
        ("environment:", {}),
    ],
)
def test_environment(text, expected):
    assert {name: each.value for name, each in service_of(text).environment.items()} == expected


def test_passed_on():
    environment = service_of("environment:\n  - HF_TOKEN\n  - A=\n").environment
    assert environment["HF_TOKEN"].is_passed_on
    assert not environment["A"].is_passed_on


def test_env_file(tmp_path):
    text = "env_file: [.env.api, {path: missing, required: false}, ../outside]\nenvironment:\n  B: here"
    content = "# all\nA=1\nexport B=file\nC='x y'\nD=\"a\"\nE=${A}\nF=1 # one\nG=${G}\nnothing\n"
    environment = service_of(text, tmp_path, **{".env.api": content}).environment
    values = {name: (each.value, each.source) for name, each in environment.items()}
    assert values == {
        "A": ("1", "env_file"), "B": ("here", "environment"), "C": ("x y", "env_file"), "D": ("a", "env_file"),
        "E": ("1", "env_file"), "F": ("1", "env_file"), "G": (None, "env_file"),
    }  # fmt: skip
    assert placed_text(environment["A"].node) == "A"
    assert not environment["G"].is_known


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ports: ['8080:80']", [(None, (8080, 8080), (80, 80), True)]),
        ("ports: [8080]", [(None, None, (8080, 8080), True)]),
        ("ports: ['127.0.0.1:1-2:3-4']", [("127.0.0.1", (1, 2), (3, 4), False)]),
        ("ports: [{target: 80, published: '81'}]", [(None, (81, 81), (80, 80), True)]),
        ("ports: [{published: 80}, [80], nothing, ~, '1:2:3:4', '99999']", []),
        ("ports: {a: 80}", []),
        ("ports: '80'", [(None, None, (80, 80), True)]),
    ],
)
def test_ports(text, expected):
    ports = service_of(text).ports
    assert [(port.host_ip, port.published, port.target, port.is_public) for port in ports] == expected


def test_hidden_port():
    service = service_of("ports: ['${X}:80', '80${X}']")
    for item in service.get("ports").items:
        item.is_known, item.text = False, item.text.replace("${X}", "")
    (port,) = service.ports
    assert (port.target, port.published, port.is_hidden, port.is_public) == ((80, 80), None, True, False)
    assert service.has_hidden_ports


@pytest.mark.parametrize(
    ("text", "path", "expected"),
    [
        ("volumes: ['./data:/data:ro']", "/data/x", ("bind", "./data", "/data", True)),
        (
            "volumes: ['models:/models', '/models/cache']",
            "/models/cache/x",
            ("anonymous", None, "/models/cache", False),
        ),
        ("volumes: ['models:/models']", "/models2", None),
        ("volumes: ['models:/']", "/models", ("volume", "models", "/", False)),
        ("tmpfs: /tmp:size=1m", "/tmp/x", ("tmpfs", None, "/tmp", False)),
        ("tmpfs: [/run, /tmp]", "/tmp", ("tmpfs", None, "/tmp", False)),
        ("volumes: [{type: volume, source: a, target: /a/}]", "/a", ("volume", "a", "/a", False)),
        ("volumes: [{type: volume}, [a], ':/x', 'a:']", "/x", None),
    ],
)
def test_mounts(text, path, expected):
    mount = service_of(text).mount_at(path)
    assert expected == (None if mount is None else (mount.type, mount.source, mount.target, mount.is_read_only))


def test_hidden_mount():
    service = service_of("volumes: ['${X:-./a:b}:/data', '${X}']")
    for item in service.get("volumes").items:
        item.is_known, item.text = False, ""
    mount = service.mount_at("/data/x")
    assert (mount.type, mount.is_persistent) == ("hidden", True)
    assert service.has_hidden_mounts


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("gpus: all", [("gpus", "all", ())]),
        ("gpus: [{driver: nvidia, count: 2}]", [("gpus", 2, ())]),
        ("deploy: {resources: {reservations: {devices: [{capabilities: [gpu]}]}}}", [("devices", "all", ())]),
        ("deploy: {resources: {reservations: {devices: [{driver: nvidia, count: all, capabilities: [gpu]}]}}}",
         [("devices", "all", ())]),
        ("deploy: {resources: {reservations: {devices: [{device_ids: ['0', '3'], capabilities: [gpu]}]}}}",
         [("devices", None, ("0", "3"))]),
        ("deploy: {resources: {reservations: {devices: [{capabilities: [tpu], count: 1}]}}}", []),
        ("runtime: nvidia", [("runtime", None, ())]),
        ('runtime: nvidia\nenvironment: ["NVIDIA_VISIBLE_DEVICES=0,1"]', [("runtime", None, ("0", "1"))]),
        ("runtime: nvidia\nenvironment: [NVIDIA_VISIBLE_DEVICES=all]", [("runtime", "all", ())]),
        ("runtime: runc", []),
        ("devices: ['nvidia.com/gpu=all']", [("cdi", "all", ())]),
        ("devices: [/dev/kfd, /dev/dri]", [("kfd", None, ()), ("nodes", None, ())]),
        ("devices: [/dev/snd]", []),
        ("gpus: 3", []),
    ],
)  # fmt: skip
def test_gpus(text, expected):
    assert [(each.how, each.count, each.device_ids) for each in service_of(text).gpus] == expected


@pytest.mark.parametrize(
    ("text", "memory", "cpus"),
    [
        ("mem_limit: 2g\ncpus: 1.5", 2 * 2**30, 1.5),
        ("deploy: {resources: {limits: {memory: 512M, cpus: '0.5'}}}\nmem_limit: 1g", 512 * 2**20, 0.5),
        ("cpu_quota: 150000", None, 1.5),
        ("cpu_quota: 100000\ncpu_period: 50000", None, 2.0),
        ("mem_limit: 0\ncpus: 0", None, None),
        ("mem_limit: [1]\ncpus: {}", None, None),
    ],
)
def test_limits(text, memory, cpus):
    service = service_of(text)
    assert (service.memory_limit.value if service.memory_limit else None) == memory
    assert (service.cpu_limit.value if service.cpu_limit else None) == cpus


def test_dependencies():
    service = service_of("depends_on:\n  db: {condition: service_healthy, required: false}\n  cache:\nlinks: ['db:d']")
    assert [(each.name, each.condition, each.is_required, each.is_short) for each in service.dependencies] == [
        ("db", "service_healthy", False, False), ("cache", "service_started", True, False),
    ]  # fmt: skip
    assert [(name, alias) for _, name, alias in service.links] == [("db", "d")]
    (short,) = service_of("depends_on: [db]").dependencies
    assert short.is_short
    assert placed_text(short.node) == "db"


@pytest.mark.parametrize(
    ("text", "is_disabled", "commands", "times"),
    [
        ("healthcheck: {test: [CMD, curl, -f, 'http://x'], interval: 1m30s, retries: 5}", False, ["curl"], (90, 5)),
        ("healthcheck: {test: [CMD-SHELL, 'curl x || exit 1']}", False, ["curl", "exit"], (None, None)),
        ("healthcheck: {test: pg_isready -U x, interval: soon}", False, ["pg_isready"], (None, None)),
        ("healthcheck: {disable: true}", True, [], (None, None)),
        ("healthcheck: {test: [NONE]}", True, [], (None, None)),
        ("healthcheck: {test: NONE}", False, ["NONE"], (None, None)),
        ("healthcheck: {test: []}", False, [], (None, None)),
    ],
)
def test_healthcheck(text, is_disabled, commands, times):
    healthcheck = service_of(text).healthcheck
    assert healthcheck.is_disabled is is_disabled
    assert [command.name for command in healthcheck.commands] == commands
    interval, retries = healthcheck.interval, healthcheck.retries
    assert (interval.value if interval else None, retries.value if retries else None) == times


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("image: postgres:16", False),
        ("image: somebody/thing", None),
        ("image: ghcr.io/open-webui/open-webui:main", True),
        ("image: postgres:16\nhealthcheck: {test: pg_isready}", True),
        ("image: ghcr.io/open-webui/open-webui:main\nhealthcheck: {disable: true}", False),
        ("build: {dockerfile_inline: 'FROM python:3.13'}", False),
        ('build: {dockerfile_inline: "FROM python:3.13\\nHEALTHCHECK CMD x"}', True),
        ('build: {dockerfile_inline: "FROM me/x"}', None),
        ("build: ./nowhere", None),
    ],
)
def test_is_checked(text, expected):
    assert service_of(text).is_checked is expected


def test_profiles():
    project = project_of(
        "services:\n  a: {profiles: [gpu]}\n  b: {profiles: [cpu]}\n  c: {}\n  d: {profiles: [gpu, cpu]}\n"
    )
    a, b, c, d = project.services.values()
    assert not a.can_run_with(b)
    assert a.can_run_with(c)
    assert a.can_run_with(d)
    assert b.can_run_with(d)


@pytest.mark.parametrize(
    ("path", "is_test", "is_development"),
    [
        ("compose.yaml", False, False),
        ("docker-compose.test.yml", True, False),
        ("tests/e2e/compose.yaml", True, False),
        (".devcontainer/docker-compose.yml", False, True),
        ("docker-compose.dev.yml", False, True),
        ("compose.override.yaml", False, True),
        ("latest/compose.yaml", False, False),
    ],
)
def test_kind_of_project(path, is_test, is_development):
    project = project_of("services: {}")
    project.project_path = path
    assert (project.is_test, project.is_development) == (is_test, is_development)


def test_both_places():
    service = service_of("restart: always\ndeploy: {replicas: 3, restart_policy: {condition: none}}\nscale: 3")
    assert service.restart.value == "none"
    assert service.replicas.value == 3
    assert placed_text(service.key_at("deploy", "replicas")) == "replicas"


def test_files():
    service = service_of("secrets: [a, {source: b, target: /x/b}, {target: c}]\nconfigs: [d]")
    assert [(name, path) for name, path, _ in service.secrets] == [("a", "/run/secrets/a"), ("b", "/x/b")]
    assert [(name, path) for name, path, _ in service.configs] == [("d", "/d")]


def test_hidden_values():
    service = service_of("image: ${X}\nmem_limit: ${X}\nuser: ${X}")
    for name in ("image", "mem_limit", "user"):
        hidden(service, name)
    assert service.image is None
    assert service.image_node is service.get("image")
    assert service.user.value is None
    assert service.memory_limit.value is None
