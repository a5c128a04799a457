"""Secrets, ports, mounts and data of compose files, and what services may do to the host."""

SECRET = "secret-literal-in-compose"
PORT = "sensitive-port-published"
STATE = "state-not-persisted"
HIDES = "bind-mount-hides-install"
READS = "compose-data-mount-writable"
HOST = "compose-host-access"
TOKEN = "hf_" + "qWxTzRbNmKpLsVdGhJcFyQeUaIoZnXbCwE"


def services(**bodies):
    """Return a compose file of services by name, each the lines of its keys."""
    found = "services:\n"
    for name, body in bodies.items():
        found += f"  {name}:\n" + "".join(f"    {line}\n" for line in body.split("\n"))
    return found


def env(*lines, image="registry.example.com/a:1"):
    """Return a service with these lines in its environment."""
    return services(a=f"image: {image}\nenvironment:\n" + "\n".join(f"  {line}" for line in lines))


def run(command, image="registry.example.com/a:1", more=""):
    """Return a service with a command."""
    return services(a=f"image: {image}\ncommand: {command}{more}")


def image(name, more=""):
    """Return a service that runs an image."""
    return services(a=f"image: {name}" + (f"\n{more}" if more else ""))


def serving(mounts, other="command: python train.py", volumes="./models:/models"):
    """Return a service that trains and one that serves, with their mounts."""
    return services(
        training=f"image: registry.example.com/t:1\n{other}\nvolumes: ['{volumes}']",
        api=f"image: registry.example.com/a:1\ncommand: uvicorn a:app\nports: ['80:8000']\nvolumes: {mounts}",
    )


def built(made, mounts, more=""):
    """Return a service whose Dockerfile makes something in /app, with its mounts."""
    lines = "\n".join(f"    {line}" for line in ("FROM python:3.13-slim", "WORKDIR /app", *made.split("\n")))
    return services(a=f"build:\n  dockerfile_inline: |\n{lines}\nvolumes: {mounts}{more}")


HERE = ", for everyone who can read this file"
GUESSED = ", and is one of the first that are tried"

