"""Limits, threads, logs and metrics of services, and the order of what stands in compose files."""

VLLM = "vllm/vllm-openai:v0.27.1"
CAP = "cpu-limit-without-thread-cap"
MEMORY = "memory-limit-missing"
LOGS = "log-growth-unbounded"
TRAIN = "    build: {context: ., dockerfile_inline: 'FROM python:3.13-slim'}\n    environment: {MODE: train}\n"
INFER = "    build: {context: ., dockerfile: Dockerfile.inference}\n"
POSTGRES = "    image: postgres:17.6\n"
OLLAMA = "    image: ollama/ollama:0.12.3\n"
TORCH = """\
    build:
      context: .
      dockerfile_inline: |
        FROM python:3.13-slim
        RUN pip install torch==2.9.0
        CMD ["python", "x.py"]
"""


def services(*texts):
    """Return a compose file of services, whose names are a, b, …; each text is lines of keys."""
    return "services:\n" + "".join(f"  {name}:\n{text}" for name, text in zip("abcdef", texts, strict=False))


def limited(cpus):
    return f"    deploy:\n      resources:\n        limits:\n          cpus: {cpus}\n"


EARLY = "container-variable-expanded-early"
CUT = "command-cut-off"
API = "    image: registry.example.com/api:1\n"


def command(text, key="command"):
    return services(f"{API}    {key}: {text}\n")


REPORTED = [
    (CUT, command("python a.py && python b.py"),
     "Compose leaves '&& python b.py' out of the command of service a: no shell reads it, and && ends it"),
    (CUT, command("a | b"), "Compose leaves '| b' out of the command of service a: no shell reads it, and | ends it"),
    (CUT, command("a ${X:-b} ; c"), None),
    (CUT, command("a $X ; c"), None),
    (CUT, command("'a \"b && c\" & d'", "entrypoint"), None),
    (CUT, command("serve --url http://x/?a=1&b=2 --port 80"),
     "Compose leaves '&b=2 --port 80' out of the command of service a: no shell reads it, and & ends it"),
    (CUT, command("a > /log 2>&1"), None),
    (CUT, command("|\n      a\n      || b"), None),
    (EARLY, services(API + "    environment: [A=1]\n    command: x $A\n"),
     ("$A in the command of service a is that of the host, put in before the container starts: without one it is empty, "
     "whatever the environment of the service says")),
    (EARLY, services(API + "    environment: {A: 1}\n    entrypoint: [x, '${A}', b]\n"), None),
    (EARLY, services(API + "    environment: [A=1, 'B=x$A']\n"), None),
    (EARLY, services(API + "    environment: {A: 1}\n    healthcheck: {test: x $A}\n"), None),
    (CAP, services(TORCH + limited("'4'")),
     ("service a may use 4 processors, but starts a thread for each one of the host: its image has torch, and nothing "
     "says how many threads it may have")),
    (CAP, services(TRAIN + "    cpus: 1\n"),
     ("service a may use 1 processor, but starts a thread for each one of the host: it runs with MODE=train, and "
     "nothing says how many threads it may have")),
    (CAP, services(INFER + "    cpus: 0.5\n"), None),
    (CAP, services(TORCH + "    cpu_quota: 200000\n"), None),
    (CAP, services(OLLAMA + "    cpus: '${CPUS:-2.5}'\n"), None),
    (MEMORY, services(f"    image: {VLLM}\n", POSTGRES),
     "a has no memory limit: it may take what b needs, and the kernel then kills one of them"),
    (MEMORY, services(TRAIN, f"    image: {VLLM}\n", POSTGRES, "    image: redis:8.2\n"),
     "a and b have no memory limit: they may take what c and d need, and the kernel then kills one of them"),
    (MEMORY, services(f"    image: {VLLM}\n    mem_limit: 16g\n    scale: 2\n", POSTGRES),
     ("b has no memory limit, while those of a add up to 32 GiB: where the host has not much more, the kernel may kill "
     "what keeps data")),
    (MEMORY, services(f"    image: {VLLM}\n    mem_limit: 16g\n", TRAIN, POSTGRES), None),
    (LOGS, services(f"    image: {VLLM}\n    restart: always\n"),
     "the logs of a grow without end: they are kept by Docker's default driver, which never rotates them"),
    (LOGS, services(INFER + "    ports: ['80:80']\n    deploy: {replicas: 3}\n"), None),
    (LOGS, services(POSTGRES + "    restart: always\n    logging: {driver: json-file}\n"),
     "the logs of a grow without end: they are kept by the driver json-file, which never rotates them"),
    (LOGS, services(*[f"    image: {VLLM}\n    restart: unless-stopped\n"] * 6),
     ("the logs of a, b, c and 3 others grow without end: they are kept by Docker's default driver, which never "
     "rotates them")),
    ("dependencies-unordered", ("services:\n  a:\n    image: x:1\n    depends_on: [c, b, c]\n  b: {image: x:1}\n"
     "  c: {image: x:1}\n"), "service a depends on b behind c, not in alphabetical order"),
    ("port-unquoted", "services:\n  a:\n    image: x:1\n    ports: [22:22]\n",
     "22:22 has no quotes: Compose reads it as text, YAML 1.1 as the number 1342"),
    ("port-unquoted", "services:\n  a:\n    image: x:1\n    ports: ['1:1', 8000:80]\n",
     "8000:80 has no quotes; it is text to Compose either way"),
    ("port-unquoted", "services:\n  a:\n    image: x:1\n    expose: [8000]\n",
     "8000 has no quotes and is a number to YAML; Compose takes it all the same"),
    ("project-name-missing", "include: [a.yaml]\nservices: {}\n", None),
    ("top-level-keys-unordered", "networks: {}\nservices:\n  a: {image: x:1}\nname: x\n",
     "services stands behind networks"),
    ("service-keys-unordered", "services:\n  a:\n    zzz: 1\n    image: x:1\n",
     "in service a, image stands behind zzz"),
]  # fmt: skip

