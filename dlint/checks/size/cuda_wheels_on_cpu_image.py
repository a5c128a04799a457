"""Report PyTorch with CUDA in images that run without GPUs."""

from dlint.checks import INFO, WARNING, Fix, Report, Saving, Span, fix, rule
from dlint.checks.size._shipping import company, first_of_each, runs_without_gpu, shipped, why_without_gpu
from dlint.diagnostic import format_bytes
from dlint.knowledge.packages import PYTHON_TOOLS
from dlint.knowledge.sizes import closure_bytes
from dlint.knowledge.wheels import NEEDS_TORCH, NEEDS_TORCH_NAMES
from dlint.model.build import Build
from dlint.model.environment import Request

_TORCH = frozenset({"torch", "torchvision", "torchaudio"})
_INDEX = "https://download.pytorch.org/whl/cpu"
# A wheel for CPUs and what it needs (pytorch/pytorch#17621 and later reports: 180 to 200 MB).
_CPU_BYTES = 300_000_000


@rule(
    "cuda-wheels-on-cpu-image", severity=WARNING, triggers=(*NEEDS_TORCH_NAMES,), context_triggers=PYTHON_TOOLS,
    fix="unsafe",
)  # fmt: skip
def check(build: Build, report: Report) -> None:
    requests = first_of_each(request for request in shipped(build) if _brings_cuda(request))
    if not requests:
        return
    is_certain = runs_without_gpu(build)
    if is_certain is False or _is_configured(build):
        return
    for request in requests:
        if not is_certain and "train" in (request.path or ""):
            continue
        others = company(build, request)
        if any(_decides(other) for other in others):
            continue
        _report(build, report, request, why_without_gpu(build), is_certain=bool(is_certain))
        return


def _brings_cuda(request: Request) -> bool:
    """Whether a package brings torch from PyPI, whose wheels for x86-64 are those with CUDA."""
    names = {request.name, *(f"{request.name}[{extra}]" for extra in request.package.extras)}
    return (
        not NEEDS_TORCH.isdisjoint(names)
        and request.is_from_default_index
        and not request.is_conditional
        and request.accelerator is None
        and not request.install.constraints
        # PyPI has none for musl.
        and request.step.stage.root.libc != "musl"
    )


def _decides(request: Request) -> bool:
    """Whether a package settles where torch comes from, or that nobody knows."""
    if request.name not in _TORCH and not request.name.startswith(("torch", "pytorch")):
        return False
    return not request.is_from_default_index or request.accelerator is not None


def _is_configured(build: Build) -> bool:
    """Whether a configuration may name another index."""
    text = build.source.text
    return any(
        word in text for word in ("pip.conf", "uv.toml", "PIP_CONFIG_FILE", "index-url", "index_url", "pip config")
    )


def _report(build: Build, report: Report, request: Request, reason: str, *, is_certain: bool) -> None:
    size = closure_bytes(request.name, request.package.version) or closure_bytes("torch", None)
    assert size is not None
    saved = size - _CPU_BYTES
    where = f" (in {request.path})" if request.path else ""
    brings = "comes" if request.name in _TORCH else "brings torch"
    what = "it" if request.name in _TORCH else "torch first,"
    report(
        request.span,
        f"{request.name}{where} {brings} with CUDA, {format_bytes(size)} to download, and " + reason,
        advice=("" if is_certain else "if this image is for CPUs, ") + f"install {what} from --index-url {_INDEX}",
        severity=WARNING if is_certain else INFO,
        saving=Saving(disk_bytes=saved, pull_bytes=saved, basis="table", bound="at-least"),
        fix=_fix(request),
        labels=build.invocation.evidence.labels("service", "asks for no GPU") if is_certain else (),
    )


def _fix(request: Request) -> Fix | None:
    install = request.install
    if request.path or not install.names() <= _TORCH or install.files:
        return None
    verb = next((word for word in install.command.arguments if word.value == "install"), None)
    if verb is None or not install.command.can_be_edited(verb):
        return None
    option = "--torch-backend cpu" if install.manager == "uv" else f"--index-url {_INDEX}"
    return fix("unsafe", f"add {option}", (Span(verb.span.end, verb.span.end), f" {option}"))
