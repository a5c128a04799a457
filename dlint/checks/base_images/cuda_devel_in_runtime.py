"""Report images that ship the CUDA compiler without using it."""

from dlint.checks import INFO, WARNING, Report, Saving, rule
from dlint.knowledge.sizes import CUDA_DEVEL_BYTES, CUDA_DEVEL_PULL_BYTES
from dlint.model.build import Build
from dlint.model.compiling import CompileSignal, compile_signal
from dlint.model.role import Role, has_command

_SAVING = Saving(disk_bytes=CUDA_DEVEL_BYTES, pull_bytes=CUDA_DEVEL_PULL_BYTES, basis="table", bound="at-least")
_FAMILIES = ("cuda", "pytorch")
_QUIET_ROLES = (Role.DEVELOPMENT, Role.NOTEBOOK, Role.TRAINING)


@rule("cuda-devel-in-runtime", severity=WARNING, triggers=("devel",))
def check(build: Build, report: Report) -> None:
    chain = build.runtime_chain
    if not chain or build.role in _QUIET_ROLES or not has_command(build):
        return
    root = chain[-1]
    if root.root.family not in _FAMILIES or root.root.flavour != "devel" or root.image is None:
        return
    signal = compile_signal(build, chain)
    if signal is CompileSignal.AT_RUN_TIME:
        return
    span = root.instruction.image.span
    name = root.image.name
    if signal is CompileSignal.AT_BUILD_TIME:
        if len(build.stages) == 1:
            report(
                span,
                f"{name} devel ships the CUDA compiler, which only the build needs",
                advice="build wheels in a devel stage and copy them into a runtime stage",
                severity=INFO,
                saving=_SAVING,
            )
        return
    is_certain = signal is CompileSignal.NONE
    what = "nothing here compiles with it" if is_certain else "nothing that can be seen here compiles with it"
    report(
        span,
        f"{name} devel ships the CUDA compiler, and {what}",
        advice=f"use the runtime flavour: {root.image.text.replace('devel', 'runtime')}",
        severity=WARNING if is_certain else INFO,
        saving=_SAVING,
    )
