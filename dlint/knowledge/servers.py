"""Programs that serve, train or open notebooks, and what servers do unless they are told otherwise.

Sources: the programs' own documentation and defaults (facts collected 2026-11-22). Addresses, ports
and variables were read in uvicorn 0.54, gunicorn 27.0, hypercorn 0.18, granian 2.8, daphne 4.2,
fastapi-cli 0.0.34, flask, mlflow 1.27 and 3.17, gradio, streamlit, chainlit 2.12, bentoml 1.4,
tensorboard and jupyter-server; those of vLLM, SGLang, TGI, TEI, Triton, TorchServe, Ollama and
llama.cpp in their documentation.
"""

# Programs (basename) that run until they are stopped and answer requests.
SERVERS = frozenset({
    "uvicorn", "gunicorn", "hypercorn", "waitress-serve", "daphne", "granian", "bentoml", "torchserve",
    "tritonserver", "tensorflow_model_server", "mlflow", "streamlit", "gradio", "vllm", "sglang",
    "text-generation-launcher", "text-embeddings-router", "ollama", "local-ai", "mlserver", "litserve",
    "ray", "nginx", "httpd", "caddy", "flask", "fastapi", "celery", "prefect", "airflow", "dagster",
    "tensorboard", "llama-server", "chainlit", "panel", "redis-server", "postgres", "mongod", "litellm", "open-webui",
    "feast", "dagster-webserver", "label-studio",
})  # fmt: skip

# Programs of that list that also have short-lived subcommands: the ones that serve.
SERVING_SUBCOMMANDS = {
    "mlflow": frozenset({"server", "ui", "models"}), "ray": frozenset({"start", "serve"}),
    "bentoml": frozenset({"serve", "serve-http", "serve-grpc"}), "flask": frozenset({"run"}),
    "fastapi": frozenset({"run", "dev"}), "ollama": frozenset({"serve"}), "vllm": frozenset({"serve"}),
    "streamlit": frozenset({"run"}), "airflow": frozenset({"webserver", "api-server", "scheduler", "standalone"}),
    "prefect": frozenset({"server", "agent", "worker"}), "chainlit": frozenset({"run"}),
    "panel": frozenset({"serve"}), "celery": frozenset(), "sglang": frozenset({"serve"}),
    "open-webui": frozenset({"serve"}), "feast": frozenset({"serve"}),
}  # fmt: skip

# Programs with short-lived subcommands that prepare what servers need.
JOB_SUBCOMMANDS = {
    "ollama": frozenset({"pull", "push", "create", "cp", "rm"}), "mlflow": frozenset({"db", "gc"}),
    "airflow": frozenset({"db", "users", "connections", "variables"}), "flask": frozenset({"db"}),
    "feast": frozenset({"apply", "materialize", "materialize-incremental"}),
    "mc": frozenset({"alias", "mb", "cp", "mirror", "policy", "anonymous", "admin"}),
    "dvc": frozenset({"pull", "fetch", "repro"}), "alembic": frozenset({"upgrade"}),
}  # fmt: skip

# What images of databases, brokers and stores are told to run, beside options, when they are to serve.
DAEMONS = frozenset({
    "postgres", "mysqld", "mariadbd", "mongod", "redis-server", "valkey-server", "etcd", "minio", "server", "milvus",
    "rabbitmq-server", "nginx", "caddy", "prometheus",
})  # fmt: skip

# python -m modules that serve.
SERVER_MODULES = frozenset({
    "uvicorn", "gunicorn", "hypercorn", "flask", "streamlit", "vllm.entrypoints.openai.api_server",
    "vllm.entrypoints.api_server", "sglang.launch_server", "http.server", "waitress", "mlserver",
    "llama_cpp.server", "tritonserver", "bentoml", "mlflow", "fastapi", "chainlit", "granian", "daphne",
})  # fmt: skip

NOTEBOOKS = frozenset({
    "jupyter", "jupyter-lab", "jupyter-notebook", "start-notebook.sh", "start-notebook.py", "jupyterhub",
    "code-server", "start-singleuser.sh", "start-singleuser.py", "jupyterhub-singleuser",
})  # fmt: skip

