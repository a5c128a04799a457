"""Stages that need each other."""

from dlint.model.build import Build, StageUse
from dlint.model.stages import Stage


def find_cycles(build: Build) -> "list[list[StageUse]]":
    """Return each cycle of stages as the uses that close it, without recursion."""
    outgoing: dict[Stage, list[StageUse]] = {stage: [] for stage in build.stages}
    for use in build.uses:
        if use.stage:
            outgoing[use.step.stage].append(use)
    cycles: list[list[StageUse]] = []
    state: dict[Stage, int] = {}
    for start in build.stages:
        if start in state:
            continue
        path: list[tuple[Stage, list[StageUse]]] = [(start, _edges(start, outgoing))]
        taken: list[StageUse] = []
        state[start] = 1
        while path:
            stage, edges = path[-1]
            if not edges:
                state[stage] = 2
                path.pop()
                if taken:
                    taken.pop()
                continue
            use = edges.pop()
            target = use.stage
            assert target is not None
            if state.get(target) == 1:
                position = next(index for index, item in enumerate(path) if _holds(item[0], target))
                cycles.append([*taken[position:], use])
            elif target not in state:
                state[target] = 1
                taken.append(use)
                path.append((target, _edges(target, outgoing)))
    return cycles


def _edges(stage: Stage, outgoing: "dict[Stage, list[StageUse]]") -> "list[StageUse]":
    """Return the uses of a stage and of the stages it builds on."""
    return [use for part in stage.chain for use in outgoing[part]]


def _holds(stage: Stage, target: Stage) -> bool:
    return target is stage or target in stage.chain
