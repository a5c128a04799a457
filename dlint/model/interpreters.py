"""Which Python a command meets: the one of the system, or one of an environment.

Both questions are answered only where the file leaves no doubt; see :func:`may_have_environment`.
Sources: PEP 668, the packages of Debian and Ubuntu, docs.astral.sh/uv/pip/environments.
"""

from dlint.model.stages import Stage, Step
from dlint.parser.dockerfile import ast
from dlint.regex import lazy

TYPE_CHECKING = False
if TYPE_CHECKING:
    from dlint.model.build import Build
    from dlint.model.commands import Command

# Whatever makes, activates or replaces an environment or an interpreter, or lifts the ban on the one of the system.
_SIGNS = lazy(
    r"(?i)venv|virtual_?env|conda|mamba|pyenv|deadsnakes|get-pip|ensurepip|externally-managed"
    r"|break[-_]system[-_]packages|uv[ _]python|uv_system|\buv (?!pip)[^\n&;|]*?\b(?:sync|run|init)\b|\bactivate\b"
    r"|pip\.conf|pip3? config|\buv\.toml|\bpixi\b|\brye\b|\basdf\b|brew|python-build|Python-\$?\{?\w|altinstall"
    r"|user_base|PYTHONHOME|(?:opt|local)/python"
)
_UV_ITSELF = lazy(r"/uvx?\*?\Z")
_SHELLS = ("sh", "bash", "dash", "zsh", "ash")


def may_have_environment(build: "Build", command: "Command") -> bool:
    """Whether anything up to a command may have made or activated an environment, or brought another Python.

    The instructions of the stage and of the local stages below it count; base images do not.
    """
    step = command.step
    if "uv" in command.wrappers or "poetry" in command.wrappers or _hides_options(command):
        return True
    for stage in step.stage.chain:
        first = build.once(f"environment of stage {stage.index}", lambda stage=stage: _first_sign(build, stage))  # type: ignore[misc]
        if first is not None and (stage is not step.stage or first <= step.index):
            return True
    return False


def _hides_options(command: "Command") -> bool:
    """Whether a variable stands where an option may."""
    return command.is_partial or any(word.value.startswith("$") for word in command.arguments)


def _first_sign(build: "Build", stage: Stage) -> int | None:
    """Return the index of the first step that may make an environment."""
    return next((step.index for step in stage.steps if _may_make(build, step)), None)


def _may_make(build: "Build", step: Step) -> bool:
    instruction = step.instruction
    if _SIGNS.search(build.source.text, instruction.start, instruction.end):
        return True
    if isinstance(instruction, ast.Copy) and instruction.from_flag:
        return not all(_UV_ITSELF.search(word.value) for word in instruction.sources)
    if not isinstance(instruction, ast.Run):
        return False
    is_login = any(word in ("--login", "-l", "-lc") for word in step.shell)
    return is_login or any(_is_script(command) for command in step.commands)


def _is_script(command: "Command") -> bool:
    """Whether a command runs a script that cannot be seen, or a shell that reads its profile."""
    if command.name in (".", "source") or command.name.endswith(".sh"):
        return True
    if command.name not in _SHELLS or not command.arguments:
        return False
    first = command.arguments[0].value
    return not first.startswith("-") or "l" in first.partition("=")[0]
