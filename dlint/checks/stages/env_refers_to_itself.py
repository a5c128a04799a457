"""Report ENV values that ask for a variable the same ENV sets."""

from dlint.checks import ERROR, WARNING, Report, rule
from dlint.model.build import Build
from dlint.model.stages import Step
from dlint.model.variables import used_names
from dlint.parser.dockerfile import ast


@rule("env-refers-to-itself", severity=ERROR, aliases=("DL3044",), triggers=("env",))
def check(build: Build, report: Report) -> None:
    for step in build.steps(ast.Env):
        assert isinstance(step.instruction, ast.Env)
        if len(step.instruction.pairs) > 1:
            _env(build, step, step.instruction, report)


def _env(build: Build, step: Step, instruction: ast.Env, report: Report) -> None:
    pairs = {pair.key.value: pair for pair in instruction.pairs}
    for pair in instruction.pairs:
        if pair.value is None or "$" not in pair.value.value:
            continue
        for name, place, is_unset in used_names(pair.value, step.environment, build.variables.options, build.source):
            other = pairs.get(name)
            if other is None or other is pair or name == pair.key.value or _is_same(build, step, other):
                continue
            if is_unset:
                what = f"{name} is not set yet, so {pair.key.value} gets an empty text in its place"
            elif step.environment.set_value(name) is None:
                what = f"{pair.key.value} gets the {name} of the base image, or nothing, not the one set here"
            else:
                what = f"{pair.key.value} gets the {name} from before this ENV, not the one set here"
            report(
                place,
                what,
                advice=f"set {name} in an ENV of its own above this one",
                labels=((other.span, "takes effect with the next instruction"),),
                severity=ERROR if is_unset else WARNING,
            )


def _is_same(build: Build, step: Step, pair: ast.KeyValue) -> bool:
    """Whether a pair sets what its variable holds already."""
    value = build.variables.expand(pair.value, step.environment) if pair.value else ""
    return value == step.environment.known(pair.key.value)
