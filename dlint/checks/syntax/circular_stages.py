"""Report stages that copy from each other."""

from dlint.checks import ERROR, Report, rule
from dlint.model.build import Build


@rule("circular-stages", severity=ERROR, aliases=("DL3023",), triggers=("copy", "mount"))
def check(build: Build, report: Report) -> None:
    if not any(use.stage and use.stage.index >= use.step.stage.index for use in build.uses):
        return
    from dlint.model.cycles import find_cycles

    for cycle in find_cycles(build):
        last = cycle[-1]
        assert last.stage is not None
        if len(cycle) == 1:
            report(last.word.span, f"stage {last.stage.label} copies from itself", alias="DL3023")
            continue
        names = " needs ".join(use.step.stage.label for use in [*cycle, cycle[0]])
        labels = tuple(
            (use.word.span, f"{use.step.stage.label} needs {use.stage.label}") for use in cycle[:-1] if use.stage
        )
        report(last.word.span, f"these stages need each other: {names}", labels=labels, alias=())