TRAINERS = frozenset({"torchrun", "accelerate", "deepspeed", "horovodrun", "mpirun", "axolotl"})
TRAINER_MODULES = frozenset({"torch.distributed.run", "torch.distributed.launch", "accelerate.commands.launch"})

# Commands that only keep a container open.
KEEPALIVE = frozenset({"bash", "sh", "zsh", "fish", "tail", "sleep"})

# Programs that stand in front of a server in the same container, and what starts several programs.
PROXIES = frozenset({
    "nginx", "nginx-light", "nginx-extras", "service", "systemctl", "caddy", "haproxy", "envoy", "traefik", "httpd",
    "apache2", "apachectl", "apache2ctl", "cloudflared", "ngrok", "tailscaled", "tailscale", "supervisord",
    "supervisor",
    "s6-svscan", "runit", "socat", "oauth2-proxy", "stunnel", "stunnel4", "varnishd", "squid", "sshd", "openssh-server",
})  # fmt: skip

LOOPBACK = "127.0.0.1"
EVERYWHERE = "0.0.0.0"

# Programs that probes call -> packages that bring them.
PROBE_TOOLS: dict[str, frozenset[str]] = {
    "curl": frozenset({"curl", "curl-minimal"}), "wget": frozenset({"wget", "wget2", "google-chrome-stable"}),
    "nc": frozenset({"nc", "netcat", "netcat-openbsd", "netcat-traditional", "ncat", "nmap", "nmap-ncat", "busybox"}),
    "pg_isready": frozenset({"postgresql", "postgresql-client", "postgresql-client-common", "libpq", "libpq-dev"}),
    "redis-cli": frozenset({"redis", "redis-server", "redis-tools", "valkey-tools"}),
    "jq": frozenset({"jq"}),
}  # fmt: skip
# What slim, minimal and plain images of Debian and Ubuntu do not have, and what BusyBox has.
BUSYBOX_TOOLS = frozenset({"wget", "nc"})
# The full images of the languages are built on buildpack-deps, which has these.
BUILDPACK_TOOLS = frozenset({"curl", "wget"})


class Facts:
    """How a server is told what to do, and what it does otherwise.

    *port* and *host* are the defaults, None where they are unknown. *health* is the path of an
    endpoint that every server of the kind has. *is_slow* says that it loads a large model before
    it answers, which takes minutes. The rest are names: options for the address (*hosts*, *ports*,
    *binds* for both at once, *opening* for a flag that means every address), what hides it
    (*hiding* options, variables and files: sockets, configurations), options and variables for
    workers and models, switches of development (*reloads*, *debugs*), and all other options that
    take a value (*values*).
    """

    __slots__ = (
        "binds", "debug_variables", "debugs", "health", "hiding", "hiding_files", "hiding_variables", "host",
        "host_variables", "hosts", "is_slow", "model_variables", "models", "opening", "port", "port_variables", "ports",
        "reloads", "value_options", "worker_variables", "workers",
    )  # fmt: skip

    def __init__(
        self,
        port: int | None,
        host: str | None,
        *,
        health: str | None = None,
        is_slow: bool = False,
        hosts: str = "--host",
        ports: str = "--port",
        binds: str = "",
        opening: str = "",
        hiding: str = "",
        hiding_variables: str = "",
        hiding_files: str = "",
        workers: str = "",
        models: str = "",
        reloads: str = "--reload",
        debugs: str = "--debug",
        host_variables: str = "",
        port_variables: str = "",
        worker_variables: str = "",
        model_variables: str = "",
        debug_variables: str = "",
        values: str = "",
    ) -> None:
        self.port = port
        self.host = host
        self.health = health
        self.is_slow = is_slow
        self.hosts = tuple(hosts.split())
        self.ports = tuple(ports.split())
        self.binds = tuple(binds.split())
        self.opening = tuple(opening.split())
        self.hiding = tuple(hiding.split())
        self.hiding_variables = tuple(hiding_variables.split())
        self.hiding_files = tuple(hiding_files.split())
        self.workers = tuple(workers.split())
        self.models = tuple(models.split())
        self.reloads = tuple(reloads.split())
        self.debugs = tuple(debugs.split())
        self.host_variables = tuple(host_variables.split())
        self.port_variables = tuple(port_variables.split())
        self.worker_variables = tuple(worker_variables.split())
        self.model_variables = tuple(model_variables.split())
        self.debug_variables = tuple(debug_variables.split())
        self.value_options = frozenset(
            (*self.hosts, *self.ports, *self.binds, *self.hiding, *self.workers, *self.models, *values.split())
        )


