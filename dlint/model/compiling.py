"""Whether anything in some stages compiles, while the image is built or while it runs."""

from dlint.knowledge.compilers import COMPILED_PACKAGES, COMPILER_COMMANDS, COMPILER_PACKAGES, RUNTIME_COMPILERS
from dlint.model.environment import manifests
from dlint.model.stages import Stage
from dlint.parser.dockerfile import ast

TYPE_CHECKING = False
if TYPE_CHECKING:
    from dlint.model.build import Build
    from dlint.model.packages import Install

RUNS, BUILDS, UNSEEN, NOTHING = "runs", "builds", "unseen", "nothing"
_OPAQUE_COMMANDS = frozenset({"git", "bash", "sh", "source", ".", "python", "eval"})


def compiling(build: "Build", chain: tuple[Stage, ...]) -> str:
    """Return what speaks for a compiler in some stages.

    RUNS: it is called while containers run; BUILDS: a RUN compiles; UNSEEN: something that
    cannot be read may compile; NOTHING.
    """
    started = [
        command for step in (build.final(ast.Entrypoint), build.final(ast.Cmd)) if step for command in step.commands
    ]
    if any(command.name in RUNTIME_COMPILERS | COMPILER_COMMANDS or "vllm" in command.name for command in started):
        return RUNS
    names = {request.name for request in build.requests if request.step.stage in chain}
    if names & RUNTIME_COMPILERS or any(name.startswith("cupy") for name in names):
        return RUNS
    installs = [install for install in build.installs if install.step.stage in chain]
    if names & COMPILED_PACKAGES or any(_compiles(install) for install in installs):
        return BUILDS
    found = UNSEEN if any(not is_all_seen(build, install) for install in installs) else NOTHING
    for command in build.commands():
        if command.step.stage not in chain:
            continue
        if command.name in COMPILER_COMMANDS or command.name.endswith(".sh") or command.has("setup.py"):
            return BUILDS
        if command.name in _OPAQUE_COMMANDS:
            found = UNSEEN
    return found


def _compiles(install: "Install") -> bool:
    return bool(install.names() & COMPILER_PACKAGES) or install.arguments.has("--no-build-isolation")


def is_all_seen(build: "Build", install: "Install") -> bool:
    """Whether everything an install command asks for is known by name."""
    if install.command.is_partial or any(
        package.is_local or package.is_url or "$" in package.name for package in install.packages
    ):
        return False
    if install.verb.rpartition(" ")[2] == "sync" or (not install.packages and not install.files):
        # What a project or a lock file lists.
        return install.manager in ("apt", "apk", "dnf", "zypper")
    found = list(manifests(build, install))
    return len(found) == len(install.files) and not any(manifest.missing for _, _, manifest in found)
