"""Packages of the operating system that a stage installs."""

from dlint.model.packages import Package
from dlint.model.stages import Stage
from dlint.parser.dockerfile import ast

TYPE_CHECKING = False
if TYPE_CHECKING:
    from dlint.model.build import Build

SYSTEM_MANAGERS = frozenset({"apt", "apk", "dnf", "zypper"})


def system_packages(build: "Build", stage: Stage) -> dict[str, Package]:
    """Return the packages that a stage and the local stages below it install, by name."""
    chain = stage.chain
    return {
        package.name: package
        for install in build.installs
        if install.manager in SYSTEM_MANAGERS and install.step.stage in chain
        for package in install.packages
    }


def may_install_more(build: "Build", stage: Stage) -> bool:
    """Whether a stage installs packages that cannot be named: from a variable, a file, a script, or another stage."""
    chain = stage.chain
    for install in build.installs:
        if install.manager in SYSTEM_MANAGERS and install.step.stage in chain:
            if install.command.is_partial or any(
                "$" in package.name or "*" in package.name for package in install.packages
            ):
                return True
    return any(
        command.name.endswith(".sh") or (command.name in ("sh", "bash", "source", ".") and command.arguments)
        for member in chain
        for step in member.instructions(ast.Run)
        for command in step.commands
    )
