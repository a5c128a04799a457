"""Report stages that nothing uses."""

from dlint.checks import WARNING, Report, rule
from dlint.model.build import Build
from dlint.text import Span


@rule("unreachable-stage", severity=WARNING, triggers=("from",))
def check(build: Build, report: Report) -> None:
    if (
        len(build.stages) < 2
        or build.invocation.target
        or any(stage.is_unknown and stage.candidates for stage in build.stages)
    ):
        return
    target = build.target
    assert target is not None
    used = {use.stage for use in build.uses} | {stage.base for stage in build.stages}
    for stage in build.stages:
        if stage in build.reachable or stage in used:
            continue
        instruction = stage.instruction
        if stage.name is None:
            report(
                Span(instruction.name.start, instruction.image.end),
                f"nothing copies from this stage, and the image is built from {target.label}",
                advice="remove it, or give it a name if it is a target of its own",
            )
