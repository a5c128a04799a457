"""How services of compose files start, wait for each other, are checked, are published and stop."""

API = "    image: registry.example.com/api:1\n"
TRAINING = "    build: .\n    command: python train.py\n"
DB = "    image: postgres:17\n"
TEST = '    healthcheck:\n      test: ["CMD", "true"]\n'
PORT = '    ports:\n      - "8000:8000"\n'
ON_DB = "    depends_on: [b]\n"
SWARM = "      update_config:\n        order: start-first\n"


def services(*texts, head=""):
    """Return a compose file of services, whose names are a, b, …"""
    return head + "services:\n" + "".join(f"  {name}:\n{text}" for name, text in zip("abcdef", texts, strict=False))


def replicas(count, more=""):
    """Return the key that runs a service several times."""
    return f"    deploy:\n      replicas: {count}\n{more}"


def ports(*entries):
    """Return published ports."""
    return "    ports:\n" + "".join(f"      - {entry}\n" for entry in entries)


def waits(condition, more=""):
    """Return a dependency on b with a condition."""
    return f"    depends_on:\n      b:\n        condition: {condition}\n{more}"


def check(test, more=""):
    """Return a health check."""
    return f"    healthcheck:\n      test: {test}\n{more}"


_REPLICAS = "replicas-with-fixed-host-port"
_CONFLICT = "compose-host-port-conflict"
_AWAITED = "dependency-not-awaited"
_HEALTHY = "dependency-never-healthy"
_JOB = "job-dependency-not-completed"
_RESTART = "compose-restart-policy"
_ROLLOUT = "rollout-not-graceful"
_CHECK = "compose-healthcheck-broken"

