"""System libraries and programs that Python distributions need and an image does not have."""

from dlint.knowledge.system_libraries import BRINGS_NOTHING, NEEDS, THROUGH, Need
from dlint.model.base_python import finds_base_python
from dlint.model.environment import Request
from dlint.model.order import BEFORE_ALL, first_place
from dlint.model.python_installs import normalise
from dlint.model.shipping import is_environment, shipped_stages
from dlint.model.stages import Stage, Step
from dlint.model.system_packages import may_install_more, system_packages
from dlint.parser.dockerfile import ast
from dlint.regex import lazy

TYPE_CHECKING = False
if TYPE_CHECKING:
    from dlint.model.build import Build

# Folders of other stages that hold no system libraries.
_NO_LIBRARIES = lazy(
    r"(?i)venv|site-packages|dist-packages|\.local(?:/|\Z)|/(?:app|code)(?:/|\Z)|/usr/local/bin|\A/uvx?\Z|/bin/uv|\.py\Z"
    r"|/usr/local/lib/python|\A/(?:install|wheels|deps)(?:/|\Z)"
)
_OWN_LIBRARY = lazy(r"LD_LIBRARY_PATH|LD_PRELOAD")
# Commands that may put libraries anywhere.
_BRINGERS = (
    "make", "dpkg", "ninja", "conda", "mamba", "micromamba", "tar", "cmake", "alien", "aptitude", "apt-fast",
    "playwright",
)  # fmt: skip


class Missing:
    """A need that nothing in a stage meets: *request* is what has it, *wanted* the distribution it has it through."""

    __slots__ = ("need", "request", "stage", "wanted")

    def __init__(self, request: Request, wanted: str, need: Need, stage: Stage) -> None:
        self.request = request
        self.wanted = wanted
        self.need = need
        self.stage = stage


def missing_libraries(build: "Build") -> "tuple[Missing, ...]":
    """Return what certainly lacks in the image, each need once for a stage."""
    return build.once("missing libraries", lambda: tuple(_find(build)))


def _find(build: "Build") -> list[Missing]:
    found: list[Missing] = []
    if build.target is None:
        return found
    seen: set[tuple[Stage, str]] = set()
    removed = _removed(build)
    for request in build.requests:
        wanted = THROUGH.get(request.name, request.name)
        if wanted not in NEEDS or wanted in removed or not _counts(request):
            continue
        for need in NEEDS[wanted]:
            stage = request.step.stage if need.at_build else build.target
            if (stage, need.what) in seen or not _lacks(build, stage, need) or not _applies(build, request, need):
                continue
            seen.add((stage, need.what))
            found.append(Missing(request, wanted, need, stage))
    return found


def _removed(build: "Build") -> set[str]:
    """Return what is uninstalled again, and what a headless build replaces."""
    found = {
        normalise(word.value)
        for command in build.commands("pip", "uv")
        if command.has("uninstall")
        for word in command.arguments
    }
    if any(request.name.endswith("-headless") for request in build.requests):
        found |= {"opencv-python", "opencv-contrib-python"}
    return found


def _counts(request: Request) -> bool:
    """Whether a distribution comes as a wheel or an archive of its own name."""
    package, install = request.package, request.install
    if install.manager == "conda" or package.is_url or package.is_local or package.marker:
        return False
    return install.verb not in ("download", "wheel", "tool install") and not install.arguments.has("--no-binary")


def _applies(build: "Build", request: Request, need: Need) -> bool:
    if need.at_build:
        if request.release is not None and request.release < need.since:
            return False
        return finds_base_python(build, request.install.command) and request.is_from_default_index
    return request.step.stage in shipped_stages(build)


def _lacks(build: "Build", stage: Stage, need: Need) -> bool:
    """Whether a stage certainly does not have what is needed."""
    installed = set(system_packages(build, stage))
    if not build.once(f"is plain {stage.index}", lambda: _is_plain(build, stage, installed)):
        return False
    return not _has_all(installed, need) if need.at_build else not installed & need.given_by


def _is_plain(build: "Build", stage: Stage, installed: set[str]) -> bool:
    """Whether a stage surely holds nothing but a bare system and packages that bring no libraries."""
    root = stage.root
    is_bare = (
        (root.family == "python" and root.flavour == "slim")
        or root.family in ("debian", "ubuntu")
        or (root.family == "cuda" and root.flavour in ("base", "runtime"))
    )
    if not is_bare or root.os not in ("debian", "ubuntu") or may_install_more(build, stage):
        return False
    return installed <= BRINGS_NOTHING and not _may_come_otherwise(build, stage)


def _has_all(installed: set[str], need: Need) -> bool:
    """Whether every package that a build needs is there, or something that brings it."""
    others = need.given_by - frozenset(need.packages.split())
    has_compiler = bool(installed & {"gcc", "g++", "build-essential", "clang", "gfortran"})
    for name in need.packages.split():
        if name in ("gcc", "g++"):
            if not has_compiler:
                return False
        elif name not in installed and not (name != "cmake" and others & installed):
            return False
    return True


def _may_come_otherwise(build: "Build", stage: Stage) -> bool:
    """Whether libraries may come from another stage, the context, or what somebody builds."""
    return any(first_place(build, part, "library", _brings_library) is not None for part in stage.chain)


def _brings_library(build: "Build", step: Step) -> int | None:
    instruction = step.instruction
    if isinstance(instruction, ast.Copy) and instruction.from_flag:
        stage = build.stage_named(instruction.from_flag.value or "")
        for word in instruction.sources:
            is_whole = word.value.rstrip("/") in ("", "/usr", "/usr/local", "/opt") or "conda" in word.value
            brings_only_python = stage is not None and is_environment(build, stage, word.value)
            if is_whole or not (_NO_LIBRARIES.search(word.value) or brings_only_python):
                return BEFORE_ALL
        return None
    if isinstance(instruction, ast.Transfer):
        text = instruction.destination.value.rstrip("/")
        return BEFORE_ALL if text in ("", "/usr", "/usr/lib", "/usr/local/lib") or text.endswith(".so") else None
    if isinstance(instruction, ast.Pairs):
        hit = any(
            _OWN_LIBRARY.match(pair.key.value) or "graphics" in (pair.value.value if pair.value else "")
            for pair in instruction.pairs
        )
        return BEFORE_ALL if hit else None
    places = [command.place for command in step.named(*_BRINGERS)]
    return min(places, default=None)
