"""The stages of a build: what each is based on, and what holds at each of its instructions."""

from dlint import regex
from dlint.knowledge.base_images import BARE_IMAGES
from dlint.model.base_image import SCRATCH, BaseImage, recognise
from dlint.model.image_reference import ImageReference, parse_reference
from dlint.model.variables import Environment, Variables
from dlint.parser.dockerfile import ast
from dlint.parser.dockerfile.expansion import UNKNOWN
from dlint.text import Source

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import TypeVar

    from dlint.model.commands import Command
    from dlint.parser.shell.ast import Script

    T = TypeVar("T")

DEFAULT_SHELL = ("/bin/sh", "-c")
WINDOWS_SHELL = ("cmd", "/S", "/C")
ROOT_USERS = ("root", "0")
_MAX_KEPT = 30


class Step:
    """One instruction of a stage and what holds just before it.

    *user* and *workdir* are None where they are unknown. *shell* is what runs the shell form.
    """

    __slots__ = (
        "_commands",
        "_exports",
        "_facts",
        "_named",
        "_script",
        "environment",
        "index",
        "inner_scripts",
        "instruction",
        "last_places",
        "shell",
        "stage",
        "user",
        "workdir",
    )

    def __init__(
        self,
        stage: "Stage",
        index: int,
        instruction: ast.Instruction,
        environment: Environment,
        user: str | None,
        workdir: str | None,
        shell: tuple[str, ...],
    ) -> None:
        self.stage = stage
        self.index = index
        self.instruction = instruction
        self.environment = environment
        self.user = user
        self.workdir = workdir
        self.shell = shell
        self._commands: tuple[Command, ...] | None = None
        self._script: tuple[Script | None] | None = None
        self._exports: dict[str, list[tuple[int, str]]] | None = None
        self._named: dict[tuple[str, ...], tuple[Command, ...]] = {}
        self.inner_scripts: list[tuple[Command, Script]] = []
        """Scripts that commands hand to another shell, with these commands; filled when the commands are read."""
        self.last_places: dict[object, int] = {}
        """For those who ask about later commands again and again: where the last one of a kind stands."""
        self._facts: dict[object, object] = {}

    @property
    def script(self) -> "Script | None":
        """The shell script of a RUN, CMD, ENTRYPOINT or HEALTHCHECK, if a sh-like shell reads it."""
        if self._script is None:
            from dlint.model.scripts import read_script

            self._script = (read_script(self),)
        return self._script[0]

    @property
    def commands(self) -> "tuple[Command, ...]":
        """The commands that run, wrappers looked through."""
        if self._commands is None:
            from dlint.model.scripts import read_commands

            self._commands = read_commands(self)
        return self._commands

    def named(self, *names: str) -> "tuple[Command, ...]":
        """Return the commands of these names, in order."""
        found = self._named.get(names)
        if found is None:
            found = self._named[names] = tuple(command for command in self.commands if command.name in names)
        return found

    @property
    def exports(self) -> dict[str, list[tuple[int, str]]]:
        """What the script sets for the commands after it: name to places and values, in order."""
        if self._exports is None:
            self._exports = {}
            for command in self.named("export", ""):
                for word in command.arguments if command.name else command.assignments:
                    name, equals, value = word.value.partition("=")
                    if equals:
                        self._exports.setdefault(name, []).append((command.place, value))
        return self._exports

    def once(self, key: object, compute: "Callable[[], T]") -> "T":
        """Return what *compute* gave the first time a fact with this key was asked for."""
        try:
            return self._facts[key]  # type: ignore[return-value]
        except KeyError:
            value = self._facts[key] = compute()
            return value

    @property
    def after(self) -> "Iterator[Step]":
        """The steps of the same stage that follow."""
        return iter(self.stage.steps[self.index + 1 :])

    def __repr__(self) -> str:
        return f"<Step {self.instruction!r}>"


