"""Where a stage can be cut into a base, a builder and what ships, and what each of them holds.

The base is everything above the first instruction that installs or compiles; the builder ends with the last one.
What the builder does for the running container is said again in the stage that ships.
"""

from dlint.knowledge.runtime_libraries import (
    BRINGS_GOMP,
    BUILD_ONLY,
    COMPILING_TEXTS,
    PLAIN_COMMANDS,
    PYTHON_BRINGS,
    RECOMMENDS_CERTIFICATES,
    RUNTIME_LIBRARIES,
)
from dlint.knowledge.system_libraries import NEEDS, THROUGH
from dlint.model.build_tools import is_build_tool
from dlint.model.container_paths import absolute, in_context
from dlint.model.environment import PYTHON_MANAGERS
from dlint.model.start import main_command
from dlint.parser.dockerfile import ast
from dlint.rewrites.places import with_comments
from dlint.rewrites.system_text import is_only_apt, with_packages
from dlint.text import Span

TYPE_CHECKING = False
if TYPE_CHECKING:
    from dlint.model.build import Build
    from dlint.model.commands import Command
    from dlint.model.packages import Install
    from dlint.model.stages import Stage, Step

VENV = "/opt/venv"
_STATE = (ast.Env, ast.Workdir, ast.Shell, ast.Label)
_ROOTS = (None, "root", "0")
_MANIFESTS = ("requirements", "constraints")
_INSTALLERS = frozenset({"pip", "uv", "setuptools", "wheel", "build", "poetry", "pdm"})
_COPIED_TWICE = frozenset({"mkdir", "useradd", "groupadd", "adduser", "addgroup"})


class Decline(Exception):
    """Why a stage is not cut."""

    def __init__(self, text: str, span: Span | None = None) -> None:
        super().__init__(text)
        self.text = text
        self.span = span


class Split:
    """A stage, cut: offsets of the file, and the lines that are new."""

    def __init__(self, stage: "Stage") -> None:
        self.stage = stage
        self.alias = stage.instruction.alias.value if stage.instruction.alias else None
        self.base_name = "base"
        self.builder_name = "builder"
        self.environment = VENV
        self.python = "python"
        self.sets_path = False
        """Whether PATH has to name the environment, because nothing does."""
        self.has_base = True
        """Whether something stands above the builder that both stages need."""
        self.builder_start = 0
        self.builder_end = 0
        self.venv_start: int | None = None
        """Where the environment is made, None where the file does so itself."""
        self.repeated: list[str] = []
        """The instructions that begin the stage that ships."""
        self.tools: list[str] = []
        self.libraries: list[str] = []
        self.caution: str | None = None


def split(build: "Build", stage: "Stage", tools: "list[Install]") -> Split:
    """Return how a stage is cut; raises Decline."""
    return _Cutting(build, stage, tools).cut()


