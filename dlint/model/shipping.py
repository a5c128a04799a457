"""Which stages' Python packages get into the image that ships."""

from dlint.model.stages import Stage
from dlint.parser.dockerfile import ast
from dlint.regex import lazy

TYPE_CHECKING = False
if TYPE_CHECKING:
    from dlint.model.build import Build

# Folders that hold installed packages, and whole projects, whose .venv lies inside.
_ENVIRONMENT = lazy(
    r"(?i)venv|site-packages|dist-packages|\.local(?:/|\Z)|conda|/install(?:ed)?(?:/|\Z)|/deps(?:/|\Z)|packages|/env(?:/|\Z)"
    r"|\A(?:/usr(?:/local)?(?:/lib)?|/opt|/)/?\Z|/lib/python[\d.]*/?\Z|\A/(?:app|code|src|srv|workspace|build|work)/?\.?\Z"
    r"|\A\.?/?\Z"
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