class Stage:
    """One build stage.

    *base* is the local stage it builds on, else None; then *image* is the external reference,
    or None for ``scratch`` and for names that depend on unknown variables (*is_unknown*).
    """

    __slots__ = (
        "_chain", "base", "candidates", "environment", "image", "image_text", "index", "instruction", "is_unknown",
        "name", "platform", "root", "shell", "source", "steps", "user", "workdir",
    )  # fmt: skip

    def __init__(self, index: int, instruction: ast.From, source: Source) -> None:
        self.index = index
        self.source = source
        self.instruction = instruction
        self.name = instruction.alias.value.lower() if instruction.alias else None
        self.image_text = ""
        """The image as written, variables replaced by their values or UNKNOWN."""
        self.base: Stage | None = None
        self.candidates: tuple[Stage, ...] = ()
        """Local stages it may build on, where the name holds an unknown variable."""
        self.image: ImageReference | None = None
        self.is_unknown = False
        self.platform: str | None = None
        self.root = BaseImage(None)
        """The external image at the bottom of the chain."""
        self.steps: tuple[Step, ...] = ()
        self._chain: tuple[Stage, ...] = ()
        # What holds after the last instruction.
        self.environment = Environment({})
        self.user: str | None = None
        self.workdir: str | None = None
        self.shell: tuple[str, ...] = DEFAULT_SHELL

    @property
    def is_scratch(self) -> bool:
        """Whether it begins with nothing."""
        return self.image_text == "scratch" and self.base is None

    @property
    def chain(self) -> "tuple[Stage, ...]":
        """The stage and the local stages it builds on, itself first."""
        if self._chain:
            return self._chain
        stages, stage = [], self
        while stage is not None:
            stages.append(stage)
            stage = stage.base  # type: ignore[assignment]
        chain = tuple(stages)
        # Keeping all of a file with thousands of stages would take gigabytes.
        if len(chain) <= _MAX_KEPT:
            self._chain = chain
        return chain

    @property
    def label(self) -> str:
        """A name for messages."""
        return self.name or f"stage {self.index}"

    def instructions(self, *kinds: type[ast.Instruction]) -> "Iterator[Step]":
        """Yield the steps with an instruction of these kinds."""
        return (step for step in self.steps if isinstance(step.instruction, kinds))

    def __repr__(self) -> str:
        return f"<Stage {self.label}>"


class StageBuilder:
    """Walks the instructions of a file once and makes its stages."""

    def __init__(
        self, source: Source, variables: Variables, global_values: dict[str, str], build_args: dict[str, str]
    ) -> None:
        self.source = source
        self.variables = variables
        self.global_values = global_values
        self.build_args = build_args
        self.stages: list[Stage] = []
        self.by_name: dict[str, Stage] = {}
        self.shell_comments: list[tuple[int, str]] = []
        """Place and shell of comments that say what runs the lines below them."""
        self.default_shell: tuple[str, ...] | None = None

    def add(self, instruction: ast.From, body: list[ast.Instruction]) -> Stage:
        """Add the stage that *instruction* begins."""
        stage = Stage(len(self.stages), instruction, self.source)
        if not self.stages:
            self.default_shell = self.commented_shell(instruction.start)
        self._resolve(stage)
        walk = _Walk(stage, self)
        stage.steps = tuple(walk.step(index, inner) for index, inner in enumerate(body))
        stage.environment, stage.user = walk.environment, walk.user
        stage.workdir, stage.shell = walk.workdir, walk.shell
        self.stages.append(stage)
        if stage.name:
            self.by_name[stage.name] = stage
        return stage

    def commented_shell(self, before: int) -> tuple[str, ...] | None:
        """Return the shell named by the last comment above an offset that was not asked for yet."""
        shell = None
        while self.shell_comments and self.shell_comments[0][0] < before:
            shell = (self.shell_comments.pop(0)[1],)
        return shell

    def _resolve(self, stage: Stage) -> None:
        instruction = stage.instruction
        if instruction.platform and instruction.platform.value:
            flag = instruction.platform
            word = ast.Word(flag.value or "", flag.value_start, flag.end)
            stage.platform = self.variables.expand(word, self.global_values)
        text = stage.image_text = self.variables.expand(instruction.image, self.global_values)
        stage.base = self.by_name.get(text)
        if stage.base:
            stage.root = stage.base.root
        elif text == "scratch":
            stage.root = SCRATCH
        elif UNKNOWN in text:
            stage.is_unknown = True
            stage.candidates = self._candidates(text)
        else:
            stage.image = parse_reference(text)
            stage.is_unknown = stage.image is None
            if stage.image:
                stage.root = recognise(stage.image)

    def _candidates(self, text: str) -> tuple[Stage, ...]:
        pattern = regex.compile(".*".join(regex.escape(part) for part in text.split(UNKNOWN)))
        return tuple(stage for name, stage in self.by_name.items() if pattern.fullmatch(name))


