"""The model of one build: everything rules ask about a Dockerfile and how it is built."""

from dlint.model.image_reference import parse_reference
from dlint.model.invocation import Invocation
from dlint.model.stages import Stage, StageBuilder, Step
from dlint.model.variables import Variables, platform_arguments
from dlint.parser.dockerfile import ast
from dlint.parser.dockerfile.ast import Dockerfile
from dlint.parser.dockerfile.expansion import UNKNOWN
from dlint.regex import lazy

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import TypeVar

    from dlint.model.commands import Command
    from dlint.model.context import BuildContext
    from dlint.model.environment import Request
    from dlint.model.image_reference import ImageReference
    from dlint.model.packages import Install
    from dlint.model.role import Role
    from dlint.model.server import Server

    T = TypeVar("T")

_TO_DLINT = lazy(r"(?m)^[ \t]*#[ \t]*dlint:.*$")


class StageUse:
    """One use of another stage or an image: ``COPY --from`` or a mount's ``from=``.

    *stage* is the local stage, *image* the external image; both are None where the name is
    unknown.
    """

    __slots__ = ("image", "stage", "step", "word")

    def __init__(self, step: Step, word: ast.Word, stage: Stage | None, image: "ImageReference | None") -> None:
        self.step = step
        self.word = word
        self.stage = stage
        self.image = image


