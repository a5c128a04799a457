"""Report comments above a stage or an argument that describe something else."""

from dlint.checks import INFO, Report, rule
from dlint.model.build import Build
from dlint.parser.dockerfile import ast
from dlint.text import Span


@rule(
    "definition-description-mismatch", severity=INFO, default=False, aliases=("InvalidDefinitionDescription",),
    triggers=("as", "arg"),
)  # fmt: skip
def check(build: Build, report: Report) -> None:
    for instruction in build.dockerfile.instructions:
        names = _names(instruction)
        if not names or not instruction.comments:
            continue
        comment = instruction.comments[-1]
        # What is said to a linter describes nothing, and is no mistake.
        if comment.text.startswith(("dlint:", "hadolint ")):
            continue
        if not comment.text.startswith(tuple(f"{name} " for name in names)):
            report(
                Span(comment.start, comment.end),
                f"this comment is not about {names[0]}",
                advice=f"begin it with {names[0]}, or put an empty # line below it",
            )


def _names(instruction: ast.Instruction) -> list[str]:
    if isinstance(instruction, ast.From):
        return [instruction.alias.value.lower()] if instruction.alias else []
    if isinstance(instruction, ast.Arg):
        return [pair.key.value for pair in instruction.pairs]
    return []
