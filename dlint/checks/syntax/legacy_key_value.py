"""Report ENV and LABEL without the equals sign."""

from dlint.checks import INFO, Fix, Report, fix, rule
from dlint.model.build import Build
from dlint.parser.dockerfile import ast
from dlint.text import Span


@rule("legacy-key-value", severity=INFO, aliases=("LegacyKeyValueFormat",), triggers=("env", "label"), fix="safe")
def check(build: Build, report: Report) -> None:
    for step in build.steps(ast.Env, ast.Label):
        instruction = step.instruction
        assert isinstance(instruction, ast.Pairs)
        for pair in instruction.pairs:
            if pair.legacy:
                report(
                    pair.span if "\n" not in build.source.text[pair.span.start : pair.span.end] else pair.key.span,
                    f"{instruction.keyword} {pair.key.value} is written without '='",
                    advice=f"write {instruction.keyword} {pair.key.value}=value",
                    fix=_fix(pair, build),
                )


def _fix(pair: ast.KeyValue, build: Build) -> Fix | None:
    """Put the equals sign; only where quoting cannot change the value."""
    assert pair.value is not None
    value = pair.value.value
    between = Span(pair.key.end, pair.value.start)
    if (
        "\n" in build.source.text[pair.span.start : pair.span.end]
        or any(c in value for c in "\"'\\`")
        or "=" in pair.key.value
    ):
        return None
    if any(character.isspace() for character in value):
        return fix("safe", "write key=value", (between, '="'), (Span(pair.value.end, pair.value.end), '"'))
    return fix("safe", "write key=value", (between, "="))
