"""What an image will weigh, before it is built: bytes on disk and to pull, for each instruction that counts.

Layers only grow: what a later instruction removes is weighed all the same.
"""

from dlint.knowledge.sizes import BASE_IMAGES, ImageSize
from dlint.model.amounts import Amount
from dlint.model.base_image import BaseImage
from dlint.model.copy_weight import copy_weight
from dlint.model.install_weight import NO_WEIGHT, UNKNOWN_WEIGHT, Weight, apt_lists, install_weight
from dlint.model.quiet_commands import is_quiet
from dlint.model.stages import Stage, Step
from dlint.parser.dockerfile import ast
from dlint.parser.dockerfile.expansion import UNKNOWN as UNKNOWN_TEXT
from dlint.text import Span

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from dlint.model.build import Build
    from dlint.model.packages import Install

_SHOWN = 3


class Part:
    """One instruction and what it adds.

    *what* names the instruction for people, *unseen* what in it nobody can weigh, *note* what else is
    to be known about the figures.
    """

    __slots__ = ("note", "span", "unseen", "weight", "what")

    def __init__(
        self, span: Span, what: str, weight: Weight, unseen: tuple[str, ...] = (), note: str | None = None
    ) -> None:
        self.note = note
        self.span = span
        self.what = what
        self.weight = weight
        self.unseen = unseen


class StageWeight:
    """A stage whose layers ship, and its parts in file order."""

    __slots__ = ("parts", "stage")

    def __init__(self, stage: Stage, parts: tuple[Part, ...]) -> None:
        self.stage = stage
        self.parts = parts


class Estimate:
    """What the image of a build will weigh, the lowest stage first."""

    __slots__ = ("stages",)

    def __init__(self, stages: tuple[StageWeight, ...]) -> None:
        self.stages = stages

    @property
    def total(self) -> Weight:
        """The whole image."""
        weight = NO_WEIGHT
        for stage in self.stages:
            for part in stage.parts:
                weight = weight + part.weight
        return weight


def estimate(build: "Build") -> Estimate:
    """Return what the target of a build will weigh."""
    return Estimate(tuple(StageWeight(stage, tuple(_parts(build, stage))) for stage in reversed(build.runtime_chain)))


def _parts(build: "Build", stage: Stage) -> "Iterator[Part]":
    if stage.base is None:
        text = stage.image_text.replace(UNKNOWN_TEXT, "?")
        known = _known_image(stage.root)
        note = "as people report it; dlint did not measure it" if known and not known.is_measured else None
        yield Part(stage.instruction.header, f"FROM {text}", base_weight(stage.root), note=note)
    for step in stage.steps:
        if isinstance(step.instruction, ast.Transfer):
            yield Part(step.instruction.header, _title(step.instruction), copy_weight(build, step))
        elif isinstance(step.instruction, ast.Run):
            part = _run(build, step)
            if part is not None:
                yield part


def base_weight(root: BaseImage) -> Weight:
    """Return what a base image weighs."""
    if root.family == "scratch":
        return NO_WEIGHT
    known = _known_image(root)
    return Weight(Amount.table(*known.disk), Amount.table(*known.pull)) if known else UNKNOWN_WEIGHT


def _known_image(root: BaseImage) -> ImageSize | None:
    return BASE_IMAGES.get((root.family or "", root.flavour or ""))


def _run(build: "Build", step: Step) -> Part | None:
    """Return what a RUN adds, None where it is next to nothing."""
    weight = NO_WEIGHT
    names: list[str] = []
    installs = _installs_by_step(build).get(id(step), [])
    for install in installs:
        weight = weight + install_weight(build, install)
        names.append(f"{install.tool} {install.verb}".strip())
    lists = [apt_lists(build, install) for install in installs if install.manager == "apt"]
    if lists:
        weight = weight + lists[0]
    unseen = [command.name for command in step.commands if not is_quiet(command)]
    if step.script is None:
        unseen.append("a script that cannot be read")
    if unseen:
        weight = weight.at_least()
    if not names and not unseen:
        return None
    listed = list(dict.fromkeys((*names, *unseen)))
    what = ", ".join(listed[:_SHOWN]) + (" …" if len(listed) > _SHOWN else "")
    return Part(step.instruction.header, f"RUN {what}", weight, tuple(dict.fromkeys(unseen)))


def _installs_by_step(build: "Build") -> "dict[int, list[Install]]":
    def find() -> "dict[int, list[Install]]":
        found: dict[int, list[Install]] = {}
        for install in build.installs:
            found.setdefault(id(install.step), []).append(install)
        return found

    return build.once("installs by step", find)


def _title(instruction: ast.Transfer) -> str:
    """Return a COPY or ADD without its flags."""
    words = [word.value for word in (*instruction.sources, instruction.destination)]
    keyword = type(instruction).__name__.upper()
    source = instruction.flag("from")
    origin = f"--from={source.value} " if source and source.value else ""
    return f"{keyword} {origin}{' '.join(words)}"
