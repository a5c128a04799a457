"""Which stages' Python packages get into the image that ships."""

from itertools import pairwise

from dlint.model.stages import Stage
from dlint.parser.dockerfile import ast
from dlint.regex import lazy

TYPE_CHECKING = False
if TYPE_CHECKING:
    from dlint.model.build import Build

# Folders that hold installed packages, and whole projects, whose .venv lies inside; a single package is neither.
_ENVIRONMENT = lazy(
    r"(?i)(?:\A|/)(?:\.?env|envs|[^/]*venv[^/]*|virtualenvs?|site-packages|dist-packages|\.local|[^/]*conda[^/]*|install(?:ed)?"
    r"|deps|[^/]*packages)/?\.?\Z|conda[^/]*/envs/[^/]+/?\Z|venvs?/[^/]+/?\Z"
    r"|\A/?(?:usr(?:/local)?(?:/lib(?:/python[\d.]*)?)?|opt|app|code|src|srv|workspace|build|work|project)?/?\.?\Z"
)


def shipped_stages(build: "Build") -> frozenset[Stage]:
    """Return the stages the image is made of, and those whose Python environments it copies."""
    return frozenset(stage for stages in environments(build) for stage in stages)


def environments(build: "Build") -> tuple[tuple[Stage, ...], ...]:
    """Return the stages the image is made of, then those behind each Python environment that it copies."""
    return build.once("shipped environments", lambda: _find(build))


def _find(build: "Build") -> tuple[tuple[Stage, ...], ...]:
    chain = build.runtime_chain
    copied = [
        use.stage.chain
        for use in build.uses
        if use.stage
        and use.step.stage in chain
        and isinstance(use.step.instruction, ast.Copy)
        and any(is_environment(build, use.stage, word.value) for word in use.step.instruction.sources)
    ]
    return tuple(dict.fromkeys([chain, *copied]))


def is_environment(build: "Build", stage: Stage, path: str) -> bool:
    """Whether a path of a stage, as written, holds installed Python packages: its name says so, or a command."""
    made = build.once(f"environments {stage.index}", lambda: _made(stage))
    return _ENVIRONMENT.search(path) is not None or path.rstrip("/") in made


def _made(stage: Stage) -> frozenset[str]:
    """Return the folders, as written, that commands of a stage make environments in or install to."""
    found: set[str] = set()
    for part in stage.chain:
        for step in part.steps:
            for command in step.named("venv", "virtualenv", "uv"):
                if command.name != "uv" or command.has("venv"):
                    found.update(value.rstrip("/") for value in command.values() if not value.startswith("-"))
            for command in step.named("pip", "uv"):
                for option, word in pairwise(command.values()):
                    if option in ("--target", "-t", "--prefix"):
                        found.add(word.rstrip("/"))
                found.update(
                    value.partition("=")[2]
                    for value in command.values()
                    if value.startswith(("--target=", "--prefix="))
                )
    return frozenset(found)
