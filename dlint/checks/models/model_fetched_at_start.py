"""Report containers that download their model when they start."""

from dlint.checks import INFO, WARNING, Report, rule
from dlint.model.build import Build
from dlint.model.caches import is_true
from dlint.model.hub import hub_downloads, is_hub_name, may_hold_models
from dlint.model.hub_cache import named_cache
from dlint.model.role import Role
from dlint.model.server import runtime_variable

_OFFLINE = "HF_HUB_OFFLINE"


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
    elif not baked and not may_hold_models(build) and not _is_kept(build):
        services = build.invocation.evidence.services
        who = (
            f", as {' and '.join(services)} mounts no volume for it"
            if services
            else ", unless a volume keeps the cache"
        )
        report(
            model.span,
            f"every new container downloads {model.value} before it answers{who}",
            advice="mount a volume at the cache (/root/.cache/huggingface), or download it in a RUN and set "
            f"{_OFFLINE}=1",
            severity=WARNING if services else INFO,
        )


def _is_kept(build: Build) -> bool:
    """Whether a service mounts something where models are cached, as far as the path tells."""
    evidence = build.invocation.evidence
    named = named_cache(build, build.server.command) if build.server else None
    if named is not None:
        return named.path is None or evidence.keeps(named.path)
    return evidence.keeps("/root/.cache/huggingface") or any(
        word in path.lower() for path in evidence.mounts for word in ("cache", "hugging", "model", "/data", "hf")
    )