class Build:
    """A Dockerfile under one Invocation. Read only; each fact is computed when first asked for."""

    def __init__(self, dockerfile: Dockerfile, invocation: Invocation | None = None) -> None:
        self.dockerfile = dockerfile
        self.source = dockerfile.source
        self.invocation = invocation or Invocation(dockerfile.source.path)
        self.variables = Variables(dockerfile.escape)
        self.global_args: list[ast.Arg] = []
        self.misplaced: list[ast.Instruction] = []
        """Instructions before the first FROM that are not ARG."""
        self.global_values = platform_arguments(self.invocation.platform)
        """What FROM can refer to: platform arguments, and global ARGs with a value."""
        self.global_names: set[str] = set(self.global_values)
        self.stages = self._read_stages()
        self._cache: dict[object, object] = {}

    def _read_stages(self) -> tuple[Stage, ...]:
        builder = StageBuilder(self.source, self.variables, self.global_values, self.invocation.build_args)
        builder.shell_comments = _shell_comments(self.dockerfile)
        start: ast.From | None = None
        body: list[ast.Instruction] = []
        for instruction in self.dockerfile.instructions:
            if isinstance(instruction, ast.From):
                if start:
                    builder.add(start, body)
                start, body = instruction, []
            elif start:
                body.append(instruction)
            elif isinstance(instruction, ast.Arg):
                self._global_arg(instruction)
            elif not isinstance(instruction, ast.Invalid):
                self.misplaced.append(instruction)
        if start:
            builder.add(start, body)
        self._by_name = builder.by_name
        return tuple(builder.stages)

    def _global_arg(self, instruction: ast.Arg) -> None:
        self.global_args.append(instruction)
        for pair in instruction.pairs:
            name = pair.key.value
            self.global_names.add(name)
            value = self.invocation.build_args.get(name)
            if value is None and pair.value is not None:
                value = self.variables.expand(pair.value, self.global_values)
                # ARG NAME=${NAME}: people mean that it has to be given.
                if not value and name in pair.value.value:
                    value = None
            # Without a default it is whatever the build command gives.
            self.global_values[name] = UNKNOWN if value is None else value

    # Stages ----------------------------------------------------------------------------

    @property
    def target(self) -> Stage | None:
        """The stage that is built: ``--target``, or the last one."""
        name = self.invocation.target
        if name:
            return self.stage_named(name)
        return self.stages[-1] if self.stages else None

    @property
    def runtime_chain(self) -> tuple[Stage, ...]:
        """The stages whose layers ship: the target and those it builds on."""
        return self.target.chain if self.target else ()

    def stage_named(self, name: str) -> Stage | None:
        """Return the stage with a name or index, as COPY --from finds it."""
        if name.isascii() and name.isdigit():
            index = int(name[:9])
            return self.stages[index] if index < len(self.stages) else None
        return self._by_name.get(name.lower())

    @property
    def uses(self) -> tuple[StageUse, ...]:
        """Every COPY --from and mount from=, in file order."""
        return self.once("uses", self._find_uses)

    def _find_uses(self) -> tuple[StageUse, ...]:
        uses = []
        for step in self.steps(ast.Copy, ast.Run):
            for word in _from_words(step.instruction):
                stage = self.stage_named(word.value)
                is_plain = "$" not in word.value and not word.value.isdigit()
                image = parse_reference(word.value) if stage is None and is_plain else None
                uses.append(StageUse(step, word, stage, image))
        return tuple(uses)

    @property
    def reachable(self) -> frozenset[Stage]:
        """The stages that building the target needs."""
        return self.once("reachable", self._find_reachable)

    def _find_reachable(self) -> frozenset[Stage]:
        edges: dict[Stage, list[Stage]] = {stage: list(stage.candidates) for stage in self.stages}
        for stage in self.stages:
            if stage.base:
                edges[stage].append(stage.base)
        for use in self.uses:
            if use.stage:
                edges[use.step.stage].append(use.stage)
        found: set[Stage] = set()
        waiting = [self.target] if self.target else []
        while waiting:
            stage = waiting.pop()
            if stage not in found:
                found.add(stage)
                waiting.extend(edges[stage])
        return frozenset(found)

    # Instructions ----------------------------------------------------------------------

    def steps(self, *kinds: type[ast.Instruction]) -> "Iterator[Step]":
        """Yield the steps of all stages, of these kinds if any are named."""
        return iter(self.once(kinds, lambda: self._find_steps(kinds)))

    def _find_steps(self, kinds: tuple[type[ast.Instruction], ...]) -> tuple[Step, ...]:
        return tuple(
            step for stage in self.stages for step in stage.steps if not kinds or isinstance(step.instruction, kinds)
        )

    def commands(self, *names: str) -> "Iterator[Command]":
        """Yield the commands of all RUNs, of these names if any are given, in file order."""
        every, places = self.once("commands", self._find_commands)
        if not names:
            return iter(every)
        if len(names) == 1:
            return map(every.__getitem__, places.get(names[0], ()))
        return map(every.__getitem__, sorted(place for name in {*names} for place in places.get(name, ())))

    def _find_commands(self) -> "tuple[tuple[Command, ...], dict[str, list[int]]]":
        """Return all commands, and by name which of them they are."""
        every = tuple(command for step in self.steps(ast.Run) for command in step.commands)
        places: dict[str, list[int]] = {}
        for place, command in enumerate(every):
            places.setdefault(command.name, []).append(place)
        return every, places

    @property
    def installs(self) -> "tuple[Install, ...]":
        """Every package installation in a RUN, in file order."""
        return self.once("installs", self._find_installs)

    def _find_installs(self) -> "tuple[Install, ...]":
        from dlint.model.installs import read_install

        found = (read_install(command) for command in self.commands())
        return tuple(install for install in found if install)

    @property
    def requests(self) -> "tuple[Request, ...]":
        """Every Python package the build asks for, on command lines and in files, in file order."""
        from dlint.model.environment import find_requests

        return self.once("requests", lambda: find_requests(self))

    def final(self, kind: type[ast.Instruction]) -> Step | None:
        """Return the step of this kind that counts in the target: the last one in its chain.

        An empty ENTRYPOINT counts as none, and an ENTRYPOINT takes back the CMD of the stages below it.
        """
        for stage in self.runtime_chain:
            for step in reversed(stage.steps):
                if isinstance(step.instruction, kind):
                    return None if step.instruction.json == () else step
            if kind is ast.Cmd and any(isinstance(step.instruction, ast.Entrypoint) for step in stage.steps):
                return None
        return None

    # Everything else -------------------------------------------------------------------

    @property
    def context(self) -> "BuildContext":
        """The build context; one that knows nothing where it is unknown."""
        from dlint.model.context import BuildContext

        return self.once("context", lambda: BuildContext(self.invocation))

    @property
    def cycles(self) -> "list[list[StageUse]]":
        """Stages that need each other, each cycle as the uses that close it."""
        from dlint.model.cycles import find_cycles

        return self.once("cycles", lambda: find_cycles(self))

    @property
    def uses_in_cycles(self) -> "frozenset[StageUse]":
        """All uses that are part of a cycle."""
        return self.once("uses_in_cycles", lambda: frozenset(use for cycle in self.cycles for use in cycle))

    @property
    def started(self) -> "tuple[Command, ...]":
        """What a container of the target starts: ENTRYPOINT and CMD as one; see dlint.model.start."""
        from dlint.model.start import read_start

        return self.once("started", lambda: read_start(self))

    @property
    def server(self) -> "Server | None":
        """The server a container of the target runs, None if it runs something else or nobody knows."""
        from dlint.model.server import read_server

        return self.once("server", lambda: read_server(self))

    @property
    def role(self) -> "Role":
        """What the image is for, as far as the files tell."""
        from dlint.model.role import find_role

        return self.once("role", lambda: find_role(self))

    @property
    def prose(self) -> str:
        """The text of the file without comments to dlint, which name what is not there."""
        text = self.source.text
        return _TO_DLINT.sub("", text) if "dlint:" in text else text

    def once(self, name: object, compute: "Callable[[], T]") -> "T":
        """Return what *compute* gave the first time a fact of this name was asked for."""
        try:
            return self._cache[name]  # type: ignore[return-value]
        except KeyError:
            value = self._cache[name] = compute()
            return value


def _shell_comments(dockerfile: Dockerfile) -> list[tuple[int, str]]:
    """Return place and value of the comments that tell hadolint the shell; they help dlint too."""
    found = []
    for comment in dockerfile.comments:
        if comment.text.startswith("hadolint") and not comment.inside:
            kind, equals, shell = comment.text[len("hadolint") :].partition("=")
            if equals and kind.strip() == "shell":
                found.append((comment.start, shell.strip()))
    return found


def _from_words(instruction: ast.Instruction) -> "Iterator[ast.Word]":
    if isinstance(instruction, ast.Copy):
        flag = instruction.from_flag
        if flag and flag.value:
            yield ast.Word(flag.value, flag.value_start, flag.end)
    elif isinstance(instruction, ast.Run) and instruction.flags:
        for mount in instruction.mounts:
            word = mount.options.get("from")
            if word:
                yield word