_UVICORN_VALUES = (
    "--app-dir --reload-dir --reload-include --reload-exclude --loop --http --ws --lifespan --interface --env-file "
    "--log-config --log-level --root-path --limit-concurrency --backlog --limit-max-requests "
    "--timeout-keep-alive --ssl-keyfile --ssl-certfile --forwarded-allow-ips --header --ws-max-size"
)
_GUNICORN_VALUES = (
    "-k --worker-class -t --timeout --graceful-timeout --keep-alive --threads --log-level --access-logfile "
    "--error-logfile --log-file --log-config --chdir --worker-tmp-dir -u --user -g --group -n --name -e --env "
    "--max-requests --max-requests-jitter --pythonpath --keyfile --certfile --forwarded-allow-ips -p --pid "
    "--backlog --worker-connections --statsd-host --umask --access-logformat"
)
_VLLM_VALUES = (
    "--revision --tokenizer --tokenizer-revision --code-revision --dtype --max-model-len --gpu-memory-utilization "
    "-tp --tensor-parallel-size -pp --pipeline-parallel-size -dp --quantization -q --served-model-name --api-key "
    "--download-dir --load-format --max-num-seqs --swap-space --seed --chat-template --root-path "
    "--max-num-batched-tokens --limit-mm-per-prompt --tool-call-parser --reasoning-parser --task --config"
)

