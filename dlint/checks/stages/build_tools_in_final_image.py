"""Report compilers that stay in the image that ships."""

from dlint.checks import INFO, WARNING, Report, Saving, rule
from dlint.knowledge.compilers import RUNTIME_COMPILERS
from dlint.knowledge.sizes import COMPILER_BYTES
from dlint.model.build import Build
from dlint.model.build_tools import SMALL_TOOLS, are_removed, is_build_tool
from dlint.model.gpu import gpu_evidence
from dlint.model.role import Role, has_command
from dlint.model.start import main_command
from dlint.parser.dockerfile import ast

_SAVING = Saving(disk_bytes=COMPILER_BYTES, basis="table", bound="at-least")
_MANAGERS = ("apt", "apk", "dnf", "zypper")
_QUIET_ROLES = (Role.DEVELOPMENT, Role.NOTEBOOK, Role.TRAINING)
_LARGE = frozenset(
    {"build-essential", "gcc", "g++", "gcc-c++", "build-base", "alpine-sdk", "clang", "llvm", "rustc", "cargo"}
)
# Who sets them for the running container wants a compiler there.
_SETTINGS = ("CC", "CXX", "CUDAHOSTCXX")
_PROMPTS = frozenset({"bash", "sh", "zsh", "fish", "php", "python", "ipython", "node", "irb", "R", "julia", "ghci"})


@rule("build-tools-in-final-image", severity=WARNING, triggers=("apt", "apk", "dnf", "yum", "microdnf", "zypper"))
def check(build: Build, report: Report) -> None:
    # An image without a command of its own may be a base for images that compile.
    if build.role in _QUIET_ROLES or not has_command(build) or _builds_at_start(build):
        return
    chain = build.runtime_chain
    compiles_later = _compiles_later(build)
    # Triton, FlashInfer and torch.compile call compilers while they run. Who builds for GPUs in
    # another stage and still installs some in the final one wants them there.
    if (len(build.stages) > 1 or compiles_later) and gpu_evidence(build):
        return
    for install in build.installs:
        if install.manager not in _MANAGERS or install.step.stage not in chain or install.is_conditional:
            continue
        tools = [package for package in install.packages if is_build_tool(package.name)]
        # An image that is called after a compiler is there to compile with.
        tools = [package for package in tools if f"/{package.name}/" not in f"/{build.invocation.project_path}/"]
        if all(tool.name in SMALL_TOOLS for tool in tools) or are_removed(install, tools):
            continue
        names = ", ".join(dict.fromkeys(package.name for package in tools[:4]))
        advice = (
            "install and compile in a build stage, and copy the result into a final one"
            if len(build.stages) == 1
            else "install them in a build stage only"
        )
        if compiles_later:
            advice = "keep only gcc, which torch.compile and triton call while they run"
        verb = "stays" if len(tools) == 1 else "stay"
        report(
            tools[0].span,
            f"{names} {verb} in the image that ships",
            advice=advice,
            severity=WARNING if build.role is Role.SERVING and not compiles_later else INFO,
            saving=_SAVING if any(package.name in _LARGE for package in tools) else None,
        )


def _builds_at_start(build: Build) -> bool:
    """Whether the container is there to build something, opens a prompt, or has a setting that names its compiler."""
    started = main_command(build)
    if started and started.name in _PROMPTS and all(value.startswith("-") for value in started.values()):
        return True
    if build.target and any(build.target.environment.set_value(name) for name in _SETTINGS):
        return True
    steps = (build.final(ast.Entrypoint), build.final(ast.Cmd))
    texts = [build.source.text[step.instruction.start : step.instruction.end] for step in steps if step]
    return any("build" in text or "make " in text for text in texts)


def _compiles_later(build: Build) -> bool:
    """Whether something in the image calls a compiler while it runs."""
    chain = build.runtime_chain
    started = main_command(build)
    return (
        any(stage.root.framework and stage.root.framework[0] == "torch" for stage in chain)
        or (started is not None and started.name in RUNTIME_COMPILERS)
        or any(
            install.names() & (RUNTIME_COMPILERS | {"torch"})
            for install in build.installs
            if install.step.stage in chain
        )
    )