REPORTED = [
    (SECRET, env("DB_PASSWORD: hunter-22"), f"the value of DB_PASSWORD stands here{HERE}"),
    (SECRET, env("DB_PASSWORD: 'hunter-22'"), f"the value of DB_PASSWORD stands here{HERE}"),
    (SECRET, env("- DB_PASSWORD=hunter-22"), f"the value of DB_PASSWORD stands here{HERE}"),
    (SECRET, env("- 'DB_PASSWORD=hunter-22'"), f"the value of DB_PASSWORD stands here{HERE}"),
    (SECRET, env('- DB_PASSWORD="hunter-22"'), f"the value of DB_PASSWORD stands here{HERE}"),
    (SECRET, env("MYSQL_ROOT_PASSWORD: 123456"), f"the value of MYSQL_ROOT_PASSWORD stands here{HERE}{GUESSED}"),
    (SECRET, env("POSTGRES_PASSWORD: changeme"), f"the value of POSTGRES_PASSWORD stands here{HERE}{GUESSED}"),
    (SECRET, env("RABBITMQ_DEFAULT_PASS: bunny"), f"the value of RABBITMQ_DEFAULT_PASS stands here{HERE}"),
    (SECRET, env("NEO4J_AUTH: neo4j/graph-it"), f"the value of NEO4J_AUTH stands here{HERE}"),
    (SECRET, env("JWT_SECRET: pa$$$$word"), f"the value of JWT_SECRET stands here{HERE}"),
    (SECRET, env("A_TOKEN: ${A_TOKEN:-abcdef1}"), "the value of A_TOKEN stands here for whenever A_TOKEN is not set"),
    (SECRET, env("A_TOKEN: ${B-abcdef1}"), "the value of A_TOKEN stands here for whenever B is not set"),
    (SECRET, env(f"X: {TOKEN}"), f"a Hugging Face token stands here{HERE}"),
    (SECRET, f"# {TOKEN}\n" + image("redis:8"), f"a Hugging Face token stands here{HERE}"),
    (SECRET, image("x", f"labels: ['key={TOKEN}']"), f"a Hugging Face token stands here{HERE}"),
    (SECRET, image("x") + f"configs:\n  c:\n    content: |\n      token = {TOKEN}\n", f"a Hugging Face token stands here{HERE}"),
    (SECRET, env("URL: postgresql://ml:tiger-1@db/x"), f"the password of an address stands here{HERE}"),
    (SECRET, env("URL: postgresql://${U:-ml}:${P:-tiger-1}@db/x"), "the password of an address stands here for whenever P is not set"),
    (SECRET, env("URL: redis://:tiger-1@cache:6379/0"), f"the password of an address stands here{HERE}"),
    (SECRET, run("mlflow server --backend-store-uri postgresql://a:b-c@db/m"), f"the password of an address stands here{HERE}"),
    (SECRET, run("redis-server --requirepass tiger-1"), f"the value of --requirepass stands here{HERE}"),
    (SECRET, run("[redis-server, --requirepass, tiger-1]"), f"the value of --requirepass stands here{HERE}"),
    (SECRET, run("serve --api-key=tiger-11"), f"the value of --api-key stands here{HERE}"),
    (SECRET, run("['sh', '-c', 'serve --password tiger-1']"), f"the value of --password stands here{HERE}"),
    (SECRET, services(a="build:\n  context: .\n  args: [GIT_TOKEN=tiger-11]"), f"the value of GIT_TOKEN stands here{HERE}"),
    # One secret, one finding.
    (SECRET, env("POSTGRES_PASSWORD: tiger-1", "URL: postgresql://ml:tiger-1@db/x"), f"the value of POSTGRES_PASSWORD stands here{HERE}"),
    (SECRET, "x-e: &e\n  DB_PASSWORD: tiger-1\n" + services(a="image: x\nenvironment: *e", b="image: x\nenvironment:\n  <<: *e"), f"the value of DB_PASSWORD stands here{HERE}"),
    (PORT, image("postgres:17", "ports: ['5432:5432']"), "every machine that reaches port 5432 of this host can try passwords of PostgreSQL"),
    (PORT, image("postgres:17", "ports: ['15432:5432']"), "every machine that reaches port 15432 of this host can try passwords of PostgreSQL"),
    (PORT, image("postgres:17", "ports: ['0.0.0.0:5432:5432']"), "every machine that reaches port 5432 of this host can try passwords of PostgreSQL"),
    (PORT, image("postgres:17", "ports: ['${PORT:-5432}:5432']"), "every machine that reaches port 5432 of this host can try passwords of PostgreSQL"),
    (PORT, image("postgres:17", "ports: ['5432:5432']\nenvironment: {POSTGRES_HOST_AUTH_METHOD: trust}"), "whoever reaches port 5432 of this host is let in: PostgreSQL asks for no password here"),
    (PORT, image("redis:8", "ports: ['6379:6379']"), "whoever reaches port 6379 of this host is let in: Redis asks for no password here"),
    (PORT, image("redis:8", "command: redis-server --requirepass ${P}\nports: ['6379:6379']"), "every machine that reaches port 6379 of this host can try passwords of Redis"),
    (PORT, image("qdrant/qdrant:v1.15.5", "ports: ['6333:6333', '6334:6334']"), "whoever reaches ports 6333 and 6334 of this host is let in: Qdrant asks for no password here"),
    (PORT, image("elasticsearch:9.1.0", "ports: ['9200:9200']\nenvironment: [xpack.security.enabled=false]"), "whoever reaches port 9200 of this host is let in: Elasticsearch asks for no password here"),
    (PORT, image("elasticsearch:7.17.0", "ports: ['9200:9200']"), "whoever reaches port 9200 of this host is let in: Elasticsearch asks for no password here"),
    (PORT, image("minio/minio", "command: server /data\nports: ['9000:9000']"), "whoever reaches port 9000 of this host knows the way in: MinIO starts with the user and password of its manual"),
    (PORT, image("registry.example.com/t:1", "command: mlflow server --host 0.0.0.0 --port 5001\nports: ['80:5001']"), "whoever reaches port 80 of this host is let in: MLflow asks for no password here"),
    (PORT, image("tensorflow/tensorflow:2.20.0", "command: tensorboard --logdir /logs --bind_all\nports: ['6006:6006']"), "whoever reaches port 6006 of this host is let in: TensorBoard asks for no password here"),
    (PORT, image("docker:29-dind", "ports: ['2375:2375']"), "whoever reaches port 2375 of this host is let in: Docker asks for no password here"),
    (PORT, image("pytorch/torchserve:0.9.0-cpu", "ports: ['8080:8080', '8081:8081']"), "whoever reaches port 8081 of this host is let in: TorchServe asks for no password here"),
    (STATE, image("postgres:17"), "the data of PostgreSQL in /var/lib/postgresql/data is lost with its container, at the next docker compose down: no volume is mounted there"),
    (STATE, image("postgres:17", "environment: {PGDATA: /pg}\nvolumes: ['dd:/var/lib/postgresql/data']") + "volumes:\n  dd:\n", "the data of PostgreSQL in /pg is lost with its container, at the next docker compose down: no volume is mounted there"),
    (STATE, image("postgres:17", "volumes: ['./init:/docker-entrypoint-initdb.d']"), None),
    (STATE, image("grafana/grafana:12.3.0", "volumes: ['./d:/var/lib/grafana/dashboards']"), "the data of Grafana in /var/lib/grafana is lost with its container, at the next docker compose down: no volume is mounted there"),
    (STATE, image("prom/prometheus", "command: --storage.tsdb.path=/tsdb\nvolumes: ['pp:/prometheus']") + "volumes:\n  pp:\n", "the history of Prometheus in /tsdb is lost with its container, at the next docker compose down: no volume is mounted there"),
    (STATE, image("minio/minio", "command: server /srv/objects"), "the objects of MinIO in /srv/objects are lost with its container, at the next docker compose down: no volume is mounted there"),
    (STATE, image("redis:8", "command: redis-server --appendonly yes"), "the data of Redis in /data is lost with its container, at the next docker compose down: no volume is mounted there"),
    (STATE, image("quay.io/jupyter/pytorch-notebook"), "the notebooks of Jupyter in /home/jovyan/work are lost with its container, at the next docker compose down: no volume is mounted there"),
    (STATE, image("ghcr.io/mlflow/mlflow:v3.17.2", "command: mlflow server --backend-store-uri sqlite:////m/m.db"), None),
    (STATE, image("ghcr.io/mlflow/mlflow:v3.17.2", "command: mlflow server"), None),
    (STATE, image("postgres", "volumes: ['dd:/var/lib/postgresql/data']") + "volumes:\n  dd:\n", None),
    (STATE, image("postgres:18-alpine", "volumes: ['./d:/var/lib/postgresql/data/']"), None),
    (STATE, image("vllm/vllm-openai:v0.11.0", "command: [--model, Qwen/Qwen3-8B]\nenvironment: {HF_HOME: /m}\nvolumes: ['./m:/root/.cache/huggingface']"), "a downloads Qwen/Qwen3-8B again in every new container: no volume is mounted at /m/hub"),
    (STATE, image("vllm/vllm-openai:v0.11.0", "command: [--model, Qwen/Qwen3-8B, --download-dir, /w]"), "a downloads Qwen/Qwen3-8B again in every new container: no volume is mounted at /w"),
    (STATE, image("ghcr.io/huggingface/text-generation-inference:3.3", "command: --model-id Qwen/Qwen3-8B"), "a downloads Qwen/Qwen3-8B again in every new container: no volume is mounted at /data"),
    (STATE, image("ollama/ollama"), "the models that a downloads are lost with its container: no volume is mounted at /root/.ollama"),
    (READS, serving("['./models:/models']"), "api only reads ./models, and may change it: training is the one that makes what is in it"),
    (READS, serving("['./models:/opt/served']"), "api only reads ./models, and may change it: training is the one that makes what is in it"),
    (READS, serving("['./models:/models:z']"), None),
    (READS, image("tensorflow/serving:2.19.1", "command: --model_base_path=/models/f\nports: ['8501:8501']\nvolumes: ['./models:/models']"), None),
    (HIDES, built("RUN uv sync", "['./x:/app']"), "./x hides the /app/.venv of the image, so what is installed there is missing in a"),
    (HIDES, built("RUN python -m venv venv", "['./x:/app']"), "./x hides the /app/venv of the image, so what is installed there is missing in a"),
    (HIDES, built("COPY --from=b /app/.venv /app/.venv", "['./x:/app/']"), None),
    (HIDES, built("RUN npm ci", "['./x:/app']"), "./x hides the /app/node_modules of the image, so what is installed there is missing in a"),
    (HIDES, built("RUN hf download a/b --local-dir models", "['./m:/app/models']"), "./m hides the models that the image of a has in /app/models"),
    (HOST, image("x", "privileged: true\nvolumes: ['/var/run/docker.sock:/var/run/docker.sock']"), None),
    (HOST, image("x", "pid: host"), "a sees and may stop every process of the host"),
    (HOST, image("x", "volumes:\n  - {type: bind, source: /run/docker.sock, target: /s, read_only: true}"), "a has docker.sock of the host, with which it can start any container as root"),
    (HOST, "x-b: &b\n  network_mode: host\n" + services(a="<<: *b\nimage: x", b="<<: *b\nimage: x"), None),
]  # fmt: skip

