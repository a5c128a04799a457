"""Shared libraries that Python packages need and an image lacks."""

from dlint.knowledge.system_libraries import NEEDED, Library
from dlint.model.environment import Request, together
from dlint.model.packages import Package
from dlint.model.stages import Stage
from dlint.model.system_packages import may_install_more, system_packages
from dlint.parser.dockerfile import ast

TYPE_CHECKING = False
if TYPE_CHECKING:
    from dlint.model.build import Build

_BASES = ("debian", "ubuntu")


def missing_library(build: "Build", request: Request) -> Library | None:
    """Return the library that a package needs to be imported and the image certainly lacks."""
    library = NEEDED.get(request.name)
    if library is None or request.step.stage not in build.runtime_chain or not _counts(build, request):
        return None
    installed = build.once("bare_packages", lambda: _known_packages(build))
    return None if installed is None or _is_provided(library, installed) else library


def _known_packages(build: "Build") -> dict[str, Package] | None:
    """Return the system packages of the image, None where it may have others."""
    target = build.target
    if target is None or not _is_bare(target) or may_install_more(build, target) or _is_filled(target):
        return None
    return system_packages(build, target)


def _is_bare(stage: Stage) -> bool:
    """Whether the base image is known to have none of the libraries."""
    root = stage.root
    is_slim = root.family == "python" and root.flavour == "slim"
    return is_slim or root.family in _BASES or (root.family == "cuda" and root.flavour in ("base", "runtime"))


def _is_filled(stage: Stage) -> bool:
    """Whether libraries come from another stage or image, or compilers run that may make them."""
    return any(
        step.instruction.destination.value.startswith(("/usr", "/lib", "/opt"))
        for member in stage.chain
        for step in member.instructions(ast.Copy, ast.Add)
        if isinstance(step.instruction, ast.Transfer)
    )


def _counts(build: "Build", request: Request) -> bool:
    """Whether pip surely installs it: conda brings libraries along, and headless builds replace the other."""
    if request.install.manager not in ("pip", "uv") or request.is_conditional:
        return False
    names = {other.name for other in together(build, request)}
    return request.name == "lightgbm" or not any("headless" in name for name in names)


def _is_provided(library: Library, installed: dict[str, Package]) -> bool:
    return any(name.startswith(library.providers) or name.endswith("-dev") for name in installed)
