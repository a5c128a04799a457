"""What the rules about weights and data share where RUNs fetch them."""

from dlint.model.build import Build
from dlint.model.caches import has_variable_mount
from dlint.model.commands import Command
from dlint.model.fetches import DATA, MODEL, Fetch, read_fetch
from dlint.model.hub import hub_downloads
from dlint.model.removals import Removals
from dlint.model.stages import Step
from dlint.parser.dockerfile import ast

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

_HUB_CACHES = ("hugging", "hf", "torch", "model", ".cache", "ollama", "data")


# Classes whose files are small.
_NO_WEIGHTS = ("Tokenizer.", "TokenizerFast.", "Processor.", "Config.", "FeatureExtractor.", "Scheduler.")


def fetches(build: Build, kind: str) -> "Iterator[Fetch]":
    """Yield what RUNs fetch into the image and leave there."""
    for stage in build.runtime_chain:
        for step in stage.instructions(ast.Run):
            if not _is_elsewhere(step):
                removals = None
                for fetch in _of_step(build, step):
                    removals = removals or Removals(step)
                    if fetch.kind == kind and not _is_removed(step, fetch, removals):
                        yield fetch


def _of_step(build: Build, step: Step) -> list[Fetch]:
    found = [fetch for command in step.commands if (fetch := read_fetch(command))]
    return found + build.once("fetched by Python", lambda: _by_python(build)).get(step, [])


def _by_python(build: Build) -> dict[Step, list[Fetch]]:
    """Return what Python code takes from the Hub, once for each command."""
    found: dict[Command, Fetch] = {}
    for download in hub_downloads(build):
        text, where = download.source.text, download.where
        if download.command.name == "python" and not text[max(0, where.start - 40) : where.start].endswith(_NO_WEIGHTS):
            kind = DATA if "dataset" in text[where.start : where.end] else MODEL
            found.setdefault(download.command, Fetch(download.command, kind, download.name, None))
    by_step: dict[Step, list[Fetch]] = {}
    for fetch in found.values():
        by_step.setdefault(fetch.command.step, []).append(fetch)
    return by_step


def _is_removed(step: Step, fetch: Fetch, removals: Removals) -> bool:
    # What the tool keeps in a place of its own may be removed by any of them.
    if fetch.folder is None:
        return bool(step.named("rm", "find", "mv"))
    return removals.may_take(fetch.command, f"{fetch.folder.rstrip('/')}/.")


def _is_elsewhere(step: Step) -> bool:
    """Whether a mount may hold what a RUN fetches."""
    instruction = step.instruction
    assert isinstance(instruction, ast.Run)
    targets = [mount.target or "" for mount in instruction.mounts if mount.type in ("cache", "tmpfs", "bind")]
    return has_variable_mount(step) or any(name in target for target in targets for name in _HUB_CACHES)
