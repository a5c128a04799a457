"""Report labels that a team's schema does not allow, or misses."""

from dlint.checks import WARNING, Report, rule
from dlint.model.build import Build
from dlint.model.label_values import problem_with
from dlint.model.stages import Step
from dlint.parser.dockerfile import ast
from dlint.parser.dockerfile.expansion import UNKNOWN

_ALIASES = {
    "url": "DL3052", "rfc3339": "DL3053", "spdx": "DL3054", "hash": "DL3055", "semver": "DL3056", "email": "DL3058",
}  # fmt: skip


@rule(
    "label-schema", severity=WARNING, default=False, triggers=("from",),
    aliases=("DL3049", "DL3050", "DL3051", *_ALIASES.values()),
    options={"labels": {}, "strict": False},
    choices={"labels": ("text", "rawtext", *_ALIASES)},
)  # fmt: skip
def check(build: Build, report: Report) -> None:
    schema = report.options["labels"]
    assert isinstance(schema, dict)
    target = build.target
    if not schema or target is None:
        return
    missing = dict.fromkeys(schema)
    for stage in build.runtime_chain:
        for step in stage.instructions(ast.Label):
            assert isinstance(step.instruction, ast.Label)
            for pair in step.instruction.pairs:
                key = build.variables.expand(pair.key, step.environment)
                if UNKNOWN in key:
                    return
                missing.pop(key, None)
                _pair(build, report, step, pair, key, schema)
    for key in missing:
        report(
            target.instruction.image.span,
            f"the image has no label {key}",
            advice=f'write LABEL {key}="…"',
            alias="DL3049",
        )


def _pair(build: Build, report: Report, step: Step, pair: ast.KeyValue, key: str, schema: "dict[str, str]") -> None:
    kind = schema.get(key)
    if kind is None:
        if report.options["strict"]:
            known = ", ".join(sorted(schema))
            report(
                pair.key.span,
                f"the schema has no label {key}",
                advice=f"leave it out; the schema has {known}",
                alias="DL3050",
            )
        return
    value = build.variables.expand(pair.value, step.environment) if pair.value else ""
    if UNKNOWN in value:
        return
    place = pair.value.span if pair.value and pair.value.value else pair.span
    if not value.strip():
        report(place, f"the label {key} is empty", advice="give it a value", alias="DL3051")
        return
    problem = problem_with(value, kind)
    if problem:
        what, example = problem
        report(
            place,
            f"{value!r} is {what}, which {key} has to be",
            advice=f"write it like {example}",
            alias=_ALIASES[kind],
        )
