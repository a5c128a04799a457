"""Stages that need each other."""

from dlint.model.stages import Stage

TYPE_CHECKING = False
if TYPE_CHECKING:
    from dlint.model.build import Build, StageUse

    # What leads from one stage to another: a use, or None for the base it builds on.
    Edge = tuple[StageUse | None, Stage]


def find_cycles(build: "Build") -> "list[list[StageUse]]":
    """Return each cycle of stages as the uses that close it; linear in stages and uses."""
    edges: dict[Stage, list[Edge]] = {stage: [] for stage in build.stages}
    for stage in build.stages:
        if stage.base:
            edges[stage].append((None, stage.base))
    for use in build.uses:
        if use.stage:
            edges[use.step.stage].append((use, use.stage))
    cycles: list[list[StageUse]] = []
    # The place of a stage on the current path, -1 once all that it leads to is known.
    places: dict[Stage, int] = {}
    for start in build.stages:
        if start in places:
            continue
        path: list[Stage] = [start]
        taken: list[StageUse | None] = []
        places[start] = 0
        while path:
            stage = path[-1]
            if not edges[stage]:
                places[stage] = -1
                path.pop()
                if taken:
                    taken.pop()
                continue
            edge, target = edges[stage].pop()
            if target not in places:
                places[target] = len(path)
                path.append(target)
                taken.append(edge)
            elif places[target] >= 0:
                cycles.append([use for use in (*taken[places[target] :], edge) if use is not None])
    return cycles
