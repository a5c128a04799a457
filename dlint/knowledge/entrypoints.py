"""Images whose ENTRYPOINT is a program that takes the command as its arguments, whatever it is.

Only images that are known not to look at the command first: scripts such as the ``docker-entrypoint.sh`` of
postgres, redis, mysql, nginx, MinIO and Traefik run a command that names a program. Source: their
Dockerfiles and scripts (read 2026-11).
"""

_OPENTELEMETRY = {
    f"{registry}opentelemetry-collector{kind}": (f"otelcol{kind}",)
    for registry in ("otel/", "ghcr.io/open-telemetry/opentelemetry-collector-releases/")
    for kind in ("", "-contrib")
}

PROGRAM_IMAGES: dict[str, tuple[str, ...]] = {
    "vllm/vllm-openai": ("vllm", "serve"), "vllm/vllm-openai-rocm": ("vllm", "serve"),
    "ollama/ollama": ("ollama",),
    "ghcr.io/huggingface/text-generation-inference": ("text-generation-launcher",),
    "ghcr.io/huggingface/text-embeddings-inference": ("text-embeddings-router",),
    "ghcr.io/berriai/litellm": ("litellm",), "ghcr.io/berriai/litellm-database": ("litellm",),
    "rasa/rasa": ("rasa",),
    "prom/prometheus": ("prometheus",), "quay.io/prometheus/prometheus": ("prometheus",),
    "prom/alertmanager": ("alertmanager",), "quay.io/prometheus/alertmanager": ("alertmanager",),
    "prom/node-exporter": ("node_exporter",), "quay.io/prometheus/node-exporter": ("node_exporter",),
    "prom/pushgateway": ("pushgateway",), "prom/blackbox-exporter": ("blackbox_exporter",),
    "cloudflare/cloudflared": ("cloudflared",),
    "minio/mc": ("mc",), "quay.io/minio/mc": ("mc",),
    "amazon/aws-cli": ("aws",), "public.ecr.aws/aws-cli/aws-cli": ("aws",),
    "alpine/git": ("git",),
    **_OPENTELEMETRY,
}  # fmt: skip

# Modules that are the same program by another name.
SAME_PROGRAM = {
    "vllm.entrypoints.openai.api_server": "vllm", "vllm.entrypoints.api_server": "vllm",
    "vllm.entrypoints.cli.main": "vllm",
}  # fmt: skip

# Programs that, named twice, take their own name for a file, a module or a command, and end.
NOT_OF_THEMSELVES = frozenset({
    "python", "node", "java", "uvicorn", "gunicorn", "hypercorn", "streamlit", "chainlit", "jupyter", "mlflow",
    "vllm", "ollama", "torchrun", "celery", "flask", "fastapi", "ray", "tritonserver", "bentoml", "litellm",
    "tensorboard", "prefect", "dagster", "sglang", "npm",
})  # fmt: skip
# What stands in front of a program and hands all else on.
STARTERS = frozenset({"tini", "dumb-init", "catatonit", "docker-init"})


def program_of_image(name: str, tag: str) -> tuple[str, ...]:
    """Return the program an image hands every command to; empty where it has none, or nobody knows."""
    if name.endswith("/llama.cpp"):
        return ("llama-server",) if tag.startswith("server") else ()
    return PROGRAM_IMAGES.get(name, ())
