"""What was said wrongly of whole stacks, or not at all."""

DANGLING = "compose-dangling-reference"
RESTART = "compose-restart-policy"
AWAITED = "dependency-not-awaited"
JOB = "job-dependency-not-completed"

WEBUI = "    image: ghcr.io/open-webui/open-webui:v0.6.34\n    environment:\n      - OLLAMA_BASE_URL={}\n{}"
OLLAMA = "    image: ollama/ollama:0.12.6\n"
DB = "    image: postgres:17\n"
API = "    image: registry.example.com/api:1\n"
RANK = (
    "    image: registry.example.com/t:1\n    command: torchrun --nnodes=2 --node-rank={} --master-addr=a train.py\n{}"
)
ON_A = "    depends_on: [a]\n"


def services(*texts, tail=""):
    """Return a compose file of services, whose names are a, b, …"""
    return "services:\n" + "".join(f"  {name}:\n{text}" for name, text in zip("abcdef", texts, strict=False)) + tail


def environment(*lines, keys=API):
    """Return a service with variables."""
    return keys + "    environment:\n" + "".join(f"      {line}\n" for line in lines)


def restart(policy):
    """Return a service that is started again."""
    return services(API + f"    restart: {policy}\n")


REPORTED = [
    (DANGLING, services(OLLAMA, WEBUI.format("http://localhost:11434", "")),
     "OLLAMA_BASE_URL asks localhost:11434, which is the container of b itself; a is another one"),
    (DANGLING, services(DB, environment("DATABASE_URL: postgresql://u:${PW}@127.0.0.1:5432/x")), None),
    (DANGLING, services(DB + '    ports: ["5433:5432"]\n', environment("DSN: postgresql://u@localhost:5433/x")), None),
    (DANGLING, services("    image: redis:8\n", environment("REDIS: 'localhost:6379'")), None),
    (DANGLING, services("    image: ghcr.io/mlflow/mlflow:v3.4.0\n    command: mlflow server --host 0.0.0.0\n",
                        environment("MLFLOW_TRACKING_URI: http://localhost:5000")), None),
    (DANGLING, services(DB + "    networks: [back]\n", environment("DB: postgres://u@a:5432/x") + "    networks: [front]\n",
                        tail="networks: {back: , front: }\n"),
     "DB asks a:5432, and b and a share no network"),
    (DANGLING, services(environment("POSTGRES_PASSWORD_FILE: /run/secrets/pw", keys=DB)),
     "POSTGRES_PASSWORD_FILE names /run/secrets/pw, and service a is not given the secret pw"),
    (DANGLING, services(environment("TOKEN_FILE: /run/secrets/token") + "    secrets: [other]\n",
                        tail="secrets: {other: {file: x}}\n"), None),
    (RESTART, restart("unless_stopped"), "restart: unless_stopped is no policy that Docker knows, so a does not start"),
    (RESTART, restart("allways"), None),
    (RESTART, restart('"yes"'), None),
    (JOB, services(API + "    command: python train.py\n", API + "    command: python evaluate.py\n" + ON_A), None),
    (AWAITED, services("    image: minio/minio:RELEASE.2025-04-22T22-12-26Z\n    command: server /data\n",
                       "    image: minio/mc:RELEASE.2025-04-16T18-13-26Z\n    entrypoint: mc mb s/x\n" + ON_A), None),
    (AWAITED, services("    image: postgres:17\n    command: -c max_connections=200\n", API + ON_A), None),
    ("dependency-never-healthy", services("    image: apache/spark:3.5.6\n    command: /opt/spark/sbin/start-master.sh\n",
     API + "    depends_on: {a: {condition: service_healthy}}\n"), None),
    ("secret-literal-in-compose", services(environment("LABEL_STUDIO_PASSWORD: Tr0ub4dor")), None),
    ("gpu-not-requested", services(environment("ENABLE_CUDA: '1'")), "a gets no GPU, and needs one: it runs with ENABLE_CUDA=1"),
    ("gpu-not-requested", services(environment("ASR_DEVICE: cuda")), None),
    ("state-not-persisted", services("    image: chromadb/chroma:1.1.1\n    volumes: [data:/chroma/chroma]\n",
                                     tail="volumes: {data: }\n"), None),
    ("sensitive-port-published", services("    image: ghcr.io/mlflow/mlflow:v3.4.0\n    command: mlflow server --host 0.0.0.0\n"
                                          "    ports: ['5000:5000']\n"), None),
    ("compose-host-access", services(API + "    ipc: host\n", API + "    ipc: host\n"),
     "a shares the memory segments of the host"),
    ("compose-host-access", services(API + "    network_mode: host\n    ports: ['8000:8000']\n"),
     ("a is in the network of the host, where `ports` has no effect: all its ports are open there, and nothing keeps it "
     "off the host's own")),
    ("compose-host-access", services(API + "    privileged: true\n    volumes: ['/var/run/docker.sock:/var/run/docker.sock']\n"),
     ("a is privileged: root in it is root of the host; it has docker.sock of the host, with which it can start any "
     "container as root")),
    ("compose-version-key", "version: '3.8'\n" + services(API), None),
]  # fmt: skip

