"""What compiles in a stage: whether anything speaks for a compiler, and which CUDA extensions torch builds."""

from enum import Enum

from dlint.knowledge.compilers import COMPILED_PACKAGES, COMPILER_COMMANDS, COMPILER_PACKAGES, RUNTIME_COMPILERS
from dlint.model.stages import Stage
from dlint.parser.dockerfile import ast

TYPE_CHECKING = False
if TYPE_CHECKING:
    from dlint.model.build import Build


class CompileSignal(Enum):
    """What speaks for a compiler in an image."""

    AT_RUN_TIME = "something compiles while it runs"
    AT_BUILD_TIME = "something compiles while it is built"
    UNSEEN = "nobody can tell: a script, a requirement file or a clone may"
    NONE = "nothing"


def compile_signal(build: "Build", stages: tuple[Stage, ...]) -> CompileSignal:
    """Return what speaks for a compiler in these stages and in the command that is started."""
    found = CompileSignal.NONE
    started = [
        command for step in (build.final(ast.Entrypoint), build.final(ast.Cmd)) if step for command in step.commands
    ]
    if any(command.name in RUNTIME_COMPILERS | COMPILER_COMMANDS or "vllm" in command.name for command in started):
        return CompileSignal.AT_RUN_TIME
    for install in build.installs:
        if install.step.stage not in stages:
            continue
        names = install.names()
        if names & RUNTIME_COMPILERS or any(name.startswith("cupy") for name in names):
            return CompileSignal.AT_RUN_TIME
        if names & (COMPILED_PACKAGES | COMPILER_PACKAGES) or install.arguments.has("--no-build-isolation"):
            found = CompileSignal.AT_BUILD_TIME
        elif found is CompileSignal.NONE and (
            install.files
            or any(package.is_local or package.is_url for package in install.packages)
            or (install.verb in ("sync", "install") and not install.packages)
        ):
            found = CompileSignal.UNSEEN
    for command in build.commands():
        if command.step.stage not in stages:
            continue
        if command.name in COMPILER_COMMANDS or command.name.endswith(".sh") or command.has("setup.py"):
            found = CompileSignal.AT_BUILD_TIME
        elif command.name in ("git", "bash", "sh", "python") and found is CompileSignal.NONE:
            found = CompileSignal.UNSEEN
    return found
