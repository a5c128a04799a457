"""What says that an image is for GPUs, and which CUDA its parts bring."""

from dlint.knowledge.packages import GPU_PACKAGES
from dlint.knowledge.torch import NEWEST, RELEASES
from dlint.model.environment import Request
from dlint.model.versions import minor
from dlint.parser.dockerfile import ast
from dlint.regex import lazy

TYPE_CHECKING = False
if TYPE_CHECKING:
    from dlint.model.build import Build

_NAME = lazy(
    r"(?i)cuda|(?<![a-z])gpus?(?![a-z])|nvidia|rocm|(?<![a-z])(?:cu|hip|amd|xpu|dgx|jetson|l4t|tensorrt|trt)\d*(?![a-z])"
)
_CUDA_BUILD = lazy(r"cu(\d+)(\d)\Z")


def gpu_evidence(build: "Build") -> str | None:
    """Return what says that the image is meant for GPUs, as a part of a sentence; None if nothing does."""
    return build.once("gpu_evidence", lambda: _find_evidence(build))


def is_called_after_gpus(name: str) -> bool:
    """Whether a name or path says that something is for GPUs: ``gpu``, ``cu128``, ``cuda.Dockerfile``."""
    return _NAME.search(name) is not None


def _find_evidence(build: "Build") -> str | None:
    if build.invocation.evidence.gpu:
        return "a service asks for a GPU"
    for name in (build.invocation.project_path, *(stage.name or "" for stage in build.stages)):
        if is_called_after_gpus(name):
            return f"{name} is called after GPUs"
    for stage in build.stages:
        if stage.root.accelerator or _NAME.search(stage.image_text):
            return f"{stage.image_text} is an image for GPUs"
    return _in_instructions(build) or _in_packages(build)


def _in_instructions(build: "Build") -> str | None:
    arguments = [pair for argument in build.global_args for pair in argument.pairs]
    for step in build.steps(ast.Env, ast.Arg):
        arguments += step.instruction.pairs  # type: ignore[attr-defined]
    for pair in arguments:
        if _NAME.search(pair.key.value):
            return f"{pair.key.value} is set"
    for install in build.installs:
        if install.manager in ("apt", "dnf", "apk", "conda"):
            for package in install.packages:
                if package.name.startswith(("cuda", "nvidia", "libcud", "libnvidia", "rocm", "pytorch-cuda", "cudnn")):
                    return f"{package.name} is installed"
    return None


def _in_packages(build: "Build") -> str | None:
    for request in build.requests:
        # What torch brings along says nothing about what the image is for.
        if not request.is_direct:
            continue
        if request.name in GPU_PACKAGES or request.name.startswith(("nvidia-", "cupy", "tensorrt")):
            return f"{request.name} is installed"
        builds = {request.accelerator or "", *request.extra_accelerators}
        if any(build and build != "cpu" for build in builds) or any(
            "cuda" in extra for extra in request.package.extras
        ):
            return f"{request.name} is installed in a build for GPUs"
    return None


def cuda_of_torch(request: Request) -> str | None:
    """Return the CUDA version of the torch wheel that is asked for: ``12.1``, ``none`` for CPU builds.

    None where it is unknown. Without a version it is what PyPI gives at the date of the table.
    """
    build = request.accelerator
    if build is not None:
        match = _CUDA_BUILD.match(build)
        return f"{match[1]}.{match[2]}" if match else "none" if build == "cpu" else None
    if not request.is_from_default_index:
        return None
    if request.package.version == "":
        return RELEASES[NEWEST].default_cuda
    known = RELEASES.get(minor(request.exact) or "")
    return known.default_cuda if known else None


def brings_cuda(request: Request) -> bool:
    """Whether the wheel that is asked for surely brings the CUDA libraries it needs."""
    if "and-cuda" in request.package.extras or any(extra.startswith("cuda1") for extra in request.package.extras):
        return True
    if request.name != "torch" or request.install.manager == "conda":
        return False
    build = request.accelerator
    if build is not None:
        return _CUDA_BUILD.match(build) is not None
    return request.is_from_default_index