FACTS: dict[str, Facts] = {
    "uvicorn": Facts(
        8000, LOOPBACK, hiding="--uds --fd", workers="--workers", host_variables="UVICORN_HOST",
        port_variables="UVICORN_PORT", worker_variables="UVICORN_WORKERS WEB_CONCURRENCY", values=_UVICORN_VALUES,
    ),
    "gunicorn": Facts(
        8000, LOOPBACK, hosts="", ports="", binds="-b --bind", hiding="-c --config --paste --paster",
        hiding_variables="GUNICORN_CMD_ARGS", hiding_files="gunicorn.conf.py", workers="-w --workers",
        worker_variables="WEB_CONCURRENCY", values=_GUNICORN_VALUES,
    ),
    "hypercorn": Facts(
        8000, LOOPBACK, hosts="", ports="", binds="-b --bind --insecure-bind", hiding="-c --config",
        workers="-w --workers", values="-k --worker-class --log-level --log-file --root-path --access-logfile",
    ),
    "granian": Facts(
        8000, LOOPBACK, hiding="--uds", workers="--workers", host_variables="GRANIAN_HOST",
        port_variables="GRANIAN_PORT", worker_variables="GRANIAN_WORKERS",
        values="--interface --http --loop --log-level --url-path-prefix --backlog --runtime-threads",
    ),
    "daphne": Facts(
        8000, LOOPBACK, hosts="-b --bind", ports="-p --port", hiding="-u --unix-socket --fd -e --endpoint",
        values="-v --verbosity -t --http-timeout --access-log --ws-protocol --root-path --application-close-timeout",
    ),
    "waitress-serve": Facts(8080, EVERYWHERE, binds="--listen", hiding="--unix-socket", values="--threads --call"),
    "flask": Facts(
        5000, LOOPBACK, hosts="-h --host", ports="-p --port", hiding_files=".flaskenv .env",
        host_variables="FLASK_RUN_HOST", port_variables="FLASK_RUN_PORT", debug_variables="FLASK_DEBUG",
        values="-A --app -e --env-file --cert --key --extra-files --exclude-patterns",
    ),
    "fastapi run": Facts(
        8000, EVERYWHERE, workers="--workers", port_variables="PORT", worker_variables="WEB_CONCURRENCY",
        values="--app --root-path --entrypoint -e",
    ),
    "fastapi dev": Facts(8000, LOOPBACK, port_variables="PORT", values="--app --root-path --entrypoint -e"),
    "django": Facts(8000, LOOPBACK, hosts="", ports="", values="--settings --pythonpath"),
    "mlflow": Facts(
        5000, LOOPBACK, health="/health", hosts="-h --host", ports="-p --port", workers="-w --workers",
        host_variables="MLFLOW_HOST", port_variables="MLFLOW_PORT", worker_variables="MLFLOW_WORKERS",
        values="--backend-store-uri --default-artifact-root --artifacts-destination --registry-store-uri --app-name "
        "--static-prefix --gunicorn-opts --uvicorn-opts --allowed-hosts --cors-allowed-origins -m --model-uri",
    ),
    "gradio": Facts(
        7860, LOOPBACK, health="/", hosts="", ports="", host_variables="GRADIO_SERVER_NAME",
        port_variables="GRADIO_SERVER_PORT",
    ),
    "streamlit": Facts(
        8501, EVERYWHERE, health="/_stcore/health", hosts="--server.address", ports="--server.port",
        hiding_files=".streamlit/config.toml", host_variables="STREAMLIT_SERVER_ADDRESS",
        port_variables="STREAMLIT_SERVER_PORT",
        values="--server.baseUrlPath --server.headless --server.fileWatcherType --theme.base --logger.level",
    ),
    "chainlit": Facts(
        8000, LOOPBACK, host_variables="CHAINLIT_HOST", port_variables="CHAINLIT_PORT", reloads="-w --watch",
        debugs="-d --debug", values="--root-path --ssl-cert --ssl-key",
    ),
    "tensorboard": Facts(
        6006, LOOPBACK, health="/", opening="--bind_all", values="--logdir --samples_per_plugin --path_prefix"
    ),
    "bentoml": Facts(
        3000, EVERYWHERE, health="/readyz", hosts="-h --host", ports="-p --port", workers="--api-workers",
        hiding_variables="BENTOML_CONFIG", host_variables="BENTOML_HOST", port_variables="BENTOML_PORT",
        values="--working-dir --timeout --backlog --ssl-certfile --ssl-keyfile",
    ),
    "vllm": Facts(
        8000, EVERYWHERE, health="/health", is_slow=True, models="--model", values=_VLLM_VALUES,
        hiding="--uds --config", debugs="",
    ),
    "sglang": Facts(
        30000, LOOPBACK, health="/health", is_slow=True, models="--model-path --model",
        values="--revision --tp --tp-size --dtype --mem-fraction-static --chat-template --served-model-name --api-key "
        "--context-length --quantization --tokenizer-path --dp --tool-call-parser --config", hiding="--config",
    ),
    "text-generation-launcher": Facts(
        None, EVERYWHERE, health="/health", is_slow=True, hosts="--hostname", ports="-p --port",
        port_variables="PORT", models="--model-id", model_variables="MODEL_ID",
        values="--revision --num-shard --quantize --dtype --max-input-length --max-total-tokens --max-input-tokens "
        "--max-batch-prefill-tokens --max-concurrent-requests --master-port",
    ),
    "text-embeddings-router": Facts(
        None, EVERYWHERE, health="/health", hosts="--hostname", ports="-p --port",
        port_variables="PORT", models="--model-id", model_variables="MODEL_ID",
        values="--revision --tokenization-workers --dtype --pooling --max-concurrent-requests --max-batch-tokens",
    ),
    "tritonserver": Facts(
        8000, EVERYWHERE, health="/v2/health/ready", hosts="--http-address", ports="--http-port",
        values="--model-repository --model-store --grpc-port --metrics-port --log-verbose --load-model",
    ),
    "torchserve": Facts(
        8080, LOOPBACK, health="/ping", hosts="", ports="", hiding="--ts-config --foreground-config",
        hiding_files="config.properties", hiding_variables="TS_CONFIG_FILE TS_INFERENCE_ADDRESS",
        values="--model-store --models --log-config --workflow-store --plugins-path --cpp-log-config",
    ),
    "tensorflow_model_server": Facts(
        None, EVERYWHERE, hosts="", ports="--rest_api_port",
        values="--port --model_name --model_base_path --model_config_file --monitoring_config_file",
    ),
    "ollama": Facts(
        11434, LOOPBACK, health="/", hosts="", ports="", host_variables="OLLAMA_HOST", reloads="", debugs="",
    ),
    "local-ai": Facts(8080, EVERYWHERE, health="/readyz", is_slow=True, binds="--address", values="--models-path"),
    "llama-server": Facts(
        8080, LOOPBACK, health="/health", is_slow=True, models="-hf --hf-repo", model_variables="LLAMA_ARG_HF_REPO",
        host_variables="LLAMA_ARG_HOST", port_variables="LLAMA_ARG_PORT",
        values="-m --model -c --ctx-size -ngl --n-gpu-layers -t --threads -np --parallel -a --alias --api-key -b -ub",
    ),
    "mlserver": Facts(8080, EVERYWHERE, health="/v2/health/ready", port_variables="MLSERVER_HTTP_PORT"),
    "prefect": Facts(
        4200, LOOPBACK, health="/api/health", host_variables="PREFECT_SERVER_API_HOST PREFECT_SERVER_HOST",
        port_variables="PREFECT_SERVER_API_PORT PREFECT_SERVER_PORT",
    ),
    "litellm": Facts(4000, EVERYWHERE, health="/health/liveliness", port_variables="PORT", values="--config --model"),
    "open-webui": Facts(8080, EVERYWHERE, health="/health", port_variables="PORT"),
    "label-studio": Facts(8080, None, health="/health", ports="-p --port", port_variables="PORT LABEL_STUDIO_PORT"),
    "airflow": Facts(8080, None, health=None, ports="-p --port"),
    "jupyter": Facts(
        8888, LOOPBACK, health="/api", hosts="--ip --ServerApp.ip --NotebookApp.ip",
        ports="--port --ServerApp.port --NotebookApp.port", hiding="--config", port_variables="JUPYTER_PORT",
        reloads="", debugs="",
    ),
}  # fmt: skip