SILENT = [
    *((SECRET, env(line)) for line in (
        "DB_PASSWORD: ${DB_PASSWORD}", "DB_PASSWORD: ${DB_PASSWORD:?set it}", "DB_PASSWORD: ''", "DB_PASSWORD:",
        "- DB_PASSWORD", "- DB_PASSWORD=", "DB_PASSWORD: x-${SUFFIX}", "DB_PASSWORD_FILE: /run/secrets/db",
        "DB_PASSWORD: /run/secrets/db", "HF_TOKEN: <token>", "HF_TOKEN: your_token_here", "HF_TOKEN: xxx", "HF_TOKEN: hf_xxxxxxxx",
        "OPENAI_API_KEY: EMPTY", "OPENAI_API_KEY: sk-test", "OPENAI_API_KEY: ollama", "AWS_ACCESS_KEY_ID: abc",
        "TOKENIZERS_PARALLELISM: 'false'", "TIKTOKEN_CACHE_DIR: /tiktoken", "GF_AUTH_ANONYMOUS_ENABLED: 'true'",
        "TS_DISABLE_TOKEN_AUTHORIZATION: 'true'", "- NPM_TOKEN=", "SHUTDOWN_IF_NO_ACCESS_KEY: 1", "MAX_TOKEN: '131072'",
        "API_KEY_HEADER: X-Api-Key", "AUTH_TYPE: basic-with-role", "LOCALAI_AUTH: 'true'", "KEYCLOAK_AUTH: keycloak",
        "BASIC_AUTH_USERNAME: mlops-team", "KAFKA_KEY_SERIALIZER: org.apache.kafka.common.StringSerializer",
        "MINIO_BROWSER_LOGIN_URL: http://minio:9001", "URL: postgresql://db/x", "URL: postgresql://ml@db/x",
        "URL: postgresql://ml:${P}@db/x", "URL: postgresql://ml:${P:?}@db/x", "URL: http://host:8080/@a", "PUBLIC_KEY: ssh-ed25519 AAAA",
        "URL: postgresql://user:<password>@db/x", "TOKEN_LIMIT: 100000", "PASSWORD_POLICY: strong-ones", "SECRET_NAME: prod-database",
    )),
    (SECRET, run("redis-server --requirepass $$PASSWORD")),
    (SECRET, run("redis-server --requirepass ${PASSWORD}")),
    (SECRET, run("serve --api-key-file /run/secrets/key --ssl-keyfile /k.pem --tokenizer-mode auto --max-tokens 100000")),
    (SECRET, run("serve --token --verbose")),
    (SECRET, image("x") + "secrets:\n  db_password:\n    environment: DB_PASSWORD\n  other:\n    file: ./password.txt\n"),
    (SECRET, "services:\n  a: [environment, password=tiger-1]\n  b:\n    environment: tiger-1\n  c:\n    environment: [[PASSWORD=x], {PASSWORD: y}, null, 3]\n"),
    (PORT, image("postgres:17", "ports: ['127.0.0.1:5432:5432']")),
    (PORT, image("postgres:17", "ports: ['10.0.0.5:5432:5432']")),
    (PORT, image("postgres:17", "ports: ['${HOST_IP}:5432:5432']")),
    (PORT, image("postgres:17", "ports: ['5432']")),
    (PORT, image("postgres:17", "ports: ['8080:8080']")),
    (PORT, image("postgres:17", "expose: ['5432']")),
    (PORT, image("postgres:17", "network_mode: host")),
    (PORT, image("registry.example.com/api:1", "ports: ['5432:5432', '8888:8888', '8081:8081']")),
    (PORT, image("otel/opentelemetry-collector:0.140.0", "ports: ['8888:8888']")),
    (PORT, image("quay.io/jupyter/base-notebook", "ports: ['8888:8888']")),
    (PORT, image("quay.io/jupyter/base-notebook", "command: start-notebook.py --IdentityProvider.token='' --PasswordIdentityProvider.hashed_password='argon2:x'\nports: ['8888:8888']")),
    (PORT, image("pytorch/torchserve:0.12.0-cpu", "ports: ['8080:8080', '8081:8081']")),
    (PORT, image("grafana/grafana", "environment: {GF_SECURITY_ADMIN_PASSWORD: '${P:?}'}\nports: ['3000:3000']")),
    (PORT, image("grafana/grafana", "env_file: grafana.env\nports: ['3000:3000']")),
    (PORT, image("prom/prometheus", "command: --web.config.file=/etc/web.yml\nports: ['9090:9090']")),
    (PORT, image("rayproject/ray", "command: serve run a:app\nports: ['8000:8000']")),
    (PORT, image("ollama/ollama", "ports: ['127.0.0.1:11434:11434']")),
    (PORT, "services:\n  a:\n    image: [postgres]\n    ports: {a: b}\n  b:\n    image: postgres:17\n    ports: [[5432], null, '', 'x:y:z', 99999999]\n"),
    (STATE, image("postgres:17", "volumes: ['/var/lib/postgresql/data']")),
    (STATE, image("postgres:17", "volumes: ['dd:/var/lib/postgresql']")),
    (STATE, image("postgres:17", "volumes: ['dd:/var/lib/postgresql/data/pgdata']\nenvironment: {PGDATA: /var/lib/postgresql/data/pgdata}")),
    (STATE, image("postgres:17", "volumes: ['${DATA}:/var/lib/postgresql/data']")),
    (STATE, image("postgres:17", "volumes: ['${DATA:-./data}:/var/lib/postgresql/data']")),
    (STATE, image("postgres:17", "volumes: ['c:/opt/pg:/var/lib/postgresql/data']")),
    (STATE, image("postgres:17", "volumes: ['C:\\opt\\pg:/var/lib/postgresql/data']")),
    (STATE, image("postgres:17", "volumes_from: [data]")),
    (STATE, image("postgres:17", "command: psql -f /x.sql\nrestart: 'no'\ntmpfs: [/var/lib/postgresql/data]")),
    (STATE, image("postgres:${PG}", "volumes: ['dd:/var/lib/postgresql/data']")),
    (STATE, image("postgres:18", "environment: {PGDATA: /var/lib/postgresql/data}\nvolumes: ['dd:/var/lib/postgresql/data']")),
    (STATE, image("pgvector/pgvector:pg17", "volumes: ['dd:/var/lib/postgresql/data']")),
    (STATE, image("redis:8", "command: redis-server --save ''")),
    (STATE, image("influxdb:3-core")),
    (STATE, image("minio/minio", "command: server http://minio{1...4}/data")),
    (STATE, image("minio/mc", "command: mb a/b")),
    (STATE, image("quay.io/jupyter/base-notebook", "volumes: ['.:/home/jovyan/project']")),
    (STATE, image("ghcr.io/open-webui/open-webui:main", "environment: {DATABASE_URL: 'postgresql://x/y'}")),
    (STATE, image("ghcr.io/mlflow/mlflow", "command: mlflow server --backend-store-uri ${STORE}")),
    (STATE, image("ghcr.io/mlflow/mlflow", "command: mlflow server --backend-store-uri postgresql://db/m")),
    (STATE, image("ghcr.io/mlflow/mlflow", "command: mlflow server\nenvironment: [MLFLOW_BACKEND_STORE_URI]")),
    (STATE, image("ghcr.io/mlflow/mlflow", "command: mlflow server\nvolumes: ['mm:/mlflow']\nworking_dir: /mlflow")),
    (STATE, image("ghcr.io/mlflow/mlflow", "command: mlflow server --backend-store-uri sqlite:////m/m.db\nvolumes: ['mm:/m']")),
    (STATE, image("vllm/vllm-openai:v0.11.0", "command: [--model, /models/q]")),
    (STATE, image("vllm/vllm-openai:v0.11.0", "command: [--model, '${MODEL}']")),
    (STATE, image("vllm/vllm-openai:v0.11.0", "command: [--model, a/b]\nenvironment: {HF_HUB_OFFLINE: 1}")),
    (STATE, image("vllm/vllm-openai:v0.11.0", "command: [--model, a/b]\nenvironment: [HF_HOME]")),
    (STATE, image("vllm/vllm-openai:v0.11.0", "command: [--model, a/b]\nvolumes: ['~/.cache:/root/.cache']")),
    (STATE, image("vllm/vllm-openai:v0.11.0", "command: [--model, a/b]\nvolumes: ['hf:/root/.cache/huggingface/hub']")),
    (STATE, image("ollama/ollama", "volumes: ['./o:/root/.ollama']")),
    (STATE, image("ollama/ollama", "environment: {OLLAMA_MODELS: /m}\nvolumes: ['./o:/m']")),
    (STATE, image("ollama/ollama", "entrypoint: ['sh', '-c', 'ollama pull x']\nenvironment: {OLLAMA_HOST: 'o:1'}")),
    (STATE, "services:\n  a:\n    image: postgres:17\n    volumes: {a: b}\n  b:\n    image: {a: b}\n  c: null\n  d:\n    image: redis\n    volumes: [null, [], {type: x}]\n"),
    (READS, serving("['./models:/models:ro']")),
    (READS, serving("['./cache:/cache']", volumes="./cache:/cache")),
    (READS, serving("['./models:/models']", other="command: uvicorn b:app\nports: ['81:80']")),
    (READS, serving("['./models:/models']", volumes="./models:/models:ro")),
    (READS, serving("['models:/models']", volumes="./models:/models")),
    (READS, image("registry.example.com/a:1", "command: uvicorn a:app\nports: ['80:8000']\nvolumes: ['./models:/models']")),
    (READS, image("vllm/vllm-openai:v0.11.0", "command: [--model, a/b]\nports: ['80:8000']\nvolumes: ['./models:/models']")),
    (READS, image("vllm/vllm-openai:v0.11.0", "command: [--model, /models/a, --download-dir, /models]\nports: ['80:8000']\nvolumes: ['./models:/models']")),
    (HOST, image("x", "privileged: false\npid: service:b\nipc: shareable\nnetwork_mode: none")),
    (HOST, image("x", "cap_add: [SYS_PTRACE, NET_ADMIN]\nvolumes: ['/:/host:ro', '/data:/data']")),
    (HOST, image("portainer/portainer-ce:2.33.4", "volumes: ['/var/run/docker.sock:/var/run/docker.sock']")),
    (HOST, image("x", "privileged: [true]\ncap_add: ALL\npid: {a: b}\nipc: null")),
    (HIDES, built("RUN uv sync", "['./x:/app', '/app/.venv']")),
    (HIDES, built("RUN uv sync", "['./x:/app', 'venv:/app/.venv']")),
    (HIDES, built("RUN uv sync", "['./x:/app/src']")),
    (HIDES, built("RUN uv sync", "['./venv:/app/.venv']")),
    (HIDES, built("RUN uv sync", "['code:/app']")),
    (HIDES, built("RUN uv sync", "['${CODE}:/app', '${MORE}']")),
    (HIDES, built("ENV UV_PROJECT_ENVIRONMENT=/opt/venv\nRUN uv sync", "['./x:/app']")),
    (HIDES, built("RUN pip install torch==2.9.1", "['./x:/app']")),
    (HIDES, built("RUN uv sync", "['./x:/app']", "\ndevelop: {watch: []}")),
    (HIDES, services(a="build: .\nvolumes: ['.:/app']")),
    (HIDES, services(a="image: x\nvolumes: ['.:/app']")),
]  # fmt: skip