ADVICE = [
    (CAP, services(TORCH + "    cpus: 3.7\n"), 'set OMP_NUM_THREADS: "3" in its environment'),
    (CAP, services(OLLAMA + "    cpus: 4\n"), 'bind it to processors instead, which it does see: cpuset: "0-3"'),
    (CAP, services(OLLAMA + "    cpus: 1\n"), 'bind it to processors instead, which it does see: cpuset: "0"'),
    (CAP, services("    image: tensorflow/serving:2.19.1\n    cpus: 2\n"),
     'set TF_NUM_INTRAOP_THREADS: "2" in its environment'),
    (CAP, services("    image: localai/localai:v3.7.0\n    cpus: 2\n"), 'set LOCALAI_THREADS: "2" in its environment'),
]  # fmt: skip

SILENT = [
    *[(CUT, command(text)) for text in (
        "a 'b && c'", 'sh -c "a; b"', "[a, '&&', b]", "a;", "a b\\;c", "''", "null", "{a: b}", "a $$(b; c)", "1",
        "'a \"b ; c'",
    )],
    (EARLY, services(API + "    environment: {A: 1}\n    command: x $$A\n")),
    (EARLY, services(API + "    environment: {A: 1}\n    command: x ${A:-2}\n")),
    (EARLY, services(API + "    environment: {A: '${A}'}\n    command: x ${A}\n")),
    (EARLY, services(API + "    environment: [A]\n    command: x ${A}\n")),
    (EARLY, services(API + "    environment: {A: ''}\n    command: x ${A}\n")),
    (EARLY, services(API + "    environment: {A: 1}\n", API + "    command: x $A\n")),
    (EARLY, services(API + "    environment: {A: 1}\n    labels: {x: $A}\n")),
    (CAP, services(TORCH)),
    (CAP, services(TORCH + "    cpus: ${CPUS}\n")),
    (CAP, services(TORCH + "    cpus: 0\n")),
    (CAP, services(TORCH + "    cpus: many\n")),
    (CAP, services(TORCH + "    cpus: 4\n    environment: [OMP_NUM_THREADS]\n")),
    (CAP, services(TORCH + "    cpus: 4\n    environment: {MKL_NUM_THREADS: 4}\n")),
    (CAP, services(TORCH + "    cpus: 4\n    env_file: not-there.env\n")),
    (CAP, services(TORCH + "    cpus: 4\n    command: python x.py --num-threads 4\n")),
    (CAP, services(TORCH + "    cpus: 4\n    cpuset: 0-3\n")),
    (CAP, services(TORCH.replace("        CMD", "        ENV OMP_NUM_THREADS=4\n        CMD") + "    cpus: 4\n")),
    (CAP, services(f"    image: {VLLM}\n    cpus: 4\n")),
    (CAP, services(POSTGRES + "    cpus: 4\n", "    image: registry.example.com/api:1\n    cpus: 4\n")),
    (CAP, services(TORCH.replace("torch==2.9.0", "flask==3.1.2") + "    cpus: 4\n")),
    (MEMORY, services(f"    image: {VLLM}\n")),
    (MEMORY, services(f"    image: {VLLM}\n", f"    image: {VLLM}\n")),
    (MEMORY, services(POSTGRES, "    image: redis:8.2\n", "    image: registry.example.com/api:1\n")),
    (MEMORY, services(f"    image: {VLLM}\n    mem_limit: ${{X}}\n", POSTGRES)),
    (MEMORY, services(f"    image: {VLLM}\n    mem_limit: 8g\n", POSTGRES + "    mem_limit: 1g\n")),
    (MEMORY, services(f"    image: {VLLM}\n    mem_limit: 8g\n    scale: ${{N}}\n", POSTGRES)),
    (LOGS, services(f"    image: {VLLM}\n    restart: on-failure\n")),
    (LOGS, services(f"    image: {VLLM}\n    restart: always\n    logging: {{driver: journald}}\n")),
    (LOGS, services(f"    image: {VLLM}\n    restart: always\n    logging: {{options: {{max-size: 1m}}}}\n")),
    (LOGS, services(f"    image: {VLLM}\n    restart: always\n    logging: nonsense\n")),
    (LOGS, services(POSTGRES + "    restart: always\n")),
    (LOGS, services(TORCH + "    restart: always\n")),
    ("metrics-target-unknown", "services:\n  prometheus:\n    image: prom/prometheus:v3.5.0\n"),
    ("metrics-target-unknown",
     "services:\n  prometheus:\n    image: prom/prometheus:v3.5.0\n    volumes: ['./not-there.yml:/etc/prometheus/x']\n"),
    ("metrics-target-unknown", "services:\n  vllm:\n    image: vllm/vllm-openai:v0.27.1\n"),
    ("metrics-target-unknown",
     "services:\n  prometheus:\n    image: prom/prometheus:v3.5.0\n    volumes: ['${PWD}/p.yml:/etc/prometheus/prometheus.yml']\n"),
    ("services-unordered", "services: {}\n"),
    ("services-unordered", "services:\n- b\n- a\n"),
    ("services-unordered", "x: &b {image: x:1}\nservices:\n  a: *b\n  b: *b\n"),
    ("ports-unordered", "services:\n  a:\n    image: x:1\n    ports: {b: 1, a: 2}\n"),
    ("ports-unordered", "x-p: &p ['90:90', '80:80']\nservices:\n  a:\n    image: x:1\n    ports: *p\n"),
    ("port-unquoted", "x-p: &p [90:90]\nservices:\n  a:\n    image: x:1\n    ports: *p\n"),
    ("volume-quoted", "services:\n  a:\n    image: x:1\n    volumes: ['1', 'a b:/c: d', '', '~', '- x:/y']\n"),
    ("dependencies-unordered", "services:\n  a:\n    image: x:1\n    depends_on: b\n"),
    ("project-name-missing", "name: ${NAME}\nservices:\n  a: {image: x:1}\n"),
]  # fmt: skip
