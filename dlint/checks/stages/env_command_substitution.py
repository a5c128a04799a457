"""Report ENV values that would need a shell."""

from dlint.checks import ERROR, Report, rule
from dlint.model.build import Build
from dlint.parser.dockerfile import ast
from dlint.regex import lazy

_SUBSTITUTION = lazy(r"(?<!\\)\$\((?!\()[^)]*\)?|(?<!\\)`[^`]+`")


@rule("env-command-substitution", severity=ERROR, triggers=("env AND $(", "env AND `"))
def check(build: Build, report: Report) -> None:
    if build.dockerfile.escape == "`":
        return
    for step in build.steps(ast.Env):
        assert isinstance(step.instruction, ast.Env)
        for pair in step.instruction.pairs:
            if pair.value is None or pair.value.value.startswith("'"):
                continue
            match = _SUBSTITUTION.search(pair.value.value)
            if match:
                report(
                    pair.value.span,
                    f"ENV runs no commands: {pair.key.value} holds the text {match[0]}",
                    advice="write the value itself, or set it inside the RUN that needs it",
                )
