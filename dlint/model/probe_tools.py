"""Programs that health checks call: whether an image has them, and what only a shell would understand."""

from dlint.knowledge.servers import BUILDPACK_TOOLS, BUSYBOX_TOOLS, PROBE_TOOLS
from dlint.model.commands import Command
from dlint.model.stages import Stage
from dlint.model.system_packages import may_install_more
from dlint.parser.dockerfile import ast
from dlint.regex import lazy

TYPE_CHECKING = False
if TYPE_CHECKING:
    from dlint.model.build import Build

_FOLDERS = ("/", "/usr", "/usr/", "/usr/bin", "/usr/bin/", "/bin", "/bin/", "/usr/local/bin", "/usr/local/bin/")
_SHELL_WORDS = frozenset({"||", "&&", "|", ";", ">", ">/dev/null", "2>&1", "&>/dev/null"})
_VARIABLE = lazy(r"\$\{?[A-Za-z_]\w*")


def needs_shell(word: str) -> str | None:
    """Return what only a shell would do with a word, as part of a sentence (``read ||``); None for plain words."""
    if word in _SHELL_WORDS:
        return f"read {word}"
    variable = _VARIABLE.search(word) if "://" in word else None
    return f"put in ${variable[0].lstrip('${')}" if variable else None


def is_missing(build: "Build", target: Stage, command: Command) -> bool:
    """Whether a program of the probe is certainly not in the image."""
    name = "nc" if command.name == "netcat" else command.name
    if name not in PROBE_TOOLS or "/" in (command.program.value if command.program else ""):
        return False
    root = target.root
    if root.libc == "musl" and root.family in ("alpine", "python", "node", "golang", "rust"):
        if name in BUSYBOX_TOOLS:
            return False
    elif root.family in ("python", "node", "golang", "rust", "ruby", "pypy"):
        if root.flavour != "slim" and (name in BUILDPACK_TOOLS or root.flavour is not None):
            return False
    elif root.family not in ("debian", "ubuntu") and not (root.family == "cuda" and root.os == "ubuntu"):
        return False
    return not _is_brought(build, target, name) and not may_install_more(build, target)


def _is_brought(build: "Build", target: Stage, name: str) -> bool:
    """Whether something in the stages that ship brings a program, or calls it while the image is built."""
    chain = target.chain
    packages = PROBE_TOOLS[name]
    for install in build.installs:
        if install.step.stage in chain and any(
            package.name in packages or package.name.startswith(tuple(f"{each}-" for each in packages))
            for package in install.packages
        ):
            return True
    for stage in chain:
        for step in stage.steps:
            instruction = step.instruction
            if isinstance(instruction, ast.Transfer):
                places = [word.value for word in (*instruction.sources, instruction.destination)]
                if any(place in _FOLDERS for place in places[:-1]) or any(name in place for place in places):
                    return True
            elif isinstance(instruction, ast.Run) and name in instruction.line.text:
                return True
    return False