# Modules and programs that are one of these servers by another name.
SAME_SERVER = {
    "vllm.entrypoints.openai.api_server": "vllm", "vllm.entrypoints.api_server": "vllm",
    "sglang.launch_server": "sglang", "waitress": "waitress-serve", "jupyter-lab": "jupyter",
    "jupyter-notebook": "jupyter",
}  # fmt: skip

# Images whose ENTRYPOINT is a server that takes CMD as its arguments, and what they set for it (their
# Dockerfiles, read 2026-08).
SERVER_IMAGES: dict[str, tuple[tuple[str, ...], dict[str, str]]] = {
    "vllm/vllm-openai": (("vllm", "serve"), {}),
    "ghcr.io/huggingface/text-generation-inference": (("text-generation-launcher",), {"PORT": "80"}),
    "ghcr.io/huggingface/text-embeddings-inference": (("text-embeddings-router",), {"PORT": "80"}),
    "ollama/ollama": (("ollama",), {"OLLAMA_HOST": "0.0.0.0:11434"}),
}

# Words of which one is in every file that starts one of these servers.
SERVER_TRIGGERS = (
    "uvicorn", "gunicorn", "hypercorn", "granian", "daphne", "waitress", "flask", "fastapi", "runserver", "mlflow",
    "gradio", "streamlit", "chainlit", "tensorboard", "bentoml", "vllm", "sglang", "text-generation",
    "text-embeddings", "tritonserver", "torchserve", "tensorflow_model_server", "ollama", "local-ai", "llama-server",
    "mlserver", "prefect", "litellm", "open-webui", "label-studio", "airflow", "jupyter",
)  # fmt: skip
