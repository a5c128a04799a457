"""Report packages that are built for another kind of processor than the image or its service."""

from dlint.checks import ERROR, WARNING, Report, rule
from dlint.knowledge.packages import GPU_WITHOUT_TORCH, PYTHON_TOOLS
from dlint.model.build import Build
from dlint.model.environment import Request, environment_key
from dlint.model.stages import Stage

_NAMES = {"cuda": "CUDA", "rocm": "ROCm", "cpu": "CPUs", "tpu": "TPUs"}
_TRIGGERS = ("rocm", "jax[", "/cpu", "+cpu", "=cpu", "backend cpu")
_JAX = ("cuda", "rocm", "tpu")


@rule("accelerator-mismatch", severity=ERROR, triggers=_TRIGGERS, context_triggers=PYTHON_TOOLS)
def check(build: Build, report: Report) -> None:
    kinds_of_jax: dict[tuple[Stage, str], str] = {}
    for request in build.requests:
        if request.name == "torch":
            _torch(build, request, report)
        elif request.name == "jax":
            _jax(request, kinds_of_jax, report)
        elif request.name == "vllm" and _image(request) == "rocm" and request.is_from_default_index:
            _report(
                request,
                "vllm from PyPI is built for CUDA, and the image is for ROCm",
                "take an image of rocm/vllm, or build vllm from source",
                report,
            )


def _torch(build: Build, request: Request, report: Report) -> None:
    kind = _kind(request.accelerator)
    if kind is None or _is_chosen(request):
        return
    image = _image(request)
    if kind in ("cuda", "rocm") and image and image != kind:
        _report(
            request,
            f"this torch is built for {_NAMES[kind]}, and the image is for {_NAMES[image]}",
            f"take a build for {_NAMES[image]}",
            report,
        )
    elif kind == "cpu" and build.invocation.evidence.gpu and _is_all_that_computes(build, request):
        # It starts where the program looks for a GPU before it takes one.
        report(
            request.span,
            f"this torch is built for CPUs, and {_asking(build)} for a GPU",
            advice="take a CUDA build, or do not reserve a GPU",
            severity=WARNING,
            labels=build.invocation.evidence.labels("gpu", "asks for a GPU"),
        )


def _asking(build: Build) -> str:
    names = build.invocation.evidence.services
    return f"the service {names[0]} asks" if len(names) == 1 else "a service asks"


def _is_all_that_computes(build: Build, request: Request) -> bool:
    """Whether the torch ships, and nothing else in the image may be what the GPU is for."""
    chain = build.runtime_chain
    if request.step.stage not in chain or any(stage.root.framework or stage.root.family is None for stage in chain):
        return False
    return not any(other.name.startswith(GPU_WITHOUT_TORCH) for other in build.requests)


def _jax(request: Request, seen: dict[tuple[Stage, str], str], report: Report) -> None:
    """Report the second kind of JAX in one environment; *seen* holds the first."""
    kinds = {kind for extra in request.package.extras for kind in _JAX if extra.startswith(kind)}
    if len(kinds) != 1 or request.is_conditional:
        return
    (kind,) = kinds
    key = environment_key(request.install)
    first = next((seen[stage, key] for stage in request.step.stage.chain if (stage, key) in seen), None)
    if first is None:
        seen[request.step.stage, key] = kind
    elif first != kind:
        _report(
            request,
            f"jax for {_NAMES[kind]} is installed beside jax for {_NAMES[first]}",
            "keep the one that the image runs on",
            report,
        )


def _report(request: Request, message: str, advice: str, report: Report) -> None:
    severity = WARNING if request.is_conditional else ERROR
    report(request.span, message, advice=advice, severity=severity)


def _kind(accelerator: str | None) -> str | None:
    for prefix, kind in (("cu", "cuda"), ("rocm", "rocm"), ("cpu", "cpu")):
        if accelerator and accelerator.startswith(prefix) and (kind == "cpu") == (accelerator == "cpu"):
            return kind
    return None


def _image(request: Request) -> str | None:
    """Return what the base image is for, unless an argument chooses it."""
    bottom = request.step.stage.chain[-1]
    return bottom.root.accelerator if "$" not in bottom.instruction.image.value else None


def _is_chosen(request: Request) -> bool:
    """Whether an argument chooses the build."""
    return any("$" in word.value for word in request.install.command.arguments) or request.package.version is None
