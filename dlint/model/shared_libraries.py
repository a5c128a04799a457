"""Shared libraries that Python packages need and an image does not have."""

from dlint.knowledge.system_libraries import NEEDED, Library
from dlint.model.environment import Request, together
from dlint.model.stages import Stage
from dlint.model.system_packages import may_install_more, system_packages
from dlint.parser.dockerfile import ast

TYPE_CHECKING = False
if TYPE_CHECKING:
    from dlint.model.build import Build

_BASES = ("debian", "ubuntu")


def missing_library(build: "Build", request: Request) -> Library | None:
    """Return the library without which importing a package fails; None where the image has it, or may."""
    library = NEEDED.get(request.name)
    target = build.target
    if library is None or target is None or request.step.stage not in build.runtime_chain:
        return None
    if not build.once("bare of libraries", lambda: _is_bare(build, target)) or not _counts(build, request):
        return None
    installed = build.once("system packages", lambda: system_packages(build, target))
    if any(name.startswith(library.providers) or name.endswith("-dev") for name in installed):
        return None
    return library


def _is_bare(build: "Build", stage: Stage) -> bool:
    """Whether the base image is known to have none of the libraries, and nothing unseen brings some."""
    root = stage.root
    is_slim = root.family == "python" and root.flavour == "slim"
    if not (is_slim or root.family in _BASES or (root.family == "cuda" and root.flavour in ("base", "runtime"))):
        return False
    return not may_install_more(build, stage) and not _is_filled(stage)


def _is_filled(stage: Stage) -> bool:
    """Whether libraries may come from another stage or image."""
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