TWO = [RANK.format(rank, f"    gpus: [{{count: {count}}}]\n") for rank, count in ((0, 1), (1, 2))]
RAY = "    image: rayproject/ray:2.50.0-py312\n    command: ray start {}--block\n{}"
REPORTED += [
    ("gpu-shared-implicitly", services(*TWO),
     "a and b both get GPU 0: count takes GPUs from the first one on, whoever else has them"),
    ("shm-size-default", services(RAY.format("--head ", "")),
     "a has the 64 MB of /dev/shm that Docker gives for tensors that processes share: Ray keeps its objects there"),
]  # fmt: skip

ADVICE = [
    ("gpu-shared-implicitly", services(*TWO),
     "give each service device_ids of its own: NCCL refuses two processes of one job on the same GPU"),
    ("shm-size-default", services(RAY.format("--address=b:6379 ", "    mem_limit: 4g\n")), "set shm_size: 2gb"),
    (DANGLING, services(DB + '    ports: ["5433:5432"]\n', environment("DSN: postgresql://u@localhost:5433/x")), "write a:5432"),
    (RESTART, restart("unless_stopped"), "did you mean unless-stopped?"),
    ("gpu-not-requested", services("    image: dustynv/l4t-pytorch:r36.4.0\n    command: python3 x.py --device cuda\n"),
     "add runtime: nvidia: a Jetson gives its GPU to containers of that runtime only"),
    (AWAITED, services("    image: elasticsearch:9.1.5\n    ports: ['9200:9200']\n", API + ON_A),
     ('give a a healthcheck: {test: ["CMD", "bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/9200"]}, and wait for it here '
     "(a: {condition: service_healthy})")),
]  # fmt: skip

