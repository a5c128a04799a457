"""What the rules about Python packages in the image that ships share."""

from dlint.checks import Fix, Span, fix
from dlint.model.build import Build
from dlint.model.environment import Request, environment_key
from dlint.model.gpu import gpu_evidence
from dlint.model.role import Role, has_command
from dlint.model.shipping import shipped_stages
from dlint.regex import lazy

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

# Base images of people who want no GPU; on others images for GPUs are built too.
_CPU_FAMILIES = frozenset(
    {"python", "pypy", "ubi", "ubi-python", "lambda", "amazonlinux", "distroless", "uv", "debian"}
)
_MENTIONS_GPU = lazy(r"(?i)cuda|gpu|nvidia|rocm|\bxpu\b|\bcu\d\d")
_MENTIONS_TRAINING = lazy(r"(?i)train|finetune|fine[-_]tune|\bsft\b")


def runs_without_gpu(build: Build) -> bool | None:
    """Return True where a service says so, False where something speaks for GPUs, None where nothing does.

    Images to train and to work in count as images for GPUs.
    """
    if gpu_evidence(build) is not None or not _is_for_amd64(build):
        return False
    roots = {stage.root for stage in build.runtime_chain}
    if any(root.family is None or root.accelerator for root in roots):
        return False
    if build.invocation.evidence.gpu is False:
        return True
    if build.role in (Role.TRAINING, Role.NOTEBOOK, Role.DEVELOPMENT) or _MENTIONS_GPU.search(build.prose):
        return False
    names = (build.invocation.project_path, *(stage.name or "" for stage in build.stages))
    # An image without a command of its own may be a base for images of any kind.
    if not has_command(build) or any(_MENTIONS_TRAINING.search(name) for name in names):
        return False
    return None if all(root.family in _CPU_FAMILIES for root in roots) else False


def why_without_gpu(build: Build) -> str:
    """Return what says that an image runs without a GPU, as a part of a sentence; see runs_without_gpu."""
    evidence = build.invocation.evidence
    if evidence.gpu is not False:
        return "nothing here speaks of a GPU"
    names = evidence.services
    if len(names) > 1:
        return f"the services {', '.join(names[:-1])} and {names[-1]} have no GPU"
    return f"the service {names[0]} has no GPU" if names else "the service has no GPU"


def _is_for_amd64(build: Build) -> bool:
    """Whether wheels for x86-64 are installed; on ARM they have long been for CPUs."""
    platforms = [build.invocation.platform, *(stage.platform for stage in build.runtime_chain)]
    return all(platform is None or ("arm" not in platform and "aarch" not in platform) for platform in platforms)


def shipped(build: Build) -> tuple[Request, ...]:
    """Return the Python packages that get into the image: those of its stages, and of environments it copies."""
    stages = shipped_stages(build)
    return tuple(request for request in build.requests if request.step.stage in stages)


def first_of_each(requests: "Iterable[Request]") -> list[Request]:
    """Return the first request for each name in each environment."""
    found: dict[object, Request] = {}
    for request in requests:
        found.setdefault((request.name, request.step.stage, environment_key(request.install)), request)
    return list(found.values())


def company(build: Build, request: Request) -> list[Request]:
    """Return what is asked for in the same environment when the stage of a request ends, itself included."""
    chain = request.step.stage.chain
    same = build.once("by_environment", lambda: _by_environment(build))[environment_key(request.install)]
    return [other for other in same if other.step.stage in chain]


def _by_environment(build: Build) -> dict[str, list[Request]]:
    found: dict[str, list[Request]] = {}
    for request in build.requests:
        found.setdefault(environment_key(request.install), []).append(request)
    return found


def renamed(request: Request, name: str) -> Fix | None:
    """Return the fix that puts another name in place of a package's, on a command line."""
    word = request.package.word
    if request.path or not request.install.command.can_be_edited(word):
        return None
    if not word.value.lower().startswith(request.name) or word.value[len(request.name) : len(request.name) + 1] == "[":
        return None
    start = word.span.start
    return fix("unsafe", f"install {name}", (Span(start, start + len(request.name)), name))
