"""Report CUDA base images whose libraries are in the wheels a second time."""

from dlint.checks import INFO, WARNING, Report, Saving, rule
from dlint.knowledge.cuda_packages import CUDA_SYSTEM_PREFIXES, SYSTEM_CUDA_PREFIXES, USES_SYSTEM_CUDA
from dlint.model.build import Build
from dlint.model.compiling import NOTHING, compiling
from dlint.model.environment import Request, in_stages
from dlint.model.gpu import brings_cuda
from dlint.model.role import Role, has_command
from dlint.model.stages import Stage
from dlint.model.system_packages import system_packages

# nvidia/cuda runtime takes 1.3 GB compressed (llm-d#606), base about 0.1 GB.
_SAVING = Saving(pull_bytes=1_000_000_000, basis="table", bound="at-least")
_DOWNLOADERS = ("curl", "wget", "aria2c")


@rule("redundant-cuda-base", severity=INFO, triggers=("-runtime",))
def check(build: Build, report: Report) -> None:
    chain = build.runtime_chain
    if not chain or build.role is Role.DEVELOPMENT or not has_command(build):
        return
    root = chain[-1]
    image = root.root
    # What devel adds is reported by cuda-devel-in-runtime.
    if image.family != "cuda" or image.flavour != "runtime" or root.image is None:
        return
    requests = in_stages(build, chain)
    bringing = [request for request in requests if brings_cuda(request)]
    if not bringing or _may_use_it(build, chain, requests):
        return
    names = ", ".join(dict.fromkeys(request.name for request in bringing))
    what = "CUDA and cuDNN" if image.cudnn else "CUDA"
    words = [word for word in root.image.text.split("-") if not word.startswith("cudnn")]
    base = "-".join("base" if word == "runtime" else word for word in words)
    report(
        root.instruction.image.span,
        f"{root.image.name} runtime ships {what}, and the {names} wheel brings its own",
        advice=f"use {base}, which leaves the libraries out; the driver comes from the host either way",
        labels=((bringing[0].span, "brings its own CUDA"),),
        severity=WARNING if image.cudnn else INFO,
        saving=_SAVING,
    )


def _may_use_it(build: Build, chain: tuple[Stage, ...], requests: tuple[Request, ...]) -> bool:
    """Whether something else may need the libraries of the image, or cannot be seen."""
    if any(
        not brings_cuda(request) and (request.name in USES_SYSTEM_CUDA or request.name.startswith(SYSTEM_CUDA_PREFIXES))
        for request in requests
    ):
        return True
    if any(name.startswith(CUDA_SYSTEM_PREFIXES) for name in system_packages(build, chain[0])):
        return True
    if any(use.step.stage in chain for use in build.uses):
        return True
    if any(command.step.stage in chain for command in build.commands(*_DOWNLOADERS)):
        return True
    return compiling(build, chain) != NOTHING