SILENT = [
    (JOB, services(RANK.format(0, ""), RANK.format(1, ON_A))),
    ("gpu-shared-implicitly", services(*(RANK.format(n, f"    gpus: [{{device_ids: ['{n}']}}]\n") for n in (0, 1)))),
    ("shm-size-default", services(RAY.format("--head ", "    shm_size: 4gb\n"))),
    ("shm-size-default", services("    image: rayproject/ray:2.50.0-py312\n    command: ray status\n")),
    (RESTART, restart("unless-stopped")),
    (RESTART, restart("on-failure:5")),
    (RESTART, restart('"no"')),
    (RESTART, restart("${RESTART:-no}")),
    (RESTART, restart("${RESTART}")),
    # Several servers come back, and what fetches models is done when it ends.
    (RESTART, services(DB + "    restart: always\n", OLLAMA + "    restart: always\n", OLLAMA +
                       '    entrypoint: /bin/sh\n    command: ["-c", "sleep 3; ollama pull llama3.2"]\n')),
    ("memory-limit-missing", services(DB, OLLAMA + '    entrypoint: /bin/sh\n    command: ["-c", "ollama pull llama3.2"]\n')),
    ("base-image-unpinned", services("    image: ghcr.io/berriai/litellm:main-v1.77.7-stable\n")),
    # Docker Swarm reads it.
    ("compose-version-key", "version: '3.8'\n" + services(API + "    deploy:\n      update_config:\n        order: start-first\n")),
    ("state-not-persisted", services("    image: chromadb/chroma:0.6.3\n    volumes: [data:/chroma/chroma]\n", tail="volumes: {data: }\n")),
    ("gpu-not-requested", services(environment("ENABLE_CUDA: '0'"), environment("DEVICE: cpu"))),
    # Secrets that are given, mounted, or named otherwise.
    (DANGLING, services(environment("P_FILE: /run/secrets/pw") + "    secrets: [pw]\n", tail="secrets: {pw: {file: x}}\n")),
    (DANGLING, services(environment("P_FILE: /run/secrets/x") + "    secrets: [{source: pw, target: x}]\n",
                        tail="secrets: {pw: {file: x}}\n")),
    (DANGLING, services(environment("P_FILE: /run/secrets/x") + "    secrets: [{source: pw, target: /run/secrets/x}]\n",
                        tail="secrets: {pw: {file: x}}\n")),
    (DANGLING, services(environment("P_FILE: /run/secrets/x") + "    volumes: ['./s:/run/secrets']\n")),
    (DANGLING, services(environment("P_FILE: /run/secrets/x") + "    volumes: ['./s:/run/secrets/x:ro']\n")),
    (DANGLING, services(environment("P_FILE: ${P_FILE}", "Q_FILE: /etc/q"))),
    (DANGLING, services(environment("P_FILE: /run/secrets/x") + "    secrets: ['${S}']\n")),
    # Addresses that others ask, that are this container's own, or that are known elsewhere.
    (DANGLING, services(OLLAMA, WEBUI.format("http://a:11434", ""))),
    (DANGLING, services(OLLAMA, WEBUI.format("http://localhost:11434", "    network_mode: host\n"))),
    (DANGLING, services(OLLAMA, WEBUI.format("http://localhost:11434", "    network_mode: 'service:a'\n"))),
    (DANGLING, services(OLLAMA + "    network_mode: 'service:b'\n", WEBUI.format("http://localhost:11434", ""))),
    (DANGLING, services(OLLAMA, WEBUI.format("http://host.docker.internal:11434", ""))),
    (DANGLING, services(WEBUI.format("http://localhost:11434", ""))),
    (DANGLING, services(OLLAMA, environment("NEXT_PUBLIC_OLLAMA_URL: http://localhost:11434"))),
    (DANGLING, services(OLLAMA, environment("CORS_ORIGINS: http://localhost:11434"))),
    (DANGLING, services(API + "    ports: ['8000:8000']\n", environment("API_URL: http://localhost:8000"))),
    (DANGLING, services(DB, environment("SELF: 'localhost:5432'") + "    expose: [5432]\n")),
    (DANGLING, services(DB, environment("DSN: postgres://u@db.example.com:5432/x"))),
    (DANGLING, services(DB, DB, environment("DSN: postgres://u@localhost:5432/x"))),
    (DANGLING, services(DB + "    networks: [x, y]\n", environment("DSN: postgres://u@a:5432/x") + "    networks: [y]\n",
                        tail="networks: {x: , y: }\n")),
    (DANGLING, services(DB + "    networks: [x]\n", environment("DSN: postgres://u@a:5432/x") + "    networks: [y]\n",
                        tail="networks: {x: , y: {external: true}}\n")),
    (DANGLING, services(DB + "    networks: [x]\n    profiles: [p]\n",
                        environment("DSN: postgres://u@a:5432/x") + "    networks: [y]\n    profiles: [q]\n",
                        tail="networks: {x: , y: }\n")),
    ("dependency-never-healthy", services("    image: chromadb/chroma:1.1.1\n", API + "    depends_on: {a: {condition: service_healthy}}\n")),
]  # fmt: skip