ADVICE = [
    (SECRET, env("- POSTGRES_PASSWORD=tiger-1"), "change it; put the new one into .env, keep that file out of git, and write POSTGRES_PASSWORD=${POSTGRES_PASSWORD:?}, or POSTGRES_PASSWORD_FILE and a secret"),
    (SECRET, env("DB_PASSWORD: tiger-1"), "change it; put the new one into .env, keep that file out of git, and write DB_PASSWORD: ${DB_PASSWORD:?}"),
    (SECRET, env("DB_PASSWORD: ${X:-tiger-1}"), "let Compose stop where it is not set: ${X:?}"),
    (PORT, image("redis:8", "ports: [6379:6379]"), 'publish it for this machine only: "127.0.0.1:6379:6379"'),
    (PORT, services(db="image: redis:8\nports:\n  - target: 6379\n    published: 7000", a="image: x"), "publish it for this machine only: host_ip: 127.0.0.1; the other services need no published port, they reach it at db:6379"),
    (STATE, image("mysql:8.4"), "keep it in a volume: volumes: [a-data:/var/lib/mysql]"),
    (STATE, image("postgres:latest", "volumes: ['dd:/var/lib/postgresql/data']"), "mount it at /var/lib/postgresql; data of an older release has to be moved with pg_upgrade or pg_dump, or name that release as the tag"),
    (READS, serving("['./models:/models']"), "mount it read-only: ./models:/models:ro"),
    (READS, serving("['./models:/models:z']"), "mount it read-only: ./models:/models:z,ro"),
]  # fmt: skip
