"""What the rules about Python packages in the image that ships share."""

from dlint.model.build import Build
from dlint.model.environment import Request
from dlint.model.gpu import gpu_evidence
from dlint.model.role import Role
from dlint.model.shipping import shipped_stages
from dlint.regex import lazy

# Base images of people who want no GPU; on others images for GPUs are built too.
_CPU_FAMILIES = frozenset(
    {"python", "pypy", "ubi", "ubi-python", "lambda", "amazonlinux", "distroless", "uv", "debian"}
)
_MENTIONS_GPU = lazy(r"(?i)cuda|gpu|nvidia|rocm|\bxpu\b|\bcu\d\d")


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
    if build.role in (Role.TRAINING, Role.NOTEBOOK, Role.DEVELOPMENT) or _MENTIONS_GPU.search(build.source.text):
        return False
    return None if all(root.family in _CPU_FAMILIES for root in roots) else False


def _is_for_amd64(build: Build) -> bool:
    """Whether wheels for x86-64 are installed; on ARM they have long been for CPUs."""
    platforms = [build.invocation.platform, *(stage.platform for stage in build.runtime_chain)]
    return all(platform is None or ("arm" not in platform and "aarch" not in platform) for platform in platforms)


def shipped(build: Build) -> tuple[Request, ...]:
    """Return the Python packages that get into the image: those of its stages, and of environments it copies."""
    stages = shipped_stages(build)
    return tuple(request for request in build.requests if request.step.stage in stages)