class _Walk:
    """The state that instructions of a stage change."""

    def __init__(self, stage: Stage, builder: StageBuilder) -> None:
        self.stage = stage
        self.builder = builder
        self.shell: tuple[str, ...]
        base = stage.base
        if base:
            self.environment, self.user = base.environment, base.user
            self.workdir, self.shell = base.workdir, base.shell
            self._run_triggers(base)
            return
        root = stage.root
        names, is_complete = root.environment()
        values = dict.fromkeys(names, UNKNOWN) | {"PATH": UNKNOWN}
        self.environment = Environment(values, is_open=not is_complete)
        self.user = root.user
        self.workdir = "/" if root.family in BARE_IMAGES else None
        self.shell = builder.default_shell or (WINDOWS_SHELL if root.is_windows else DEFAULT_SHELL)

    def step(self, index: int, instruction: ast.Instruction) -> Step:
        """Return the step for an instruction, and change the state for the next one."""
        self.shell = self.builder.commented_shell(instruction.start) or self.shell
        step = Step(self.stage, index, instruction, self.environment, self.user, self.workdir, self.shell)
        change = _CHANGES.get(type(instruction))
        if change:
            change(self, instruction)
        return step

    def _run_triggers(self, base: Stage) -> None:
        """Do what the ONBUILD instructions of the base do at the start of a stage built on it."""
        for step in base.steps:
            if isinstance(step.instruction, ast.Onbuild):
                change = _CHANGES.get(type(step.instruction.trigger))
                if change:
                    change(self, step.instruction.trigger)

    def _env(self, instruction: ast.Env) -> None:
        expand = self.builder.variables.expand
        pairs = {}
        for pair in instruction.pairs:
            key = expand(pair.key, self.environment)
            pairs[key] = expand(pair.value, self.environment) if pair.value else ""
        self.environment = self.environment.with_env(pairs)

    def _arg(self, instruction: ast.Arg) -> None:
        for pair in instruction.pairs:
            name = pair.key.value
            value = self.builder.build_args.get(name)
            if value is None and pair.value is not None:
                value = self.builder.variables.expand(pair.value, self.environment)
            if value is None:
                value = self.builder.global_values.get(name)
            # Without a default it is whatever the build command gives.
            self.environment = self.environment.with_args({name: UNKNOWN if value is None else value})

    def _user(self, instruction: ast.User) -> None:
        value = self.builder.variables.expand(instruction.value, self.environment)
        self.user = None if UNKNOWN in value else value

    def _workdir(self, instruction: ast.Workdir) -> None:
        value = self.builder.variables.expand(instruction.value, self.environment)
        if UNKNOWN in value:
            self.workdir = None
        elif value.startswith(("/", "\\")) or value[1:2] == ":":
            self.workdir = value
        elif self.workdir is not None:
            self.workdir = f"{self.workdir.rstrip('/')}/{value}"

    def _shell(self, instruction: ast.Shell) -> None:
        self.shell = tuple(word.value for word in instruction.json or ())


_CHANGES: "dict[type[ast.Instruction], Callable[..., None]]" = {
    ast.Env: _Walk._env, ast.Arg: _Walk._arg, ast.User: _Walk._user,
    ast.Workdir: _Walk._workdir, ast.Shell: _Walk._shell,
}  # fmt: skip
