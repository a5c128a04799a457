"""What COPY and ADD put into a layer: files of the context, of other stages, and of images."""

import posixpath

from dlint.knowledge.files import is_data, is_weights
from dlint.knowledge.sizes import TEXT_PULL, UV_BINARY
from dlint.model.amounts import Amount
from dlint.model.container_paths import absolute, transfers, working_directory
from dlint.model.fillings import environment_folder
from dlint.model.install_weight import NO_WEIGHT, PYTHON, UNKNOWN_WEIGHT, Weight, environment_weight
from dlint.model.quiet_commands import is_quiet
from dlint.model.stages import Stage, Step
from dlint.parser.dockerfile import ast
from dlint.parser.dockerfile.expansion import UNKNOWN as UNKNOWN_TEXT

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from dlint.model.build import Build, StageUse
    from dlint.model.packages import Install

_COMPRESSED = (
    ".gz", ".tgz", ".bz2", ".xz", ".zst", ".zip", ".whl", ".jar", ".7z", ".png", ".jpg", ".jpeg", ".gif", ".webp",
    ".mp4", ".mp3", ".ogg", ".woff2", ".pdf", ".conda", ".deb", ".rpm", ".pack",
)  # fmt: skip
_ARCHIVES = (".tar", ".tar.gz", ".tgz", ".tar.bz2", ".tar.xz", ".tar.zst")
_MAX_CHAIN = 50
_MAX_PLACED = 1000
# A venv begins with pip and links to Python.
_EMPTY_ENVIRONMENT_BYTES = 30_000_000


def copy_weight(build: "Build", step: Step) -> Weight:
    """Return what a COPY or ADD adds to its layer."""
    instruction = step.instruction
    assert isinstance(instruction, ast.Transfer)
    if instruction.flag("from"):
        return _from_stage(build, step, instruction)
    items = transfers(build, step)
    heredocs = sum("<<" in word.value for word in instruction.sources)
    if len(items) + heredocs < len(instruction.sources) or (items and not build.context.is_known):
        # An address, a variable, or a context nobody knows.
        return UNKNOWN_WEIGHT
    weight = NO_WEIGHT
    for item in items:
        weight = weight + _from_context(build, item.source, is_add=isinstance(instruction, ast.Add))
    return weight


def _from_context(build: "Build", source: str, *, is_add: bool) -> Weight:
    entries = [entry for entry in build.context.copied(source) if not entry.is_folder]
    if not entries and not build.context.find(source):
        # It may be made before the build.
        return UNKNOWN_WEIGHT
    size = sum(entry.size for entry in entries)
    packed = sum(entry.size for entry in entries if _is_packed(entry.name))
    pull = Amount(int(packed * 0.9 + (size - packed) * TEXT_PULL), size, "measured")
    weight = Weight(Amount(size, size, "measured"), pull)
    if is_add and any(entry.name.endswith(_ARCHIVES) for entry in entries):
        return weight.at_least()
    return weight if build.context.is_complete else weight.at_least()


def _is_packed(name: str) -> bool:
    return (
        name.endswith(_COMPRESSED)
        or is_weights(name)
        or (is_data(name) and not name.endswith((".csv", ".json", ".jsonl", ".tsv")))
    )


# From another stage -----------------------------------------------------------------------


def _from_stage(build: "Build", step: Step, instruction: ast.Transfer) -> Weight:
    uses: dict[int, StageUse] = build.once("uses by step", lambda: {id(use.step): use for use in build.uses})
    use = uses.get(id(step))
    if use is not None and use.image is not None and use.image.name == "ghcr.io/astral-sh/uv":
        names = {posixpath.basename(word.value) for word in instruction.sources}
        return (
            Weight(Amount.table(*UV_BINARY.disk), Amount.table(*UV_BINARY.pull))
            if names <= {"uv", "uvx"}
            else UNKNOWN_WEIGHT
        )
    if use is None or use.stage is None:
        return UNKNOWN_WEIGHT
    weight = NO_WEIGHT
    for word in instruction.sources:
        path = build.variables.expand(word, step.environment)
        place = absolute(path, "/") if UNKNOWN_TEXT not in path else None
        weight = weight + (_below(build, use.stage, place) if place and "*" not in place else UNKNOWN_WEIGHT)
    return weight


def _below(build: "Build", stage: Stage, path: str) -> Weight:
    """Return what a stage has put below a path; unknown commands may have put more there."""
    placed = _placed(build, stage)
    found = [each for each in placed if _is_below(each.path, path)] if len(placed) <= _MAX_PLACED else []
    if not found:
        return UNKNOWN_WEIGHT
    weight = NO_WEIGHT
    for each in found:
        weight = weight + each.weight
    is_environment = all(each.path == path for each in found) and any(each.is_environment for each in found)
    if is_environment:
        more = Amount.table(0, _EMPTY_ENVIRONMENT_BYTES)
        weight = weight + Weight(more, more)
    return weight if is_environment or (path != "/" and _is_closed(build, stage)) else weight.at_least()


class _Placed:
    """What one instruction of a stage has put at a path."""

    __slots__ = ("is_environment", "path", "weight")

    def __init__(self, path: str, weight: Weight, *, is_environment: bool) -> None:
        self.path = path
        self.weight = weight
        self.is_environment = is_environment


def _placed(build: "Build", stage: Stage) -> list[_Placed]:
    """Return what a stage and those below it have put where, as far as that can be seen."""
    return build.once(
        f"placed {stage.index}", lambda: [*_environments(build, stage), *_copies(build, stage)][: _MAX_PLACED + 1]
    )


def _is_closed(build: "Build", stage: Stage) -> bool:
    """Whether all that a stage and those below it do can be seen."""
    chain = stage.chain[:_MAX_CHAIN]
    return build.once(f"closed {stage.index}", lambda: all(_is_quiet(step) for each in chain for step in each.steps))


def _is_quiet(step: Step) -> bool:
    return not isinstance(step.instruction, ast.Run) or all(is_quiet(command) for command in step.commands)


def _environments(build: "Build", stage: Stage) -> "Iterator[_Placed]":
    """Yield the environments of a stage, and what is installed into them."""
    by_stage = _installs_by_stage(build)
    for install in (install for each in stage.chain[:_MAX_CHAIN] for install in by_stage.get(each.index, ())):
        folder = environment_folder(install)
        place = absolute(folder, working_directory(install.command)) if folder else None
        if place:
            weight = environment_weight(build, install)
            yield _Placed(place, weight.at_most() if install.is_conditional else weight, is_environment=True)


def _installs_by_stage(build: "Build") -> "dict[int, list[Install]]":
    def find() -> "dict[int, list[Install]]":
        found: dict[int, list[Install]] = {}
        for install in build.installs:
            if install.manager in PYTHON:
                found.setdefault(install.step.stage.index, []).append(install)
        return found

    return build.once("python installs by stage", find)


def _copies(build: "Build", stage: Stage) -> "Iterator[_Placed]":
    """Yield what COPYs from the context have put where."""
    if not build.context.is_known:
        return
    for each in stage.chain[:_MAX_CHAIN]:
        for step in each.instructions(ast.Copy, ast.Add):
            for item in transfers(build, step):
                if item.destination:
                    weight = _from_context(build, item.source, is_add=isinstance(step.instruction, ast.Add))
                    yield _Placed(item.destination, weight, is_environment=False)


def _is_below(place: str, path: str) -> bool:
    return place == path or place.startswith(path.rstrip("/") + "/")
