"""Packages of the system that are there to compile: which, and whether they stay."""

from dlint.knowledge.compilers import COMPILER_PACKAGES

TYPE_CHECKING = False
if TYPE_CHECKING:
    from dlint.model.packages import Install, Package

_PREFIXES = ("cuda-nvcc-", "cuda-toolkit-", "gcc-", "g++-", "clang-", "llvm-")
_REMOVERS = frozenset({"remove", "purge", "del", "erase"})
_REMOVING_TOOLS = ("apt-get", "apt", "aptitude", "apk", "dnf", "yum", "microdnf", "zypper")
# Less than a megabyte, and nothing to compile with.
SMALL_TOOLS = frozenset({"make", "ninja", "ninja-build", "samurai"})


def is_build_tool(name: str) -> bool:
    """Whether a package of the system is there to compile other things."""
    return name in COMPILER_PACKAGES or (name.startswith(_PREFIXES) and name[-1].isdigit())


def are_removed(install: "Install", tools: "list[Package]") -> bool:
    """Whether the same RUN removes the tools again, by their names or by the name of their group."""
    removed = [
        word.value
        for command in install.step.named(*_REMOVING_TOOLS)
        if command.follows(install.command) and any(word.value in _REMOVERS for word in command.arguments)
        for word in command.arguments
    ]
    groups = [value for _, value, _, _ in install.arguments.options if value]
    return all(tool.name in removed for tool in tools) or any(
        "$" in value or "*" in value or value in groups or value.startswith(".") for value in removed
    )
