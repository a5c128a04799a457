"""Which environments get into the image."""

from dlint.model.build import Build
from dlint.model.stages import Stage
from dlint.parser.dockerfile import ast
from dlint.regex import lazy

_ENVIRONMENT = lazy(r"(?i)venv|env\b|site-packages|/usr/local/?\Z|/install|/deps|/app/?\Z")


def environments(build: Build) -> list[tuple[Stage, ...]]:
    """Return the stages whose packages ship: those of the target, and each whose environment is copied into it."""
    chain = build.runtime_chain
    copied = [
        use.stage.chain
        for use in build.uses
        if use.stage and use.step.stage in chain and isinstance(use.step.instruction, ast.Copy)
        and any(_ENVIRONMENT.search(word.value) for word in use.step.instruction.sources)
    ]  # fmt: skip
    return list(dict.fromkeys([chain, *copied]))
