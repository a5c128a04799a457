"""Report packages for GPUs in images that lack the CUDA libraries they need."""

from dlint.checks import WARNING, Report, rule
from dlint.knowledge.cuda_users import BRINGS_CUDA, ONNXRUNTIME_CUDA, ONNXRUNTIME_UNKNOWN
from dlint.knowledge.packages import PYTHON_TOOLS
from dlint.model.build import Build
from dlint.model.environment import PYTHON_MANAGERS, Request, manifests, together
from dlint.model.gpu import is_called_after_gpus
from dlint.model.stages import Stage
from dlint.model.system_packages import may_install_more, system_packages

_SIGNS = ("cuda", "cudnn", "cublas", "nvidia", "tensorrt")


@rule(
    "gpu-package-without-cuda",
    severity=WARNING,
    triggers=("onnxruntime-gpu", "cupy-cuda", "tensorflow"),
    context_triggers=PYTHON_TOOLS,
)
def check(build: Build, report: Report) -> None:
    seen = set()
    chain = build.runtime_chain
    for request in build.requests:
        stage = request.step.stage
        if stage not in chain or request.is_conditional or (request.name, stage) in seen:
            continue
        seen.add((request.name, stage))
        if request.name == "onnxruntime-gpu":
            _onnxruntime(build, request, report)
        elif request.name.startswith("cupy-cuda") and _lacks_cuda(build, request):
            if "ctk" not in request.package.extras:
                _report(
                    request,
                    "needs the CUDA libraries, and nothing here brings them",
                    f"write {request.name}[ctk], or take an nvidia/cuda runtime image",
                    report,
                )
        elif request.name == "tensorflow" and not request.package.extras and _is_for_gpus(build):
            if _lacks_cuda(build, request):
                _report(
                    request,
                    "is installed without CUDA, so an image meant for GPUs runs on the CPU",
                    "write tensorflow[and-cuda]",
                    report,
                )


def _onnxruntime(build: Build, request: Request, report: Report) -> None:
    if request.package.extras or not request.is_from_default_index or request.package.version is None:
        return
    root = request.step.stage.root
    if root.family != "cuda":
        if _lacks_cuda(build, request):
            _report(
                request,
                "needs CUDA and cuDNN, and nothing here brings them: it runs on the CPU",
                "install onnxruntime, as the service has no GPU"
                if build.invocation.evidence.gpu is False
                else "write onnxruntime-gpu[cuda,cudnn], or take an nvidia/cuda image with cudnn",
                report,
            )
        return
    if not _is_alone(build, request):
        return
    major = (root.cuda or "").partition(".")[0]
    needed = _cuda_of_onnxruntime(request)
    if major and needed and major != needed:
        _report(
            request,
            f"is built for CUDA {needed}, and the image has CUDA {major}: it runs on the CPU",
            f"take an image of CUDA {needed}, or another release of onnxruntime-gpu",
            report,
        )
    elif root.flavour == "base" or (root.flavour == "runtime" and "cudnn" not in request.step.stage.image_text):
        if "cudnn" not in " ".join(member.image_text for member in request.step.stage.chain):
            _report(
                request,
                "needs cuDNN, which this image does not have: it runs on the CPU",
                "take a tag with cudnn",
                report,
            )


def _report(request: Request, what: str, advice: str, report: Report) -> None:
    report(request.span, f"{request.name} {what}", advice=advice)


def _cuda_of_onnxruntime(request: Request) -> str | None:
    """Return the major version of CUDA that a release on PyPI is built for, None where it is unknown."""
    numbers = request.release
    found = None
    if numbers and numbers[:2] < ONNXRUNTIME_UNKNOWN:
        for first, cuda in ONNXRUNTIME_CUDA:
            if numbers[:2] >= first:
                found = cuda
    return found


def _is_for_gpus(build: Build) -> bool:
    return bool(build.invocation.evidence.gpu) or is_called_after_gpus(build.invocation.project_path)


def _lacks_cuda(build: Build, request: Request) -> bool:
    """Whether the image certainly has no CUDA libraries: a base without them, and nothing that may bring them."""
    root = request.step.stage.root
    known = root.family in ("python", "debian", "ubuntu", "rocky", "alma", "amazonlinux", "fedora", "ubi", "ubi-python")
    return known and root.accelerator is None and _is_alone(build, request)


def _is_alone(build: Build, request: Request) -> bool:
    """Whether nothing beside the base image brings CUDA's libraries, as far as anybody can tell."""
    stage = request.step.stage
    others = together(build, request)
    if any(other.name in BRINGS_CUDA or other.name.startswith("nvidia-") for other in others):
        return False
    if any(sign in name for name in system_packages(build, stage) for sign in _SIGNS) or may_install_more(build, stage):
        return False
    return not _copies_from_others(build, stage) and not _hides_packages(build, stage)


def _copies_from_others(build: Build, stage: Stage) -> bool:
    chain = stage.chain
    return any(use.step.stage in chain for use in build.uses if use.stage is None or use.stage.root.accelerator)


def _hides_packages(build: Build, stage: Stage) -> bool:
    """Whether files or projects that cannot be seen may bring more packages."""
    chain = stage.chain
    for install in build.installs:
        if install.manager not in PYTHON_MANAGERS or install.step.stage not in chain:
            continue
        if install.manager in ("conda", "poetry", "pdm", "pipenv") or not (install.packages or install.files):
            return True
        if any(package.is_local or package.is_url for package in install.packages):
            return True
        if len(list(manifests(build, install))) != len(install.files):
            return True
    return False
