"""Report compilers that stay in the image that ships."""

from dlint.checks import INFO, WARNING, Report, Saving, rule
from dlint.knowledge.compilers import COMPILER_PACKAGES, RUNTIME_COMPILERS
from dlint.model.build import Build
from dlint.model.packages import Install
from dlint.model.role import Role

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
    if build.role in _QUIET_ROLES:
        return
    chain = build.runtime_chain
    compiles_later = any(
        install.names() & RUNTIME_COMPILERS or "torch" in install.names()
        for install in build.installs
        if install.step.stage in chain
    )
    for install in build.installs:
        if install.manager not in _MANAGERS or install.step.stage not in chain or install.is_conditional:
            continue
        tools = [package for package in install.packages if _is_tool(package.name)]
        if not tools or _is_removed(install):
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


def _is_tool(name: str) -> bool:
    return name in COMPILER_PACKAGES or (name.startswith(_PREFIXES) and name[-1].isdigit())


def _is_removed(install: Install) -> bool:
    """Whether the same RUN removes packages again."""
    for command in install.step.commands:
        if command.simple.start > install.command.simple.start and command.name in (
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
