"""Report variables in FROM that no global ARG declares."""

from dlint.checks import WARNING, Report, Span, rule
from dlint.model.build import Build
from dlint.model.variables import unmatched_names
from dlint.parser.dockerfile import ast
from dlint.parser.dockerfile.validity import nearest

_MAX_SUGGESTIONS = 100


@rule("undefined-arg-in-from", severity=WARNING, aliases=("UndefinedArgInFrom",), triggers=("from",))
def check(build: Build, report: Report) -> None:
    names = sorted(build.global_names)
    declared_in_stages = _declared_in_stages(build)
    for stage in build.stages:
        instruction = stage.instruction
        words = [instruction.image]
        if instruction.platform and instruction.platform.value:
            flag = instruction.platform
            words.append(ast.Word(flag.value or "", flag.value_start, flag.end))
        for word in words:
            for name, span, has_default in unmatched_names(
                word, build.global_values, build.variables.options, build.source, with_defaults=True
            ):
                # Looking for near names takes its time; a file with so many mistakes needs another kind of help.
                near = nearest(name, names) if len(report.diagnostics) < _MAX_SUGGESTIONS else None
                declared = declared_in_stages.get(name)
                advice = f"did you mean ${near}?" if near else f"declare it above the first FROM: ARG {name}=value"
                if declared:
                    advice = "an ARG counts for FROM only above the first FROM"
                labels = ((declared, "declared in this stage only"),) if declared else ()
                outcome = "only its default is ever used" if has_default else "it is empty here"
                report(span, f"{name} is not declared, so {outcome}", advice=advice, labels=labels)


def _declared_in_stages(build: Build) -> dict[str, Span]:
    """Return the places of the arguments that stages declare."""
    found: dict[str, Span] = {}
    for step in build.steps(ast.Arg):
        assert isinstance(step.instruction, ast.Arg)
        for pair in step.instruction.pairs:
            found.setdefault(pair.key.value, pair.span)
    return found
