"""Report variables that nothing sets."""

from dlint.checks import INFO, WARNING, Report, rule
from dlint.model.build import Build
from dlint.model.stages import Step
from dlint.model.variables import BUILDKIT_ARGUMENTS, PLATFORM_ARGUMENTS, expandable_words, unmatched_names
from dlint.parser.dockerfile import ast
from dlint.parser.dockerfile.expansion import Options
from dlint.parser.dockerfile.validity import nearest
from dlint.text import Span

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

_MAX_SUGGESTIONS = 100


@rule("undefined-variable", severity=WARNING, aliases=("UndefinedVar",))
def check(build: Build, report: Report) -> None:
    if "$" not in build.source.text:
        return
    for stage in build.stages:
        seen: set[str] = set()
        for step in stage.steps:
            for name, span, _ in _names(build, step):
                # What the base image may set is unknown, and then nothing is certain.
                if step.environment.declares(name) or name in BUILDKIT_ARGUMENTS or name in seen:
                    continue
                seen.add(name)
                if _is_set_here(step.instruction, name, span):
                    continue
                _report(report, step, name, span)


def _report(report: Report, step: Step, name: str, span: Span) -> None:
    if name.endswith("PATH") and _extends_itself(step.instruction, name):
        report(
            span,
            f"nothing sets {name}, so this leaves an empty entry, which means the current directory",
            advice=f"write ${{{name}:+:${name}}}, or leave it out",
            severity=INFO,
        )
        return
    # Looking for near names takes its time; a file with so many mistakes needs another kind of help.
    advice = _advice(name, step) if len(report.diagnostics) < _MAX_SUGGESTIONS else None
    report(span, f"nothing sets {name}, so it is empty here", advice=advice)


def _is_set_here(instruction: ast.Instruction, name: str, span: Span) -> bool:
    """Whether another value of the same ENV uses it, which env-refers-to-itself reports."""
    return isinstance(instruction, ast.Env) and any(
        pair.key.value == name and not pair.span.start <= span.start < pair.span.end for pair in instruction.pairs
    )


def _extends_itself(instruction: ast.Instruction, name: str) -> bool:
    return isinstance(instruction, ast.Env) and any(pair.key.value == name for pair in instruction.pairs)


def _advice(name: str, step: Step) -> str | None:
    if name in PLATFORM_ARGUMENTS:
        return f"write ARG {name} in this stage first"
    near = nearest(name, step.environment.names())
    return f"did you mean ${near}?" if near else None


def _names(build: Build, step: Step) -> "Iterator[tuple[str, Span, bool]]":
    instruction, environment = step.instruction, step.environment
    options = build.variables.options
    for word in expandable_words(instruction):
        if "$" in word.value:
            yield from unmatched_names(word, environment, options, build.source)
    if isinstance(instruction, ast.Arg):
        for pair in instruction.pairs:
            if pair.value and "$" in pair.value.value:
                yield from unmatched_names(pair.value, environment, options, build.source)
    if isinstance(instruction, ast.Transfer):
        for heredoc in instruction.heredocs:
            if heredoc.expand and "$" in heredoc.content:
                body = ast.Word(heredoc.content, heredoc.start, heredoc.start + len(heredoc.content))
                yield from unmatched_names(body, environment, Options(quotes=False), build.source)
