"""Ship the runtime flavour of a CUDA image where nothing compiles."""

from dlint.diagnostic import Edit, Saving
from dlint.knowledge.runtime_libraries import PLAIN_COMMANDS, WHEELS
from dlint.knowledge.sizes import CUDA_DEVEL_BYTES, CUDA_DEVEL_PULL_BYTES
from dlint.model.environment import PYTHON_MANAGERS, in_stages
from dlint.model.gpu import brings_cuda
from dlint.model.role import Role
from dlint.parser.dockerfile import ast
from dlint.regex import lazy
from dlint.rewrites.compiled_later import check_programs
from dlint.rewrites.leaving import Left
from dlint.rewrites.proposal import Declined, Proposal
from dlint.text import Span

TYPE_CHECKING = False
if TYPE_CHECKING:
    from dlint.model.build import Build
    from dlint.model.stages import Stage

NAME = "multi-stage"
# Families whose tags say devel and runtime alike.
_FAMILIES = ("cuda", "pytorch")
_INSTALLERS = frozenset({"apt-get", "apt", "pip", "conda", "uv"})
_DEVEL = lazy(r"(?:cudnn\d*-)?(devel)")
_QUIET_ROLES = (Role.DEVELOPMENT, Role.NOTEBOOK, Role.TRAINING)


def propose_runtime(build: "Build", target: "Stage") -> Proposal | Declined | None:
    """Propose the runtime flavour for what ships on a devel image."""
    word = target.chain[-1].instruction.image
    if build.role in _QUIET_ROLES:
        return Declined(NAME, f"images for {build.role.value} may compile while they run", word.span)
    try:
        _check(build, target)
    except Left as left:
        return Declined(NAME, left.text, left.span or word.span)
    flavour = _flavour(build, target)
    match = _DEVEL.search(word.value)
    assert match is not None
    start, end = match.span() if flavour == "base" else match.span(1)
    return Proposal(
        NAME,
        f"Ship the {flavour} flavour of CUDA",
        f"{word.value} holds the CUDA compiler, and nothing here compiles",
        (Edit(Span(word.start + start, word.start + end), flavour),),
        saving=Saving(disk_bytes=CUDA_DEVEL_BYTES, pull_bytes=CUDA_DEVEL_PULL_BYTES, basis="table"),
        rules=("cuda-devel-in-runtime",),
    )


def _flavour(build: "Build", target: "Stage") -> str:
    """Return the least flavour that will do: wheels that bring CUDA along need none of the image's libraries."""
    brings = any(brings_cuda(request) for request in in_stages(build, target.chain))
    return "base" if brings and target.root.family == "cuda" else "runtime"


def _check(build: "Build", target: "Stage") -> None:
    """Raise where something compiles, may do so, or cannot be seen."""
    from dlint.model.compiling import BUILDS, compiling, is_all_seen

    image = target.chain[-1].instruction.image
    if target.root.family not in _FAMILIES or image.value.count("devel") != 1 or "$" in image.value:
        raise Left("what the runtime flavour of this image is called is not known")
    if len(build.stages) > 1:
        raise Left("another stage may compile for this one")
    if compiling(build, target.chain) == BUILDS:
        raise Left("what is compiled here needs the devel image, and what it loads of it later is not known")
    check_programs(build, target)
    for install in build.installs:
        if install.manager in PYTHON_MANAGERS and not is_all_seen(build, install):
            raise Left("what is installed cannot be seen, and may compile", install.span)
    odd = next((request for request in build.requests if request.is_direct and request.name not in WHEELS), None)
    if odd is not None:
        raise Left(f"whether {odd.name} compiles something when it is installed is not known", odd.span)
    for step in build.steps(ast.Run):
        other = next((each for each in step.commands if each.name not in PLAIN_COMMANDS | _INSTALLERS), None)
        if other is not None or not step.commands:
            name = other.name if other else "this RUN"
            raise Left(f"whether {name} needs the compiler is not known", step.instruction.span)