SILENT = [
    (_REPLICAS, services(API + PORT + replicas(1))),
    (_REPLICAS, services(API + PORT + replicas("${COUNT}"))),
    (_REPLICAS, services(API + PORT + replicas("many"))),
    (_REPLICAS, services(API + PORT + replicas(3, SWARM))),
    (_REPLICAS, services(API + ports('"8000"', '"0:80"', "9000-9002:9000") + replicas(3))),
    (_REPLICAS, services(API + PORT + replicas(3), head="networks:\n  x:\n    driver: overlay\n")),
    (_REPLICAS, services(API + ports('"${PORT}:8000"') + replicas(3))),
    (_REPLICAS, services(API + PORT + replicas(3) + "    network_mode: host\n")),
    (_REPLICAS, services(API + PORT + replicas(3), DB + "    deploy:\n      mode: global\n")),
    (_ROLLOUT, services(API + PORT + replicas(3, "      mode: replicated\n"))),
    (_CONFLICT, services(API + PORT, API + ports('"8000:8000/udp"'))),
    (_CONFLICT, services(API + ports("127.0.0.1:8000:8000"), DB + ports("127.0.0.2:8000:8000"))),
    (_CONFLICT, services(API + ports('"0.0.0.0:8000:8000"'), DB + ports('"[::]:8000:8000"'))),
    (_CONFLICT, services(API + PORT + "    profiles: [x]\n", DB + PORT + "    profiles: [y]\n")),
    (_CONFLICT, services(API + PORT + "    scale: 0\n", DB + PORT)),
    (_CONFLICT, services(API + ports('"8000:8000"', '"8000:8000"'))),
    (_CONFLICT, services(API + ports('"8000-8010:8000"'), DB + ports('"8000-8010:8000"'))),
    (_CONFLICT, services(API + PORT, DB + ports('"${PORT}:8000"'))),
    (_AWAITED, services(API + ON_DB, "    image: redis:8\n")),
    (_AWAITED, services(API + waits("service_started"), DB + TEST)),
    (_AWAITED, services(API + waits("service_healthy"), DB + TEST)),
    (_AWAITED, services(API + ON_DB, API)),
    (_AWAITED, services(API + ON_DB, TRAINING)),
    (_AWAITED, services(API + "    depends_on: [a, c, '']\n", DB)),
    (_AWAITED, services(API + ON_DB, DB + "    entrypoint: /own.sh\n    command: x\n")),
    (_AWAITED, services("    image: ${DB}\n" + ON_DB, "    image: ${DB}\n")),
    (_HEALTHY, services(API + waits("service_healthy"), API)),
    (_HEALTHY, services(API + waits("service_healthy"), "    build: ./nothing\n")),
    (_HEALTHY, services(API + waits("service_healthy"), DB + TEST)),
    (_HEALTHY, services(API + waits("service_healthy"), DB + check("${TEST}"))),
    (_HEALTHY, services(API + waits("service_healthy"), "    image: bonitasoft/bonita-postgres:16.4\n")),
    (_HEALTHY, services(API + waits("service_healthy"), "    image: quay.io/jupyter/base-notebook\n")),
    (_HEALTHY, services(API + waits("${CONDITION}"), DB)),
    (_HEALTHY, services(API + waits("service_started"), DB)),
    (_JOB, services(API + waits("service_completed_successfully"), TRAINING)),
    (_JOB, services(API + ON_DB, TRAINING + PORT)),
    (_JOB, services(API + ON_DB, API)),
    (_JOB, services("    image: prom/prometheus:v3.7.3\n" + ON_DB, TRAINING)),
    (_JOB, services(API + "    command: tensorboard --logdir /x\n" + ON_DB, TRAINING)),
    (_JOB, services(API + waits("${CONDITION}"), TRAINING)),
    (_RESTART, services(TRAINING + "    restart: on-failure\n")),
    (_RESTART, services(TRAINING + '    restart: "no"\n')),
    (_RESTART, services(TRAINING + "    restart: ${RESTART}\n")),
    (_RESTART, services(TRAINING + "    restart: always\n" + PORT)),
    (_RESTART, services(API + "    restart: always\n")),
    (_RESTART, services(API + PORT, DB, API + PORT + "    restart: always\n")),
    (_RESTART, services(*[DB + "    restart: always\n"] * 3, '    image: redis:8\n    restart: "no"\n')),
    (_RESTART, services(*[DB + "    restart: always\n"] * 3, API)),
    (_ROLLOUT, services("    image: vllm/vllm-openai:v0.18.0\n    command: --model x --shutdown-timeout 5\n")),
    (_ROLLOUT, services("    image: vllm/vllm-openai:v0.18.0\n    command: --model x --shutdown-timeout ${N}\n")),
    (_ROLLOUT, services(TRAINING)),
    (_ROLLOUT, services(TRAINING + "    volumes:\n      - ./x:/checkpoints:ro\n")),
    (_ROLLOUT, services(TRAINING + "    volumes:\n      - ./x:/checkpoints\n    stop_grace_period: 5s\n")),
    (_ROLLOUT, services(API + PORT + replicas(3))),
    (_ROLLOUT, services(API + PORT + replicas(3, SWARM))),
    (_CHECK, services(API + check("curl -f http://localhost:8000/"))),
    (_CHECK, services(DB + check('["CMD-SHELL", "pg_isready -U $$POSTGRES_USER || exit 1"]'))),
    (_CHECK, services(API + check('["CMD-SHELL", "curl -f http://localhost:8000/", "||", "exit 1"]'))),
    (_CHECK, services(API + check('["CMD", "sh", "-c", "x || exit 1"]'))),
    (_CHECK, services(API + check("[]"))),
    (_CHECK, services(API + check('["CMD"]'))),
    (_CHECK, services(API + check('["CMD", "curl", "${URL}"]'))),
    (_CHECK, services("    image: ollama/ollama\n" + check("curl http://localhost", "      disable: true\n"))),
    (_CHECK, services("    image: ollama/ollama\n    volumes: ['${TOOLS}']\n" + check("curl http://localhost"))),
    (_CHECK, services("    image: mongo:5\n" + check("mongo --eval 1"))),
    (_CHECK, services("    image: nginx:1.29\n" + check("curl -f http://localhost/"))),
    (_CHECK, services(API + ports('"8080:80"', '"8081:8080"') + check("wget -q http://localhost:8080/"))),
    (_CHECK, services(API + ports('"8080:80"') + "    command: serve --port=8080\n" + check("wget http://localhost:8080"))),
]  # fmt: skip

