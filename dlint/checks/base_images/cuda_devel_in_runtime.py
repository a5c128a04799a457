"""Report images that ship the CUDA compiler without using it."""

from dlint.checks import INFO, WARNING, Report, Saving, rule
from dlint.knowledge.sizes import CUDA_DEVEL_BYTES, CUDA_DEVEL_PULL_BYTES
from dlint.model.build import Build
from dlint.model.role import Role, has_command

_SAVING = Saving(disk_bytes=CUDA_DEVEL_BYTES, pull_bytes=CUDA_DEVEL_PULL_BYTES, basis="table", bound="at-least")
_FAMILIES = ("cuda", "pytorch", "l4t", "aws-dlc")
_QUIET_ROLES = (Role.DEVELOPMENT, Role.NOTEBOOK, Role.TRAINING)


@rule("cuda-devel-in-runtime", severity=WARNING, triggers=("devel",))
def check(build: Build, report: Report) -> None:
    chain = build.runtime_chain
    if not chain or build.role in _QUIET_ROLES or not has_command(build):
        return
    root = chain[-1]
    if root.root.family not in _FAMILIES or root.root.flavour != "devel" or root.image is None:
        return
    # Only here: few files come this far.
    from dlint.model.compiling import BUILDS, NOTHING, RUNS, compiling
    from dlint.model.environment import in_stages
    from dlint.model.gpu import brings_cuda

    found = compiling(build, chain)
    if found == RUNS:
        return
    span = root.instruction.image.span
    name = root.image.name
    if found == BUILDS:
        if len(build.stages) == 1:
            report(
                span,
                f"{name} devel ships the CUDA compiler, which only the build needs",
                advice="build wheels in a devel stage and copy them into a runtime stage",
                severity=INFO,
                saving=_SAVING,
            )
        return
    what = "nothing here compiles with it" if found == NOTHING else "nothing that can be seen here compiles with it"
    advice = f"use the runtime flavour: {root.image.text.replace('devel', 'runtime')}"
    if root.root.family == "cuda" and any(brings_cuda(request) for request in in_stages(build, chain)):
        advice += "; the wheels bring CUDA along, so even the base flavour will do if nothing else needs it"
    report(
        span,
        f"{name} devel ships the CUDA compiler, and {what}",
        advice=advice,
        severity=WARNING if found == NOTHING else INFO,
        saving=_SAVING,
    )
