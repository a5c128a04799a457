"""Report stages that copy from each other."""

from dlint.checks import ERROR, Report, rule
from dlint.model.build import Build

_SHOWN = 6


@rule("circular-stages", severity=ERROR, aliases=("DL3023", "DS-0006"), triggers=("from=",))
def check(build: Build, report: Report) -> None:
    if not any(use.stage and use.stage.index >= use.step.stage.index for use in build.uses):
        return
    for cycle in build.cycles:
        last = cycle[-1]
        assert last.stage is not None
        if len(cycle) == 1:
            label = last.stage.label.removeprefix("stage ")
            report(last.word.span, f"stage {label} copies from itself", alias=("DL3023", "DS-0006"))
            continue
        names = [use.step.stage.label for use in cycle]
        if len(names) > _SHOWN:
            names[_SHOWN - 1 :] = ["…"]
        text = " needs ".join([*names, names[0]])
        labels = tuple(
            (use.word.span, f"{use.step.stage.label} needs {use.stage.label}")
            for use in cycle[: min(_SHOWN, len(cycle) - 1)]
            if use.stage
        )
        report(last.word.span, f"these stages need each other: {text}", labels=labels, alias=())
