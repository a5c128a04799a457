"""Report servers that load one model in every worker."""

from dlint.checks import WARNING, Report, rule
from dlint.model.build import Build
from dlint.model.environment import in_stages

# Packages that are installed to load models of gigabytes.
_MODEL_PACKAGES = frozenset({
    "torch", "transformers", "sentence-transformers", "diffusers", "tensorflow", "vllm", "onnxruntime-gpu",
    "llama-cpp-python", "faster-whisper", "openai-whisper", "ultralytics", "ctranslate2", "easyocr", "flagembedding",
    "tensorflow-cpu", "bitsandbytes", "peft", "flair", "spacy-transformers", "whisperx", "optimum", "keras",
})  # fmt: skip
_SERVERS = ("uvicorn", "gunicorn", "hypercorn", "granian", "fastapi run")


@rule(
    "model-replicated-per-worker", severity=WARNING,
    triggers=("workers", "web_concurrency", " -w", '"-w'),
)  # fmt: skip
def check(build: Build, report: Report) -> None:
    server = build.server
    if server is None or server.name not in _SERVERS:
        return
    workers = server.workers
    number = workers.number if workers else None
    if workers is None or number is None or number < 2 or server.flag("--preload"):
        return
    span = workers.span or server.command.head(0)
    package = _model_package(build)
    if package is None:
        return
    where = "in the GPU's memory" if _is_on_gpu(build) else "in memory"
    report(
        span,
        f"each of the {number} workers loads its own copy of the model {where} ({package} is installed)",
        advice="use one worker with threads or batching"
        + ("" if _is_on_gpu(build) or server.name != "gunicorn" else ", or --preload"),
    )


def _model_package(build: Build) -> str | None:
    """Return what the image has to load models with: a package, or the framework of its base."""
    for request in in_stages(build, build.runtime_chain):
        if request.name in _MODEL_PACKAGES:
            return request.name
    target = build.target
    framework = target.root.framework if target else None
    return framework[0] if framework and framework[0] in _MODEL_PACKAGES else None


def _is_on_gpu(build: Build) -> bool:
    """Whether the models lie in a GPU's memory: the service has one, or nobody says and the image is for one."""
    gpu, target = build.invocation.evidence.gpu, build.target
    return gpu if gpu is not None else target is not None and target.root.accelerator is not None