class _Cutting:
    def __init__(self, build: "Build", stage: "Stage", tools: "list[Install]") -> None:
        self.build = build
        self.stage = stage
        self.tool_installs = tools
        self.found = Split(stage)
        self.installs: dict[Step, list[Install]] = {}
        for install in build.installs:
            if install.step.stage is stage:
                self.installs.setdefault(install.step, []).append(install)
        self.is_seen = True
        self.has_uv = False

    def cut(self) -> Split:
        self._known_base()
        self._nothing_compiles_later()
        steps = self.stage.steps
        python = [step for step in steps if any(self._is_python(each) for each in self.installs.get(step, ()))]
        if not python:
            raise Decline("nothing here installs Python packages, so what is compiled is not known")
        venv = self._find_environment(python)
        first = min(step.index for step in (*python, *(each.step for each in self.tool_installs), *venv))
        first = self._with_their_files(first)
        last = max(step.index for step in (*python, *(each.step for each in self.tool_installs)))
        self._check_paths()
        builder = steps[first : last + 1]
        self.found.has_base = first > 0 or self.found.sets_path
        self._names()
        self._repeat(builder, steps[last + 1 :])
        self._check_rest(steps[last + 1 :])
        self._places(builder, python[0])
        return self.found

    # What has to hold ------------------------------------------------------------------

    def _known_base(self) -> None:
        stage, root = self.stage, self.stage.root
        span = stage.instruction.image.span
        if stage.base is not None:
            raise Decline("the stage builds on another stage of the file", span)
        if root.family != "python" or root.flavour != "slim" or root.libc != "glibc":
            raise Decline(
                f"it is done for the slim images of Python, and what else {stage.instruction.image.value} holds "
                "is not known",
                span,
            )
        for install in self.tool_installs:
            if install.manager != "apt" or install.command.is_partial or install.is_conditional:
                raise Decline("what is installed depends on a condition or a list", install.span)
            if any("$" in package.name or package.is_local or "*" in package.name for package in install.packages):
                raise Decline("a variable, a pattern or a file says what is installed", install.span)
        for use in self.build.uses:
            if use.stage is stage:
                raise Decline("another stage copies from this one", use.word.span)

    def _nothing_compiles_later(self) -> None:
        from dlint.model.compiling import RUNS, compiling

        if compiling(self.build, self.stage.chain) == RUNS:
            raise Decline("something that is installed calls a compiler while it runs")
        names = {request.name for request in self.build.requests if request.step.stage is self.stage}
        context = self.build.context
        if "torch" in names and not context.is_known:
            raise Decline("torch.compile calls gcc, and whether the source uses it cannot be seen")
        if context.is_known:
            self._read_programs()

    def _read_programs(self) -> None:
        """Look into the Python files that are copied for what calls a compiler."""
        context = self.build.context
        waiting, seen = [""], 0
        while waiting:
            for entry in context.children(waiting.pop()):
                seen += 1
                if seen > 2000:
                    raise Decline("the source is too large to see whether it calls a compiler while it runs")
                if entry.is_folder:
                    if entry.name not in (".git", "node_modules", ".venv", "venv", "tests", "test"):
                        waiting.append(entry.path)
                elif entry.name.endswith((".py", ".sh")) and entry.name not in ("setup.py", "conftest.py"):
                    source = context.text(entry.path)
                    word = next((word for word in COMPILING_TEXTS if source and word in source.text), None)
                    if word:
                        raise Decline(f"{entry.path} has {word.strip()}, which may call a compiler while it runs")

    def _check_paths(self) -> None:
        """Nothing may name a program of the system's Python, whose packages are elsewhere afterwards."""
        if not self.found.sets_path:
            return
        for step in self.stage.steps:
            text = step.instruction.line.text
            for wanted in ("/usr/local/bin/", "site-packages", "dist-packages", "/usr/local/lib/python"):
                if wanted in text and isinstance(step.instruction, ast.CommandInstruction | ast.Env | ast.Transfer):
                    word = next(word for word in text.replace('"', " ").replace(",", " ").split() if wanted in word)
                    if "--from=" in text or not word.startswith("/"):
                        continue
                    raise Decline(f"{word} is a path of the system's Python", step.instruction.span)
        for command in self.build.started:
            if command.name in ("bash", "sh") and command.has("-l", "--login", "-lc", "-cl"):
                raise Decline("a login shell sets PATH anew when the container starts", command.span)
        from dlint.model.programs import entry_script

        script = entry_script(self.build)
        if script and ("/usr/local/bin/" in script.source.text or "#!/usr/local" in script.source.text):
            raise Decline(f"{script.source.path} names programs by their absolute path", script.command.span)

    # Python ------------------------------------------------------------------------------

    def _is_python(self, install: "Install") -> bool:
        """Whether it installs packages of the application, or the tools to do so."""
        return install.manager in PYTHON_MANAGERS

    def _find_environment(self, python: "list[Step]") -> "list[Step]":
        """Learn where the packages are installed; return the steps that make an environment."""
        made = []
        for step in self.stage.steps:
            for command in step.named("venv", "virtualenv", "uv"):
                if command.name == "uv" and command.values()[:1] != ["venv"]:
                    continue
                operands = [
                    word for word in command.arguments if not word.value.startswith("-") and word.value != "venv"
                ]
                path = command.resolve(operands[0]) if len(operands) == 1 else None
                place = absolute(path, step.workdir) if path else None
                if place is None or command.has("--system-site-packages"):
                    raise Decline("where the environment is made is not certain", command.span)
                made.append((step, place))
        synced = [
            each for step in python for each in self.installs[step] if each.manager == "uv" and each.verb == "sync"
        ]
        if synced:
            if made:
                raise Decline("packages are installed into two environments", synced[0].span)
            self._project_environment(synced[0], python)
            return []
        if len({place for _, place in made}) > 1:
            raise Decline("there are several environments", made[1][0].instruction.span)
        for step in python:
            for install in self.installs[step]:
                if self._is_python(install):
                    self._check_install(install, made[0][1] if made else None)
        if made:
            self.found.environment = made[0][1]
            return [step for step, _ in made]
        self.found.sets_path = True
        return []

    def _project_environment(self, install: "Install", python: "list[Step]") -> None:
        """Uv keeps the environment in the project's folder."""
        self.has_uv = True
        step = install.step
        given = install.command.setting("UV_PROJECT_ENVIRONMENT")
        place = absolute(given or ".venv", step.workdir)
        if place is None or install.command.setting("UV_SYSTEM_PYTHON"):
            raise Decline("where uv makes the environment is not certain", install.span)
        for each in (own for other in python for own in self.installs[other]):
            if not self._is_python(each):
                continue
            is_tool = each.manager == "pip" and each.names() <= _INSTALLERS and not each.files
            if not is_tool and (each.manager, each.verb) != ("uv", "sync"):
                raise Decline("packages are installed beside those of uv sync", each.span)
            if each.step.workdir != step.workdir:
                raise Decline("uv sync runs in several folders", each.span)
        if self.build.context.is_known:
            pinned = self.build.context.text(".python-version")
            version = pinned.text.strip() if pinned else None
            if version and version != self.stage.root.python:
                raise Decline(f".python-version asks for {version}, so uv may bring a Python of its own", install.span)
        if any(command.name == "uv" for command in self.build.started) or any(
            "uv" in command.wrappers for command in self.build.started
        ):
            raise Decline("uv run may install the project again when the container starts", install.span)
        self.found.environment = place

    def _check_install(self, install: "Install", environment: str | None) -> None:
        if install.manager not in ("pip",):
            raise Decline(f"where {install.manager} installs to is not certain", install.span)
        if (
            install.arguments.has("--user", "--target", "-t", "--prefix", "--root", "--python")
            or install.is_conditional
        ):
            raise Decline("it does not install into the environment at hand", install.span)
        program = install.command.simple.words[0].value
        if environment is None:
            if "/" in program or "$" in program:
                raise Decline(f"{program} is a program of the system's Python", install.span)
            return
        path = install.step.environment.set_value("PATH") or ""
        activated = any(
            command.name in (".", "source") and any(environment in value for value in command.values())
            for command in install.step.commands
        )
        inside = path.startswith(f"{environment}/bin:") or program.startswith(f"{environment}/bin/") or activated
        if not inside and not (install.names() <= _INSTALLERS and not install.files):
            raise Decline(f"it installs outside of {environment}", install.span)

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
        return all(command.name in ("apt-get", "apt") and command.values() == ["update"] for command in step.commands)

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
            raise Decline(f"the stage is called {self.found.alias}", self.stage.instruction.span)
        if "base" in taken:
            self.found.base_name = "python-base"
        if "builder" in taken:
            self.found.builder_name = "python-builder"
        if {self.found.base_name, self.found.builder_name} & taken:
            raise Decline("the names of the new stages are taken")

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
                    raise Decline("WORKDIR changes between what is copied", instruction.span)
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
                raise Decline(f"{instruction.keyword} stands between what is installed", instruction.span)
        found.repeated = self._joined(state, copies, folder)

    def _joined(self, state: list[str], copies: list[str], folder: str | None) -> list[str]:
        found = self.found
        environment = found.environment
        own = (
            []
            if folder and f"{environment}/".startswith(f"{folder}/")
            else [f"COPY --from={found.builder_name} {environment} {environment}"]
        )
        if folder:
            own.append(f"COPY --from={found.builder_name} {folder} {folder}")
        # PATH and the like, which name the environment, may stand behind it.
        before = [line for line in state if not (self.has_uv and line.startswith("ENV"))]
        return [*before, *own, *(line for line in state if line not in before), *copies]

    def _text(self, instruction: ast.Instruction) -> str:
        return self.build.source.text[instruction.start : instruction.end]

    def _is_for_builder(self, instruction: ast.Transfer) -> bool:
        """Whether only the installation reads what is copied."""
        if instruction.flag("from"):
            return self._is_uv_copy(instruction)
        names = [word.value.rpartition("/")[2] for word in instruction.sources]
        if self.has_uv:
            return all(name in ("uv.lock", "pyproject.toml", ".python-version", "README.md") for name in names)
        return all(name.startswith(_MANIFESTS) or name.endswith(".lock") for name in names)

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
            raise Decline("the source that is installed in place is not in a folder of its own", instruction.span)
        if folder not in (None, workdir):
            raise Decline("the source that is installed in place is in several folders", instruction.span)
        return workdir

    def _run_again(self, step: "Step") -> str | None:
        """Return what of a RUN the stage that ships needs, None if nothing; what nobody knows declines."""
        installs = self.installs.get(step, [])
        system = [install for install in installs if install.manager == "apt"]
        if len(system) == 1 and is_only_apt(system[0]):
            return self._packages(system[0])
        if installs and all(self._is_python(install) for install in installs):
            for command in step.commands:
                self._plain_beside_install(command, step)
            return None
        if self._is_update(step):
            return None
        names = {command.name for command in step.commands}
        if names <= {"venv", "virtualenv", "uv", "python"} and names & {"venv", "virtualenv", "uv"}:
            return None
        if names <= _COPIED_TWICE:
            return self._text(step.instruction)
        unknown = next(
            (c for c in step.commands if c.name not in _COPIED_TWICE), step.commands[0] if step.commands else None
        )
        what = unknown.name if unknown else "this"
        raise Decline(f"what {what} leaves outside of the environment is not known", step.instruction.span)

    def _plain_beside_install(self, command: "Command", step: "Step") -> None:
        if command.name in (
            "pip",
            "uv",
            "venv",
            "virtualenv",
            "cd",
            "export",
            "set",
            "rm",
            "find",
            ".",
            "source",
            "",
            "echo",
        ):
            return
        raise Decline(f"what {command.name} leaves outside of the environment is not known", step.instruction.span)

    # Packages of the system -----------------------------------------------------------------

    def _packages(self, install: "Install") -> str | None:
        """Return the RUN that installs what the running container needs of an installation."""
        names = [package.name for package in install.packages]
        instead: dict[str, tuple[str, ...]] = {}
        already: set[str] = set()
        for name in names:
            words = self._needed_later(name, names)
            instead[name] = tuple(word for word in words if word not in already)
            already.update(words)
        kept = [word for words in instead.values() for word in words]
        self.found.tools += [name for name in names if is_build_tool(name) and name not in self.found.tools]
        self.found.libraries += [word for word in kept if word not in names]
        return with_packages(self.build.source, install, instead) if kept else None

    def _needed_later(self, name: str, names: list[str]) -> tuple[str, ...]:
        if is_build_tool(name) or name in BUILD_ONLY or name in PYTHON_BRINGS:
            return ("libgomp1",) if name in BRINGS_GOMP and self._wants_gomp() else ()
        if name in RUNTIME_LIBRARIES:
            return RUNTIME_LIBRARIES[name]
        if name.startswith(("gcc-", "g++-", "clang-")):
            return ()
        if name in RECOMMENDS_CERTIFICATES and "ca-certificates" not in names:
            return (name, "ca-certificates") if not self._skips_recommended() else (name,)
        return (name,)

    def _skips_recommended(self) -> bool:
        return any(
            install.command.has("--no-install-recommends")
            or "APT::Install-Recommends" in install.step.instruction.line.text
            for install in self.tool_installs
        )

    def _wants_gomp(self) -> bool:
        """Whether something may load the library that the compiler brought: known to, compiled here, or not seen."""
        own = [install for installs in self.installs.values() for install in installs if self._is_python(install)]
        requests = [request for request in self.build.requests if request.step.stage is self.stage]
        names = {request.name for request in requests}
        names |= {THROUGH[name] for name in names if name in THROUGH}
        for name in names:
            if any("libgomp1" in need.packages for need in NEEDS.get(name, ()) if not need.at_build):
                return True
        if any(not _is_seen(self.build, install) for install in own):
            self.found.caution = (
                "what is installed cannot be seen here: see that nothing of it calls a compiler while it runs"
            )
            return True
        return not {request.name for request in requests if request.is_direct} <= WHEELS

    # The rest ------------------------------------------------------------------------------------

    def _check_rest(self, rest: "tuple[Step, ...]") -> None:
        """Nothing behind the cut may need what is only in the builder."""
        for step in rest:
            if not isinstance(step.instruction, ast.Run):
                continue
            for command in step.commands:
                self._check_later(command, step)
        main = main_command(self.build)
        if main is not None and main.name in ("make", "cmake", "gcc", "cargo", "uv", "pip"):
            raise Decline(f"the container starts {main.name}", main.span)

    def _check_later(self, command: "Command", step: "Step") -> None:
        name = command.name
        if name in PLAIN_COMMANDS or "nltk" in name:
            return
        if name == "python":
            values = command.values()
            if values[:1] == ["-c"]:
                if not any(word in " ".join(values) for word in COMPILING_TEXTS):
                    return
            elif values and values[0].endswith(".py"):
                path = in_context(self.build, command, values[0])
                if path and path.rpartition("/")[2] != "setup.py" and self.build.context.text(path):
                    # _read_programs has looked into it.
                    return
        raise Decline(f"whether {name} needs the compiler is not known", step.instruction.span)

    def _places(self, builder: "tuple[Step, ...]", python: "Step") -> None:
        found, text = self.found, self.build.source.text
        found.builder_start = with_comments(text, builder[0].instruction.start)
        end = text.find("\n", builder[-1].instruction.end)
        if end < 0:
            raise Decline("nothing follows what is installed")
        found.builder_end = end + 1
        if found.sets_path:
            first = next((step for step in builder if self._belongs_to_python(step, python)), python)
            found.venv_start = with_comments(text, first.instruction.start)

    def _belongs_to_python(self, step: "Step", python: "Step") -> bool:
        """Whether a step leads up to the first installation: the folder, the files, and itself."""
        between = self.stage.steps[step.index : python.index]
        return step is python or (
            step.index < python.index
            and all(isinstance(each.instruction, ast.Workdir | ast.Transfer | ast.Arg) for each in between)
        )


