"""Report compilers that stay in the image that ships."""

from dlint.checks import INFO, WARNING, Report, Saving, rule
from dlint.knowledge.compilers import COMPILER_PACKAGES, RUNTIME_COMPILERS
from dlint.model.build import Build
from dlint.model.packages import Install
from dlint.model.role import Role
from dlint.parser.dockerfile import ast

# build-essential on Debian 12 takes about 240 MB installed; gcc alone about 150 MB.
_SAVING = Saving(disk_bytes=150_000_000, basis="table", bound="at-least")
_MANAGERS = ("apt", "apk", "dnf", "zypper")
_QUIET_ROLES = (Role.DEVELOPMENT, Role.NOTEBOOK, Role.TRAINING)
_LARGE = frozenset(
    {"build-essential", "gcc", "g++", "gcc-c++", "build-base", "alpine-sdk", "clang", "llvm", "rustc", "cargo"}
)
_REMOVERS = frozenset({"remove", "purge", "autoremove", "del", "erase"})
_PREFIXES = ("cuda-nvcc-", "cuda-toolkit-", "gcc-", "g++-", "clang-", "llvm-")


@rule("build-tools-in-final-image", severity=WARNING, triggers=("apt", "apk", "dnf", "yum", "microdnf", "zypper"))
def check(build: Build, report: Report) -> None:
    if build.role in _QUIET_ROLES or not _runs_something(build):
        return
    chain = build.runtime_chain
    compiles_later = any(
        install.names() & RUNTIME_COMPILERS or "torch" in install.names()
        for install in build.installs
        if install.step.stage in chain
    )
    is_split_gpu_build = len(build.stages) > 1 and _is_for_gpus(build)
    for install in build.installs:
        if install.manager not in _MANAGERS or install.step.stage not in chain or install.is_conditional:
            continue
        tools = [package for package in install.packages if _is_tool(package.name)]
        # An image that is called after a compiler is there to compile with.
        tools = [package for package in tools if f"/{package.name}/" not in f"/{build.invocation.project_path}/"]
        if (
            not tools
            or _is_removed(install)
            or (is_split_gpu_build and all(_is_for_kernels(tool.name) for tool in tools))
        ):
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


def _runs_something(build: Build) -> bool:
    """Whether the image has a command of its own; without one it may be a base for images that compile."""
    return build.role is Role.SERVING or build.final(ast.Cmd) is not None or build.final(ast.Entrypoint) is not None


def _is_tool(name: str) -> bool:
    return name in COMPILER_PACKAGES or (name.startswith(_PREFIXES) and name[-1].isdigit())


def _is_for_gpus(build: Build) -> bool:
    return any(stage.root.accelerator for stage in build.stages) or any(
        package.name.startswith("cuda-") for install in build.installs for package in install.packages
    )


def _is_for_kernels(name: str) -> bool:
    """Whether Triton, FlashInfer and the like need it to compile kernels while they run.

    Who compiles in another stage and still installs these in the final one wants them there.
    """
    return name in ("gcc", "g++", "libc6-dev", "ninja-build") or name.startswith("cuda-nvcc")


def _is_removed(install: Install) -> bool:
    """Whether the same RUN removes packages again."""
    for command in install.step.commands:
        if command.follows(install.command) and command.name in (
            "apt-get",
            "apt",
            "apk",
            "dnf",
            "yum",
            "microdnf",
        ):
            if any(word.value in _REMOVERS for word in command.arguments):
                return True
    return False
