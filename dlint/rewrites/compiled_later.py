"""Whether what is behind the installation needs the compilers, or the system's own Python."""

from dlint.knowledge.runtime_libraries import COMPILING_TEXTS, PLAIN_COMMANDS
from dlint.model.container_paths import in_context
from dlint.model.start import main_command
from dlint.parser.dockerfile import ast
from dlint.rewrites.leaving import Left

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from dlint.model.build import Build
    from dlint.model.commands import Command
    from dlint.model.context import BuildContext
    from dlint.model.stages import Stage, Step

_MOST_ENTRIES = 2000
_SKIPPED = frozenset({".git", "node_modules", ".venv", "venv", "tests", "test", "docs"})
_NOT_RUN = frozenset({"setup.py", "conftest.py", "hatch_build.py", "noxfile.py", "build.py"})
_BUILDERS = frozenset({"make", "cmake", "gcc", "cargo", "uv", "pip", "poetry", "nvcc", "ninja"})
_LIBRARIES = ("site-packages", "dist-packages", "/usr/local/lib/python")


def check_programs(build: "Build", stage: "Stage") -> None:
    """Raise where something that the container runs may call a compiler."""
    from dlint.model.compiling import RUNS, compiling

    if compiling(build, stage.chain) == RUNS:
        raise Left("something that is installed calls a compiler while it runs")
    names = {request.name for request in build.requests if request.step.stage is stage}
    if "torch" in names and not build.context.is_known:
        raise Left("torch.compile calls gcc, and whether the source uses it cannot be seen")
    for path in python_files(build.context):
        source = build.context.text(path)
        word = next((word for word in COMPILING_TEXTS if source and word in source.text), None)
        if word:
            raise Left(f"{path} has {word}, which may call a compiler while it runs")
    main = main_command(build)
    if main is not None and main.name in _BUILDERS:
        raise Left(f"the container starts {main.name}", main.span)


def python_files(context: "BuildContext") -> "Iterator[str]":
    """Yield the paths of the programs of a context; raises Left where there are too many to read."""
    waiting, seen = [""], 0
    while waiting:
        for entry in context.children(waiting.pop()):
            seen += 1
            if seen > _MOST_ENTRIES:
                raise Left("the context is too large to see what its programs do")
            if entry.is_folder:
                if entry.name not in _SKIPPED:
                    waiting.append(entry.path)
            elif entry.name.endswith((".py", ".sh")) and entry.name not in _NOT_RUN:
                yield entry.path


def check_rest(build: "Build", rest: "tuple[Step, ...]") -> None:
    """Raise where a RUN behind the installation may need what only the builder has."""
    for step in rest:
        if not isinstance(step.instruction, ast.Run):
            continue
        if not step.commands:
            raise Left("what this RUN does is not known", step.instruction.span)
        for command in step.commands:
            if not _is_plain(build, command):
                raise Left(f"whether {command.name} needs the compiler is not known", step.instruction.span)


def _is_plain(build: "Build", command: "Command") -> bool:
    """Whether a command compiles nothing: a tool known for that, or a program that can be read."""
    if command.name in PLAIN_COMMANDS:
        return True
    values = command.values()
    if command.name != "python" or not values:
        return False
    if values[0] == "-c":
        return not any(word in " ".join(values) for word in COMPILING_TEXTS)
    path = in_context(build, command, values[0]) if values[0].endswith(".py") else None
    # What is in the context has been looked into, but for these.
    return path is not None and path.rpartition("/")[2] not in _NOT_RUN and build.context.text(path) is not None


def check_paths(build: "Build", stage: "Stage") -> None:
    """Raise where something names the system's Python, whose packages will be in an environment instead."""
    for step in stage.steps:
        _check_paths_of(step)
    for command in build.started:
        if command.name in ("bash", "sh") and command.has("-l", "--login", "-lc", "-cl"):
            raise Left("a login shell sets PATH anew when the container starts", command.span)
    for install in build.installs:
        if install.step.stage is stage and "cron" in install.names():
            raise Left("cron starts programs with a PATH of its own", install.span)
    from dlint.model.programs import entry_script

    script = entry_script(build)
    if script is not None and "/usr/local/" in script.source.text:
        raise Left(f"{script.source.path} names programs by their absolute path", script.command.span)


def _check_paths_of(step: "Step") -> None:
    instruction = step.instruction
    if isinstance(instruction, ast.Transfer):
        if any(part in instruction.destination.value for part in _LIBRARIES):
            raise Left("packages are copied into the system's Python", instruction.span)
    elif isinstance(instruction, ast.Env):
        for pair in instruction.pairs:
            if pair.key.value == "PATH" and pair.value and "PATH" not in pair.value.value:
                raise Left("PATH is set anew", pair.span)
            if pair.value and any(part in pair.value.value for part in _LIBRARIES):
                raise Left(f"{pair.key.value} names the system's Python", pair.span)
    elif isinstance(instruction, ast.CommandInstruction):
        text = instruction.line.text.replace('"', " ").replace(",", " ").replace("'", " ")
        for word in text.split():
            is_program = word.startswith(("/usr/local/bin/", "/usr/bin/python")) and not word.endswith(".sh")
            if is_program or any(part in word for part in _LIBRARIES):
                raise Left(f"{word} is a path of the system's Python", instruction.span)
