"""What stands before a command, in its stage and in the local stages below."""

from dlint.model.commands import Command
from dlint.model.stages import Stage, Step

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from dlint.model.build import Build

    Finder = Callable[["Build", Step], "int | None"]

BEFORE_ALL = -1
"""The place of what holds for every command of a step."""


def is_after(build: "Build", command: Command, key: str, finder: "Finder") -> bool:
    """Whether a command stands behind the first thing of a kind that its stage, or one below it, does.

    *finder* returns where a step does it, None for the others; *key* names the kind.
    """
    own = command.step.stage
    for stage in own.chain:
        first = first_place(build, stage, key, finder)
        if first is not None and (stage is not own or first < (command.step.index, command.place)):
            return True
    return False


def first_place(build: "Build", stage: Stage, key: str, finder: "Finder") -> tuple[int, int] | None:
    """Return the step and the place where a stage does something for the first time."""

    def find() -> tuple[int, int] | None:
        for step in stage.steps:
            place = finder(build, step)
            if place is not None:
                return step.index, place
        return None

    return build.once(f"first {key} {stage.index}", find)
