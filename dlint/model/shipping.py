"""Which stages' Python packages get into the image that ships."""

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
    return build.once("shipped stages", lambda: _find(build))


def _find(build: "Build") -> frozenset[Stage]:
    chain = build.runtime_chain
    stages: set[Stage] = set(chain)
    for use in build.uses:
        instruction = use.step.instruction
        if use.stage and use.step.stage in chain and isinstance(instruction, ast.Copy):
            if any(_ENVIRONMENT.search(word.value) for word in instruction.sources):
                stages.update(use.stage.chain)
    return frozenset(stages)