REPORTED = [
    (
        _REPLICAS, services(API + ports("8000:8000") + replicas(2)),
        "both containers of a want port 8000 of the host: the first one gets it, and the other fails to start",
    ),
    (
        _REPLICAS, services(API + ports("8000-8001:8000-8001") + "    scale: 3\n"),
        "all 3 containers of a want ports 8000-8001 of the host: the first one gets them, and the others fail to start",
    ),
    (_REPLICAS, services("    build: .\n" + PORT + replicas(3, SWARM)), None),
    (
        _CONFLICT, services(API + PORT, DB + ports('"8000:5432"')),
        "port 8000 of the host is already taken by a: b cannot start beside it",
    ),
    (_CONFLICT, services(API + PORT + "    profiles: [x]\n", DB + PORT), None),
    (_CONFLICT, services(API + ports('"0.0.0.0:8000:8000"'), DB + ports("127.0.0.1:8000:8000")), None),
    (
        _CONFLICT, services(API + ports('"53:53/udp"'), DB + ports('"50-60:50-60/udp"')),
        "port 53 (UDP) of the host is already taken by a: b cannot start beside it",
    ),
    (_CONFLICT, services(API + ports('"8000:80"', '"8000:81"')), None),
    (
        _AWAITED, services(API + ON_DB, DB),
        "a starts as soon as b (PostgreSQL) does, before it answers: b has no healthcheck here that Compose could wait for",
    ),
    (_AWAITED, services(API + ON_DB, DB, API + ON_DB), None),
    (_AWAITED, services(API + ON_DB, DB + TEST), "a starts as soon as b does, and does not wait for its health check"),
    (_AWAITED, services(API + ON_DB, API + TEST), None),
    (_AWAITED, services(API + "    depends_on:\n      - b\n", "    image: ollama/ollama\n"), None),
    (_HEALTHY, services(API + waits("service_healthy"), DB), "b has no health check, so Compose never starts a"),
    (
        _HEALTHY, services(API + waits("service_healthy", "        required: false\n"), DB),
        "b has no health check, so Compose does not wait with a",
    ),
    (_HEALTHY, services(API + waits("service_healthy"), API + '    healthcheck:\n      test: ["NONE"]\n'), None),
    (_HEALTHY, services(API + waits("service_healthy"), "    image: python:3.13\n    command: python train.py\n"), None),
    (_JOB, services(API + ON_DB, TRAINING), "a starts as soon as b does, not when it is done"),
    (_JOB, services(API + ON_DB, "    build: .\n    environment:\n      MODE: train\n"), None),
    (_JOB, services(API + waits("service_healthy"), TRAINING + TEST), None),
    (
        _JOB, services(API + "    volumes: [models:/m]\n" + ON_DB, TRAINING + "    volumes: [models:/out]\n", head="volumes:\n  models:\n"),
        "a starts as soon as b does, before it has written models, which both mount",
    ),
    (
        _RESTART, services(TRAINING + "    restart: always\n"),
        "a is a job, and is started again whenever it ends: it trains again and again",
    ),
    (
        _RESTART, services(*[DB + "    restart: always\n"] * 3, "    image: redis:8\n"),
        "d stays down after a crash or a reboot, and the 3 other servers here come back",
    ),
    (
        _ROLLOUT, services("    image: registry.example.com/a:1\n    command: gunicorn a:a --graceful-timeout 60\n"),
        "a takes up to 60 s to stop, and Docker kills it 10 s after SIGTERM",
    ),
    (_ROLLOUT, services("    image: lmsysorg/sglang:v0.5.5\n"), None),
    (_ROLLOUT, services(TRAINING + "    volumes:\n      - ./x:/checkpoints\n"), None),
    (_ROLLOUT, services(DB + replicas(2, SWARM)), "updates of a go on whether it answers or not: it has no health check"),
    (
        _CHECK, services("    image: ollama/ollama\n" + check("curl -f http://localhost:11434")),
        "curl is not in ollama/ollama, so the check always fails",
    ),
    (_CHECK, services("    image: mongo\n" + check("mongo --eval 1")), None),
    (
        _CHECK, services(API + check('["CMD", "curl", "http://localhost:$$PORT/"]')),
        "CMD runs curl without a shell that would put in $PORT",
    ),
    (
        _CHECK, services(API + ports('"8080-8090:80-90"') + check("wget http://localhost:8085")),
        "port 8085 is that of the host; the check runs in the container, where it is port 85",
    ),
    (
        _CHECK, services("    image: vllm/vllm-openai:v0.11.2\n    command: --port 9000\n" + check("curl http://localhost:8000/x")),
        None,
    ),
]  # fmt: skip

ADVICE = [
    (
        _AWAITED, services(API + ON_DB, DB),
        ('give b a healthcheck: {test: ["CMD-SHELL", "pg_isready -h 127.0.0.1 -U $${POSTGRES_USER:-postgres}"]}, '
        "and wait for it here (b: {condition: service_healthy})"),
    ),
    (
        _HEALTHY, services(API + waits("service_healthy"), "    image: vllm/vllm-openai:v0.11.2\n    command: --port 9000\n"),
        'give b a healthcheck: {test: ["CMD", "curl", "-f", "http://localhost:9000/health"], start_period: 10m}',
    ),
    (
        _HEALTHY, services(API + waits("service_healthy"), "    image: python:3.13\n    command: python train.py\n"),
        "it runs train.py: wait until it is done (b: {condition: service_completed_successfully})",
    ),
    (
        _JOB, services(API + ON_DB, TRAINING + "    restart: always\n"),
        "wait for its end (b: {condition: service_completed_successfully}), and let it end: restart: on-failure in b",
    ),
    (
        _REPLICAS, services(API + PORT + replicas(3), DB + ports("8001:5432")),
        "let a proxy (traefik, nginx) take it and leave only expose: [8000] here, or publish a free range of the host",
    ),
    (_CHECK, services("    image: ollama/ollama\n" + check("curl http://localhost:11434")),
     'test: ["CMD", "ollama", "list"]'),
    (
        _CHECK, services("    image: python:3.13-slim\n" + check("curl -f http://localhost:8000/ || exit 1")),
        ('ask with Python: test: ["CMD", "python", "-c", '
        "\"import urllib.request as u; u.urlopen('http://localhost:8000/', timeout=3)\"]"),
    ),
]  # fmt: skip
