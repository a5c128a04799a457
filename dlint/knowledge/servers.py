"""Programs that serve, train or open notebooks.

Sources: the programs' own documentation and defaults (facts collected 2026-11-22).
"""

# Programs (basename) that run until they are stopped and answer requests.
SERVERS = frozenset({
    "uvicorn", "gunicorn", "hypercorn", "waitress-serve", "daphne", "granian", "bentoml", "torchserve",
    "tritonserver", "tensorflow_model_server", "mlflow", "streamlit", "gradio", "vllm", "sglang",
    "text-generation-launcher", "text-embeddings-router", "ollama", "local-ai", "mlserver", "litserve",
    "ray", "nginx", "httpd", "caddy", "flask", "fastapi", "celery", "prefect", "airflow", "dagster",
    "tensorboard", "llama-server", "chainlit", "panel", "redis-server", "postgres", "mongod",
})  # fmt: skip

# Programs of that list that also have short-lived subcommands: the ones that serve.
SERVING_SUBCOMMANDS = {
    "mlflow": frozenset({"server", "ui", "models"}), "ray": frozenset({"start", "serve"}),
    "bentoml": frozenset({"serve", "serve-http", "serve-grpc"}), "flask": frozenset({"run"}),
    "fastapi": frozenset({"run", "dev"}), "ollama": frozenset({"serve"}), "vllm": frozenset({"serve"}),
    "streamlit": frozenset({"run"}), "airflow": frozenset({"webserver", "api-server", "scheduler", "standalone"}),
    "prefect": frozenset({"server", "agent", "worker"}), "chainlit": frozenset({"run"}),
    "panel": frozenset({"serve"}), "celery": frozenset(),
}  # fmt: skip

# python -m modules that serve.
SERVER_MODULES = frozenset({
    "uvicorn", "gunicorn", "hypercorn", "flask", "streamlit", "vllm.entrypoints.openai.api_server",
    "vllm.entrypoints.api_server", "sglang.launch_server", "http.server", "waitress", "mlserver",
    "llama_cpp.server", "tritonserver", "bentoml",
})  # fmt: skip

NOTEBOOKS = frozenset({
    "jupyter", "jupyter-lab", "jupyter-notebook", "start-notebook.sh", "start-notebook.py", "jupyterhub",
    "code-server", "start-singleuser.sh", "start-singleuser.py", "jupyterhub-singleuser",
})  # fmt: skip

TRAINERS = frozenset({"torchrun", "accelerate", "deepspeed", "horovodrun", "mpirun", "axolotl"})
TRAINER_MODULES = frozenset({"torch.distributed.run", "torch.distributed.launch", "accelerate.commands.launch"})

# Commands that only keep a container open.
KEEPALIVE = frozenset({"bash", "sh", "zsh", "fish", "tail", "sleep"})
