"""Where a stage can be cut into a base, a builder and what ships, and what each of them holds.

The base is everything above the first instruction that installs or compiles; the builder ends with the last one.
What the builder does for the running container is said again in the stage that ships.
"""

from dlint.model.container_paths import absolute
from dlint.model.environment import PYTHON_MANAGERS
from dlint.parser.dockerfile import ast
from dlint.rewrites.compiled_later import check_paths, check_programs, check_rest
from dlint.rewrites.leaving import Left
from dlint.rewrites.places import with_comments
from dlint.rewrites.python_place import PythonPlace, python_place
from dlint.rewrites.runtime_packages import RuntimePackages
from dlint.rewrites.system_text import is_only_apt

TYPE_CHECKING = False
if TYPE_CHECKING:
    from dlint.model.build import Build
    from dlint.model.packages import Install
    from dlint.model.stages import Stage, Step

_STATE = (ast.Env, ast.Workdir, ast.Shell, ast.Label)
_ROOTS = ("root", "0")
_MANIFESTS = ("requirements", "constraints")
# Their effect is wanted in the container, and makes no difference in the builder.
_REPEATED = frozenset({"mkdir", "useradd", "groupadd", "adduser", "addgroup"})
# What may stand beside an installation: it leaves nothing outside of the environment that anybody needs.
_BESIDE = frozenset({"pip", "uv", "venv", "virtualenv", "cd", "export", "set", "rm", "find", ".", "source", "", "echo"})


class Split:
    """A stage, cut: offsets of the file, and the lines that are new."""

    def __init__(self, stage: "Stage", place: PythonPlace, packages: RuntimePackages) -> None:
        self.stage = stage
        self.place = place
        self.packages = packages
        self.alias = stage.instruction.alias.value if stage.instruction.alias else None
        self.base_name = "base"
        self.builder_name = "builder"
        self.has_base = True
        """Whether something stands above the builder that both stages need."""
        self.builder_start = 0
        self.builder_end = 0
        self.venv_start: int | None = None
        """Where the environment is made, None where the file does so itself."""
        self.repeated: list[str] = []
        """The instructions that begin the stage that ships."""


def split(build: "Build", stage: "Stage", tools: "list[Install]") -> Split:
    """Return how a stage is cut; raises Left."""
    return _Cutting(build, stage, tools).cut()


