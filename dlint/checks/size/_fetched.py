"""What the rules about weights and data share where RUNs fetch them."""

from dlint.model.build import Build
from dlint.model.caches import has_variable_mount
from dlint.model.fetches import Fetch, read_fetch
from dlint.model.removals import Removals
from dlint.model.stages import Step
from dlint.parser.dockerfile import ast

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

_HUB_CACHES = ("hugging", "hf", "torch", "model", ".cache", "ollama", "data")


def fetches(build: Build, kind: str) -> "Iterator[Fetch]":
    """Yield what RUNs fetch into the image and leave there."""
    for stage in build.runtime_chain:
        for step in stage.instructions(ast.Run):
            removals = None
            for command in step.commands:
                fetch = read_fetch(command)
                if fetch is None or fetch.kind != kind or _is_elsewhere(step):
                    continue
                removals = removals or Removals(step)
                # What the tool keeps in a place of its own may be removed by any of them.
                if fetch.folder is None and step.named("rm", "find", "mv"):
                    continue
                if fetch.folder is None or not removals.may_take(command, f"{fetch.folder.rstrip('/')}/."):
                    yield fetch


def _is_elsewhere(step: Step) -> bool:
    """Whether a mount may hold what a RUN fetches."""
    instruction = step.instruction
    assert isinstance(instruction, ast.Run)
    targets = [mount.target or "" for mount in instruction.mounts if mount.type in ("cache", "tmpfs", "bind")]
    return has_variable_mount(step) or any(name in target for target in targets for name in _HUB_CACHES)
