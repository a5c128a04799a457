"""Report Python packages whose shared libraries the image does not have."""

from dlint.checks import ERROR, Report, rule
from dlint.knowledge.packages import PYTHON_TOOLS
from dlint.knowledge.system_libraries import NEEDED, Library
from dlint.model.build import Build
from dlint.model.environment import Request, together
from dlint.model.packages import Package
from dlint.model.stages import Stage
from dlint.model.system_packages import may_install_more, system_packages
from dlint.parser.dockerfile import ast

_BASES = ("debian", "ubuntu")


@rule(
    "missing-system-library",
    severity=ERROR,
    triggers=("opencv", "ultralytics", "lightgbm"),
    context_triggers=PYTHON_TOOLS,
)
def check(build: Build, report: Report) -> None:
    target = build.target
    if target is None or not _is_bare(target) or may_install_more(build, target) or _is_filled(build, target):
        return
    installed = system_packages(build, target)
    seen = set()
    for request in build.requests:
        library = NEEDED.get(request.name)
        if library is None or library in seen or request.step.stage not in build.runtime_chain:
            continue
        if not _counts(build, request) or _is_provided(library, installed):
            continue
        seen.add(library)
        report(
            request.span,
            f"{request.name} needs {library.file}, which nothing here installs: importing it fails",
            advice=_advice(request, library),
            labels=((request.location, "listed here"),) if request.path else (),
        )


def _is_bare(stage: Stage) -> bool:
    """Whether the base image is known to have none of the libraries."""
    root = stage.root
    is_slim = root.family == "python" and root.flavour == "slim"
    return is_slim or root.family in _BASES or (root.family == "cuda" and root.flavour in ("base", "runtime"))


def _is_filled(build: Build, stage: Stage) -> bool:
    """Whether libraries come from another stage or image, or compilers run that may make them."""
    return any(
        step.instruction.destination.value.startswith(("/usr", "/lib", "/opt"))
        for member in stage.chain
        for step in member.instructions(ast.Copy, ast.Add)
        if isinstance(step.instruction, ast.Transfer)
    )


def _counts(build: Build, request: Request) -> bool:
    """Whether pip surely installs it: conda brings libraries along, and headless builds replace the other."""
    if request.install.manager not in ("pip", "uv") or request.is_conditional:
        return False
    names = {other.name for other in together(build, request)}
    return request.name == "lightgbm" or not any("headless" in name for name in names)


def _is_provided(library: Library, installed: dict[str, Package]) -> bool:
    return any(name.startswith(library.providers) or name.endswith("-dev") for name in installed)


def _advice(request: Request, library: Library) -> str:
    headless = {"opencv-python", "opencv-contrib-python"} & {request.name}
    install = f"apt-get install -y --no-install-recommends {library.package}"
    if library.package == "libgl1":
        install += " libglib2.0-0"
    return f"install {request.name}-headless, or {install}" if headless else install
