"""Which Python a command finds: that of the base image, or one that a step before it may have put in its place.

Nothing here guesses: what may bring another Python or another environment counts as bringing it.
"""

from dlint.model.commands import Command
from dlint.model.order import BEFORE_ALL, is_after
from dlint.model.stages import DEFAULT_SHELL, Step
from dlint.parser.dockerfile import ast
from dlint.regex import lazy

TYPE_CHECKING = False
if TYPE_CHECKING:
    from dlint.model.build import Build

# Folders of PATH that hold no Python.
_HARMLESS = lazy(
    r"(?:\A(?:/usr)?(?:/local)?/s?bin/?\Z|\A\Z|\A\$\{?PATH\}?(?::?[-+]\})?\Z|cuda|nvidia|\.local/bin|cargo|/go/|/go\Z"
    r"|node|nvm|rust|mpi|rocm|bazel|/cmake)"
)
_NAMES = lazy(r"(?:VIRTUAL_ENV|CONDA_\w+|MAMBA_\w+|PYENV_\w+|PYTHONHOME|UV_PYTHON)\Z")
_BRINGS_PYTHON = lazy(r"(?i)venv|virtualenv|python|conda|mamba|pyenv|\.local(?:/|\Z)|\A(?:/usr(?:/local)?|/opt)?/?\Z")
_ACTIVATES = frozenset({".", "source", "conda", "mamba", "micromamba", "pyenv", "workon", "activate"})
_MAKES_PYTHON = frozenset({
    "make", "update-alternatives", "add-apt-repository", "conda-unpack", "pixi", "rye", "nix", "brew", "get-pip.py",
})  # fmt: skip
_OWN_PYTHON = frozenset(
    {"/usr/bin/python3", "/usr/bin/python", "/usr/local/bin/python", "/usr/bin/pip3", "/usr/bin/pip"}
)
_MAY_BREAK_PACKAGES = lazy(r"EXTERNALLY-MANAGED|(?<!--)break-system-packages|pip\.conf|/rootfs")


def finds_base_python(build: "Build", command: Command) -> bool:
    """Whether a command certainly finds the Python of the base image as it came."""
    return not is_after(build, command, "other python", _other_python)


def _other_python(build: "Build", step: Step) -> int | None:
    """Return where a step puts another Python in front, or lets pip install into this one."""
    instruction = step.instruction
    if isinstance(instruction, ast.Pairs):
        return BEFORE_ALL if _sets_environment(instruction) else None
    if isinstance(instruction, ast.Shell):
        return None if _is_plain_shell(instruction) else BEFORE_ALL
    if isinstance(instruction, ast.Transfer):
        return BEFORE_ALL if _transfers_python(instruction) else None
    if isinstance(instruction, ast.Run):
        if _MAY_BREAK_PACKAGES.search(build.source.text[instruction.start : instruction.end]):
            return BEFORE_ALL
        return min((command.place for command in step.commands if _brings_python(command)), default=None)
    return None


def _sets_environment(instruction: ast.Pairs) -> bool:
    if isinstance(instruction, ast.Label):
        return False
    for pair in instruction.pairs:
        name, value = pair.key.value, pair.value.value if pair.value else ""
        if _NAMES.match(name):
            return True
        if name == "PATH" and not all(_HARMLESS.search(part) for part in value.strip("\"'").split(":")):
            return True
    return False


def _is_plain_shell(instruction: ast.Shell) -> bool:
    words = [word.value for word in instruction.json or ()]
    return tuple(words) == DEFAULT_SHELL or (
        words[:1] in (["/bin/bash"], ["bash"], ["/bin/sh"], ["sh"])
        and not any(word == "--login" or (word.startswith("-") and "l" in word.split("o")[0]) for word in words[1:])
    )


def _transfers_python(instruction: ast.Transfer) -> bool:
    words = [*(word.value for word in instruction.sources), instruction.destination.value]
    if instruction.flag("from"):
        return any(_BRINGS_PYTHON.search(word) for word in words)
    # A file tree that is laid over the system may hold anything.
    return words[-1].rstrip("/") in ("", "/usr", "/etc", "/usr/local") or any(
        "pip.conf" in word or word.rstrip("/").endswith("/pip") for word in words
    )


def _brings_python(command: Command) -> bool:
    name = command.name
    if name in _ACTIVATES or name in _MAKES_PYTHON or name.endswith(".sh"):
        return True
    values = command.values()
    if name in ("sh", "bash", "zsh", "dash"):
        return any(not value.startswith("-") for value in values) and "-c" not in values
    if name == "uv":
        return values[:1] == ["python"]
    if name == "python":
        return any("get-pip" in value for value in values)
    if name in ("ln", "cp", "mv", "install"):
        return any(("python" in value or "/pip" in value) and value not in _OWN_PYTHON for value in values)
    if name in ("export", ""):
        return any(
            word.value.startswith(("PATH=", "VIRTUAL_ENV=", "CONDA_"))
            for word in (command.arguments if name else command.assignments)
        )
    return False