class _Cutting:
    def __init__(self, build: "Build", stage: "Stage", tools: "list[Install]") -> None:
        self.build = build
        self.stage = stage
        self.tool_installs = tools
        self.installs: dict[Step, list[Install]] = {}
        for install in build.installs:
            if install.step.stage is stage:
                self.installs.setdefault(install.step, []).append(install)
        self._known_base()
        check_programs(build, stage)
        self.place = python_place(build, stage)
        self.packages = RuntimePackages(build, stage)
        self.found = Split(stage, self.place, self.packages)

    def cut(self) -> Split:
        steps = self.stage.steps
        managers = {step: {each.manager for each in self.installs.get(step, ())} for step in steps}
        python = [step for step in steps if not managers[step].isdisjoint(PYTHON_MANAGERS)]
        if not python:
            raise Left("nothing here installs Python packages, so what is compiled is not known")
        needed = {step.index for step in (*python, *(each.step for each in self.tool_installs), *self.place.makers)}
        first, last = self._with_their_files(min(needed)), max(needed)
        for step in steps[: last + 1]:
            if isinstance(step.instruction, ast.User) and step.instruction.value.value not in _ROOTS:
                raise Left("another user than root installs", step.instruction.span)
        if self.place.is_new:
            check_paths(self.build, self.stage)
        check_rest(self.build, steps[last + 1 :])
        self.found.has_base = first > 0 or self.place.is_new
        self._names()
        self._repeat(steps[first : last + 1], steps[last + 1 :])
        self._places(steps[first : last + 1], python[0])
        return self.found

    # What has to hold ------------------------------------------------------------------

    def _known_base(self) -> None:
        stage, root = self.stage, self.stage.root
        span = stage.instruction.image.span
        if stage.base is not None:
            raise Left("the stage builds on another stage of the file", span)
        if root.family != "python" or root.flavour != "slim" or root.libc != "glibc":
            raise Left(
                f"it is done for the slim images of Python, and what else {stage.instruction.image.value} holds "
                "is not known",
                span,
            )
        for install in self.tool_installs:
            if install.manager != "apt" or install.command.is_partial or install.is_conditional:
                raise Left("what is installed depends on a condition or a list", install.span)
            if any("$" in package.name or package.is_local or "*" in package.name for package in install.packages):
                raise Left("a variable, a pattern or a file says what is installed", install.span)
        for use in self.build.uses:
            if use.stage is stage:
                raise Left("another stage copies from this one", use.word.span)
        if any(each.base is stage for each in self.build.stages):
            raise Left("another stage builds on this one", span)

    # Cutting -------------------------------------------------------------------------------

    def _with_their_files(self, first: int) -> int:
        """Return the first step of the builder: what stands right above and is there for it belongs to it."""
        steps = self.stage.steps
        start = first
        for index in range(first - 1, -1, -1):
            instruction = steps[index].instruction
            if isinstance(instruction, ast.Copy):
                if not self._is_manifest_copy(instruction) and not self._is_uv_copy(instruction):
                    break
                start = index
            elif isinstance(instruction, ast.Run):
                if not self._is_update(steps[index]):
                    break
                start = index
            elif not isinstance(instruction, ast.Workdir):
                break
        return start

    def _is_update(self, step: "Step") -> bool:
        """Whether a RUN only fetches package lists, which nothing but the tools needs."""
        return bool(step.commands) and all(
            command.name in ("apt-get", "apt") and command.values() == ["update"] for command in step.commands
        )

    def _is_uv_copy(self, instruction: ast.Transfer) -> bool:
        """Whether it brings uv, which only the installation calls."""
        if not instruction.flag("from"):
            return False
        later = [command.name for step in self.stage.steps for command in step.commands
                 if not isinstance(step.instruction, ast.Run)]  # fmt: skip
        return "uv" not in later and all(word.value.rpartition("/")[2] in ("uv", "uvx") for word in instruction.sources)

    def _is_manifest_copy(self, instruction: ast.Transfer) -> bool:
        return not instruction.flag("from") and all(
            word.value.rpartition("/")[2].startswith(_MANIFESTS) for word in instruction.sources
        )

    def _names(self) -> None:
        taken = {stage.name for stage in self.build.stages if stage is not self.stage}
        if self.found.alias and self.found.alias.lower() in ("base", "builder"):
            raise Left(f"the stage is called {self.found.alias}", self.stage.instruction.span)
        if "base" in taken:
            self.found.base_name = "python-base"
        if "builder" in taken:
            self.found.builder_name = "python-builder"
        if {self.found.base_name, self.found.builder_name} & taken:
            raise Left("the names of the new stages are taken")

    def _repeat(self, builder: "tuple[Step, ...]", rest: "tuple[Step, ...]") -> None:
        """Collect what the stage that ships has to say again, and what it copies."""
        found = self.found
        copies: list[str] = []
        later = "\n".join(step.instruction.line.text for step in rest)
        state: list[str] = []
        is_whole = self._builds_in_place(builder)
        folder: str | None = None
        for step in builder:
            instruction = step.instruction
            text = self._text(instruction)
            if isinstance(instruction, ast.Run):
                again = self._run_again(step)
                if again:
                    state.append(again)
            elif isinstance(instruction, _STATE):
                if isinstance(instruction, ast.Workdir) and copies:
                    raise Left("WORKDIR changes between what is copied", instruction.span)
                state.append(text)
            elif isinstance(instruction, ast.Arg):
                if any(pair.key.value in later for pair in instruction.pairs):
                    state.append(text)
            elif isinstance(instruction, ast.Transfer):
                if self._is_for_builder(instruction):
                    continue
                if is_whole:
                    folder = self._whole_folder(step, folder)
                else:
                    copies.append(text)
            else:
                raise Left(f"{instruction.keyword} stands between what is installed", instruction.span)
        found.repeated = self._joined(state, copies, folder)

    def _joined(self, state: list[str], copies: list[str], folder: str | None) -> list[str]:
        found, environment = self.found, self.place.path
        own = (
            []
            if folder and f"{environment}/".startswith(f"{folder}/")
            else [f"COPY --from={found.builder_name} {environment} {environment}"]
        )
        if folder:
            own.append(f"COPY --from={found.builder_name} {folder} {folder}")
        # PATH and the like, which name the environment, may stand behind it.
        before = [line for line in state if not (self.place.is_uv and line.startswith("ENV"))]
        return [*before, *own, *(line for line in state if line not in before), *copies]

    def _text(self, instruction: ast.Instruction) -> str:
        return self.build.source.text[instruction.start : instruction.end]

    def _is_for_builder(self, instruction: ast.Transfer) -> bool:
        """Whether only the installation reads what is copied."""
        if instruction.flag("from"):
            return self._is_uv_copy(instruction)
        names = [word.value.rpartition("/")[2] for word in instruction.sources]
        known: tuple[str, ...] = ("uv.lock", "poetry.lock", ".python-version")
        if self.place.is_uv and self._copies_everything():
            known = (*known, "pyproject.toml", "README.md")
        folders = [word.value.removeprefix("./") for word in instruction.sources]
        return all(
            name.startswith(_MANIFESTS) or name in known or (folder.startswith(_MANIFESTS) and name.endswith(".txt"))
            for name, folder in zip(names, folders, strict=True)
        )

    def _copies_everything(self) -> bool:
        """Whether the whole context is copied, the files that name packages among it."""
        return any(
            word.value in (".", "./")
            for step in self.stage.steps
            if isinstance(step.instruction, ast.Transfer)
            for word in step.instruction.sources
        )

    def _builds_in_place(self, builder: "tuple[Step, ...]") -> bool:
        """Whether the environment refers to the source, or something is compiled beside it."""
        for step in builder:
            for install in self.installs.get(step, ()):
                if install.manager == "pip" and install.arguments.has("-e", "--editable"):
                    return True
                if install.verb == "sync" and not install.arguments.has("--no-install-project", "--no-editable"):
                    return any(
                        isinstance(other.instruction, ast.Transfer) and not self._is_for_builder(other.instruction)
                        for other in builder
                        if other.index < step.index
                    )
        return False

    def _whole_folder(self, step: "Step", folder: str | None) -> str:
        instruction = step.instruction
        assert isinstance(instruction, ast.Transfer)
        place = absolute(self.build.variables.expand(instruction.destination, step.environment), step.workdir)
        workdir = step.workdir
        if not place or not workdir or workdir == "/" or not f"{place}/".startswith(f"{workdir}/"):
            raise Left("the source that is installed in place is not in a folder of its own", instruction.span)
        if folder not in (None, workdir):
            raise Left("the source that is installed in place is in several folders", instruction.span)
        return workdir

    def _run_again(self, step: "Step") -> str | None:
        """Return what of a RUN the stage that ships needs, None if nothing; what nobody knows declines."""
        installs = self.installs.get(step, [])
        names = {command.name for command in step.commands}
        unknown = next((each.name for each in step.commands if each.name not in _REPEATED), "")
        if len(installs) == 1 and installs[0].manager == "apt" and is_only_apt(installs[0]):
            return self.packages.run(installs[0])
        if installs and all(each.manager in PYTHON_MANAGERS for each in installs):
            unknown = next((each.name for each in step.commands if each.name not in _BESIDE or each.redirections), "")
            if not unknown:
                return None
        elif (step in self.place.makers and names <= _BESIDE) or self._is_update(step):
            return None
        elif names and not unknown:
            return self._text(step.instruction)
        raise Left(f"what {unknown or 'this'} leaves outside of the environment is not known", step.instruction.span)

    def _places(self, builder: "tuple[Step, ...]", python: "Step") -> None:
        found, text = self.found, self.build.source.text
        found.builder_start = with_comments(text, builder[0].instruction.start)
        end = text.find("\n", builder[-1].instruction.end)
        if end < 0:
            raise Left("nothing follows what is installed")
        found.builder_end = end + 1
        if self.place.is_new:
            first = next((step for step in builder if self._belongs_to_python(step, python)), python)
            found.venv_start = with_comments(text, first.instruction.start)

    def _belongs_to_python(self, step: "Step", python: "Step") -> bool:
        """Whether a step leads up to the first installation: the folder, the files, and itself."""
        between = self.stage.steps[step.index : python.index]
        return step is python or (
            step.index < python.index
            and all(isinstance(each.instruction, ast.Workdir | ast.Transfer | ast.Arg) for each in between)
        )