def _is_seen(build: "Build", install: "Install") -> bool:
    """Whether every package an installation brings is known by name; a lock says so, a list of direct ones does not."""
    from dlint.model.compiling import is_all_seen
    from dlint.model.lockfiles import files_of

    if install.verb == "sync":
        return build.invocation.context is not None and bool(files_of(build, install).manifests)
    return is_all_seen(build, install)


# What is known to bring its own OpenMP, or to need none: wheels for Linux, and nothing to compile.
WHEELS = frozenset({
    "fastapi", "uvicorn", "flask", "gunicorn", "requests", "httpx", "pydantic", "starlette", "django", "numpy",
    "pandas", "scipy", "scikit-learn", "pillow", "redis", "sqlalchemy", "psycopg2", "psycopg2-binary", "boto3",
    "jinja2", "pyyaml", "click", "tqdm", "torch", "transformers", "tokenizers", "safetensors", "huggingface-hub",
    "onnxruntime", "streamlit", "gradio", "mlflow", "pyarrow", "pip", "uv", "setuptools", "wheel", "joblib",
    "python-dotenv", "python-multipart", "aiohttp", "orjson", "prometheus-client", "celery", "xgboost", "mysqlclient",
    "asyncpg", "hypercorn", "websockets", "protobuf", "grpcio", "matplotlib", "tiktoken", "openai", "pytest", "ujson",
    "cryptography", "bcrypt", "lxml", "markupsafe", "cffi", "rapidfuzz", "polars", "duckdb", "pymongo", "faiss-cpu",
    "sentencepiece", "nltk", "spacy", "sentence-transformers", "accelerate", "datasets", "evaluate", "seaborn", "plotly",
})  # fmt: skip
