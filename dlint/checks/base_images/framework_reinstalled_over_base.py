"""Report frameworks that are installed in another version than the base image ships."""

from dlint.checks import INFO, WARNING, Report, Saving, rule
from dlint.knowledge.sizes import closure_bytes
from dlint.knowledge.torch import companion_of
from dlint.model.base_image import BaseImage
from dlint.model.build import Build
from dlint.model.environment import Request, is_into_image
from dlint.model.packages import takes_cpu_wheels
from dlint.model.stages import Stage
from dlint.model.versions import admits, release

# What images of these families ship was built for them, and is no release of PyPI.
_FORKS = ("ngc", "rocm", "l4t")
_COMPANIONS = ("torchvision", "torchaudio")
_CONSTRAINTS = ("PIP_CONSTRAINT", "UV_CONSTRAINT", "UV_OVERRIDE")


@rule(
    "framework-reinstalled-over-base",
    severity=WARNING,
    triggers=("pytorch", "tensorflow", "nvcr.io", "rocm", "vllm", "sglang", "deep-learning-containers", "dkr.ecr"),
)
def check(build: Build, report: Report) -> None:
    reported: set[Stage] = set()
    for request in build.requests:
        stage = request.step.stage.chain[-1]
        image = stage.root
        if image.framework is None or stage in reported or request.step.stage not in build.reachable:
            continue
        why = _replaces(request, image) if _decides_alone(request) and is_into_image(build, request) else None
        if why is None:
            continue
        reported.add(stage)
        shipped = " ".join(filter(None, image.framework))
        where = f" (in {request.path})" if request.path else ""
        report(
            request.span,
            f"{stage.image_text} ships {shipped}, and {why}{where}: the image then holds both",
            advice="keep the one of the image with a constraint file or --no-deps, or start from an image without it",
            labels=((stage.instruction.image.span, f"ships {shipped}"),),
            severity=INFO if request.is_conditional else WARNING,
            saving=_saving(request),
        )


def _decides_alone(request: Request) -> bool:
    """Whether nothing but the request says which version is taken, and from where."""
    install = request.install
    is_known_index = request.is_from_default_index or (request.accelerator or "").startswith(("cu", "cpu"))
    return (
        is_known_index
        and request.package.version is not None
        and not request.package.marker
        and not install.constraints
        and not install.arguments.has("--no-deps", "--override", "--overrides")
        and not any(map(install.command.setting, _CONSTRAINTS))
    )


def _replaces(request: Request, image: BaseImage) -> str | None:
    """Return what makes pip replace the framework of the image, None where it may keep it."""
    assert image.framework is not None
    name, shipped = image.framework
    specifier, is_fork = request.package.version or "", image.family in _FORKS
    if request.name == name:
        return f"{name}{specifier} is installed over it" if _is_other(request, image, shipped) else None
    if name == "torch" and request.name == "vllm" and is_fork:
        return "vllm asks for a torch of its own"
    if name == "torch" and request.name in _COMPANIONS and request.release:
        wanted = companion_of(request.name, release(shipped) or ())
        is_pinning = request.name == "torchvision" or request.release < (2, 11)
        if (is_fork and is_pinning) or (wanted and request.release[: len(wanted)] != wanted):
            return f"{request.name}{specifier} asks for another torch"
    return None


def _is_other(request: Request, image: BaseImage, shipped: str | None) -> bool:
    """Whether pip surely takes another build of the framework than the one that is there."""
    if request.install.arguments.has("--force-reinstall", "-I", "--ignore-installed"):
        return True
    specifier = request.package.version
    if not specifier:
        return request.install.arguments.has("-U", "--upgrade")
    if image.family in _FORKS:
        return request.exact is not None
    if shipped is None:
        return False
    local = (request.exact or "").partition("+")[2]
    if local and image.cuda and local != f"cu{image.cuda.replace('.', '')}":
        return True
    return admits(specifier.replace(f"+{local}", "") if local else specifier, shipped) is False


def _saving(request: Request) -> Saving | None:
    if request.name not in ("torch", "tensorflow") or takes_cpu_wheels(request.install):
        return None
    size = closure_bytes(request.name, request.exact)
    return Saving(disk_bytes=size, basis="table", bound="at-least") if size else None
