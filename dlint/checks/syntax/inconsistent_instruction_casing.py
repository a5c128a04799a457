"""Report instructions that are written in another case than most."""

from dlint.checks import INFO, Report, fix, rule
from dlint.model.build import Build


@rule(
    "inconsistent-instruction-casing", severity=INFO, default=False, aliases=("ConsistentInstructionCasing",),
    fix="safe"
)  # fmt: skip
def check(build: Build, report: Report) -> None:
    names = [
        word for stage in build.stages for word in (stage.instruction.name, *(s.instruction.name for s in stage.steps))
    ]
    lower = sum(word.value == word.value.lower() for word in names)
    upper = sum(word.value == word.value.upper() for word in names)
    is_lower = lower > upper
    for word in names:
        wanted = word.value.lower() if is_lower else word.value.upper()
        if word.value != wanted:
            report(
                word.span,
                f"{word.value} is written differently from most instructions here",
                advice=f"write {wanted}",
                fix=fix("safe", f"write {wanted}", (word.span, wanted)),
            )
