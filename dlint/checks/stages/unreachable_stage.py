"""Report stages that nothing uses."""

from dlint.checks import INFO, WARNING, Report, rule
from dlint.model.build import Build
from dlint.regex import lazy
from dlint.text import Span

# Names of stages that are there to be copied from; others may be targets of their own.
_INTERMEDIATE = lazy(r"(^|[-_.])(build(er)?|deps|dependencies|wheels?|compile[rd]?|download(er)?|fetch(er)?|base|common|intermediate|tmp)($|[-_.\d])")


@rule("unreachable-stage", severity=WARNING, triggers=("from",))
def check(build: Build, report: Report) -> None:
    if len(build.stages) < 2 or build.invocation.target or any(stage.is_unknown and stage.candidates for stage in build.stages):
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
        elif _INTERMEDIATE.search(stage.name) and not stage.steps_that_serve:
            assert instruction.alias is not None
            report(
                instruction.alias.span,
                f"no stage uses {stage.name}",
                advice=f"remove it; or is a COPY --from={stage.name} missing?",
                severity=INFO,
            )
