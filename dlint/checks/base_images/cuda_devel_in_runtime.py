"""Report images that ship the CUDA compiler without using it."""

from dlint.checks import INFO, WARNING, Report, Saving, rule
from dlint.knowledge.compilers import COMPILED_PACKAGES, COMPILER_COMMANDS, COMPILER_PACKAGES, RUNTIME_COMPILERS
from dlint.model.build import Build
from dlint.model.role import Role, has_command
from dlint.model.stages import Stage
from dlint.parser.dockerfile import ast

# nvidia/cuda devel against runtime: "saves ~2.3 GB" (SIRF-SuperBuild#918), 4.17 against 1.3 GB (llm-d#606).
_SAVING = Saving(disk_bytes=2_300_000_000, basis="table", bound="at-least")
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
    evidence = _evidence(build, chain)
    if evidence == "jit":
        return
    span = root.instruction.image.span
    name = root.image.name
    if evidence == "compiles":
        if len(build.stages) == 1:
            report(
                span,
                f"{name} devel ships the CUDA compiler, which only the build needs",
                advice="build wheels in a devel stage and copy them into a runtime stage",
                severity=INFO,
                saving=_SAVING,
            )
        return
    what = "nothing here compiles with it" if evidence == "none" else "nothing that can be seen here compiles with it"
    report(
        span,
        f"{name} devel ships the CUDA compiler, and {what}",
        advice=f"use the runtime flavour: {root.image.text.replace('devel', 'runtime')}",
        severity=WARNING if evidence == "none" else INFO,
        saving=_SAVING,
    )


def _evidence(build: Build, chain: tuple[Stage, ...]) -> str:
    """Return what speaks for the compiler: jit, compiles, unseen (nobody can tell) or none."""
    found = "none"
    started = [
        command for step in (build.final(ast.Entrypoint), build.final(ast.Cmd)) if step for command in step.commands
    ]
    if any(command.name in RUNTIME_COMPILERS | COMPILER_COMMANDS or "vllm" in command.name for command in started):
        return "jit"
    for install in build.installs:
        if install.step.stage not in chain:
            continue
        names = install.names()
        if names & RUNTIME_COMPILERS or any(name.startswith("cupy") for name in names):
            return "jit"
        if names & (COMPILED_PACKAGES | COMPILER_PACKAGES) or install.arguments.has("--no-build-isolation"):
            found = "compiles"
        elif (
            found == "none"
            and (install.files or any(package.is_local or package.is_url for package in install.packages))
        ) or (found == "none" and install.verb in ("sync", "install") and not install.packages):
            found = "unseen"
    for command in build.commands():
        if command.step.stage not in chain:
            continue
        if command.name in COMPILER_COMMANDS or command.name.endswith(".sh") or command.has("setup.py"):
            found = "compiles"
        elif command.name in ("git", "bash", "sh", "python") and found == "none":
            found = "unseen"
    return found
