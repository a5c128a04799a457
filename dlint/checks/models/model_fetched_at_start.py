"""Report containers that download their model when they start."""

from dlint.checks import INFO, Report, rule
from dlint.model.build import Build
from dlint.model.caches import is_true
from dlint.model.hub import hub_downloads, is_hub_name
from dlint.model.role import Role
from dlint.model.server import runtime_variable
from dlint.parser.dockerfile import ast

_OFFLINE = "HF_HUB_OFFLINE"
# Whoever moves the cache has a place for it in mind: a volume.
_CACHES = ("HF_HOME", "HF_HUB_CACHE", "HUGGINGFACE_HUB_CACHE", "XDG_CACHE_HOME", "TRANSFORMERS_CACHE")
_DOWNLOADERS = ("hf", "huggingface-cli", "git-lfs", "aws", "gsutil", "dvc", "kaggle", "gdown", "aria2c")


@rule(
    "model-fetched-at-start",
    severity=INFO,
    triggers=("vllm", "sglang", "text-generation", "text-embeddings", "llama-server"),
)
def check(build: Build, report: Report) -> None:
    server = build.server
    model = server.model if server else None
    if server is None or build.role is not Role.SERVING or model is None or model.value is None or model.span is None:
        return
    if not is_hub_name(model.value) or build.invocation.evidence.replaces_start:
        return
    offline = runtime_variable(build, server.command, _OFFLINE)
    if offline is not None and (offline.value is None or is_true(offline.value)):
        return
    baked = [download for download in hub_downloads(build) if download.name == model.value]
    if any(not download.is_local and download.command.step.stage in build.runtime_chain for download in baked):
        report(
            model.span,
            f"{model.value} is in the image, and yet every start asks the Hub for it and fails without network",
            advice=f"add ENV {_OFFLINE}=1 below the download",
        )
    elif not baked and not _may_have_it(build) and not _is_kept(build):
        report(
            model.span,
            f"every new container downloads {model.value} before it answers, unless a volume keeps the cache",
            advice="mount a volume at the cache (/root/.cache/huggingface), or download it in a RUN and set "
            f"{_OFFLINE}=1",
        )


def _is_kept(build: Build) -> bool:
    """Whether a service mounts something where models are cached, as far as the path tells."""
    evidence = build.invocation.evidence
    return evidence.keeps("/root/.cache/huggingface") or any(
        word in path.lower() for path in evidence.mounts for word in ("cache", "hugging", "model", "/data", "hf")
    )


def _may_have_it(build: Build) -> bool:
    """Whether the image may hold models, or says where a volume for them goes."""
    for stage in build.runtime_chain:
        for step in stage.steps:
            instruction = step.instruction
            if isinstance(instruction, ast.Volume):
                return True
            if isinstance(instruction, ast.Transfer) and "model" in instruction.arguments.text.lower():
                return True
            if isinstance(instruction, ast.Transfer) and "huggingface" in instruction.arguments.text.lower():
                return True
            if isinstance(instruction, ast.Run) and any(command.name in _DOWNLOADERS for command in step.commands):
                return True
        if any(stage.environment.set_value(name) is not None for name in _CACHES):
            return True
    return bool(hub_downloads(build))
