"""Run as a user that is not root, who may write where the application does."""

import posixpath

from dlint.diagnostic import Edit
from dlint.model.container_paths import absolute
from dlint.model.role import Role, is_for_development
from dlint.model.server import exposed_ports
from dlint.model.stages import ROOT_USERS
from dlint.model.start import main_command, script_path
from dlint.parser.dockerfile import ast
from dlint.regex import lazy
from dlint.rewrites.leaving import Left
from dlint.rewrites.places import with_comments
from dlint.rewrites.proposal import Declined, Proposal
from dlint.text import Span

TYPE_CHECKING = False
if TYPE_CHECKING:
    from dlint.model.build import Build
    from dlint.model.commands import Command
    from dlint.model.stages import Stage, Step

NAME = "non-root"
_FAMILIES = ("python", "debian", "ubuntu", "cuda", "node")
_PROGRAMS = frozenset({
    "python", "uvicorn", "gunicorn", "hypercorn", "granian", "daphne", "waitress-serve", "fastapi", "flask",
    "streamlit", "gradio", "chainlit", "mlflow", "bentoml", "litellm", "node", "npm", "torchrun", "tensorboard",
})  # fmt: skip
# Variables that say where programs keep what they write.
_CACHES = (
    "HF_HOME", "TRANSFORMERS_CACHE", "HF_HUB_CACHE", "HUGGINGFACE_HUB_CACHE", "HF_DATASETS_CACHE", "TORCH_HOME",
    "XDG_CACHE_HOME", "SENTENCE_TRANSFORMERS_HOME", "NLTK_DATA", "MPLCONFIGDIR", "NUMBA_CACHE_DIR", "TRITON_CACHE_DIR",
    "KERAS_HOME", "WHISPER_CACHE", "TFHUB_CACHE_DIR",
)  # fmt: skip
_AS_USER = frozenset({"mkdir", "touch", "echo", "true", "nltk.downloader"})
_SHARED = ("/tmp", "/var/tmp", "/dev/shm")
# Absolute paths in programs where only root can write.
_WRITTEN = lazy(
    r"""["'](/(?:data|var|opt|srv|mnt|logs?|root|outputs?|results|cache|home|etc|usr)/?[^"'\s{}]{0,80})["']"""
)
_DROPPERS = ("gosu", "su-exec", "setpriv", "runuser", "chown", "useradd", "apt", "sudo", "service ")


def propose(build: "Build") -> Proposal | Declined | None:
    """Propose a user for containers that run as root."""
    target = build.target
    if target is None or build.role not in (Role.SERVING, Role.UNKNOWN) or is_for_development(build):
        return None
    start = build.final(ast.Cmd) or build.final(ast.Entrypoint)
    if start is None or build.invocation.evidence.user is not None:
        return None
    if target.user is not None and target.user.partition(":")[0] not in ROOT_USERS:
        return None
    command = main_command(build)
    if build.role is Role.UNKNOWN and (command is None or not _is_application(command)):
        return None
    try:
        return _proposal(build, target, start)
    except Left as left:
        return Declined(NAME, left.text, left.span or start.instruction.span)


def _proposal(build: "Build", target: "Stage", start: "Step") -> Proposal:
    _known_base(build, target)
    _known_start(build)
    _known_ports(build)
    workdir = target.workdir
    if workdir is None or workdir == "/":
        raise Left("without a WORKDIR it is not known where the application writes")
    if posixpath.normpath(workdir) in ("/usr", "/etc", "/var", "/home", "/root", "/tmp"):
        raise Left(f"{workdir} belongs to the system")
    _known_writes(build, target)
    copies = [step for step in target.instructions(ast.Copy, ast.Add) if _is_into(build, step, workdir)]
    source = [step for step in copies if not _is_manifest(step) and not _is_environment(step)]
    last_root = max((step.index for step in target.steps if _needs_root(build, step)), default=-1)
    first = source[0] if source else start
    if any(isinstance(step.instruction, ast.Workdir) for step in target.steps[first.index :]):
        raise Left("WORKDIR changes behind what is copied", first.instruction.span)
    for step in target.steps[first.index : max(last_root, first.index)]:
        if isinstance(step.instruction, ast.Run) and any(command.name == "mkdir" for command in step.commands):
            raise Left("a folder is made before something that needs root", step.instruction.span)
    user, making = _user(build, target)
    folders = [workdir, *_caches(build, workdir, user)]
    return _written(build, first, [step for step in source if step.instruction.flag("chown") is None],
                    target.steps[last_root] if last_root > first.index else None, user, making, folders)  # fmt: skip


def _written(
    build: "Build", first: "Step", copies: "list[Step]", last_root: "Step | None", user: str, making: str,
    folders: list[str],
) -> Proposal:  # fmt: skip
    text = build.source.text
    made = [f"mkdir -p {' '.join(folders[1:])}"] if folders[1:] else []
    run = " && ".join([*([making] if making else []), *made, f"chown {user}:{user} {' '.join(folders)}"])
    place = with_comments(text, first.instruction.start)
    change = f"USER {user}\n"
    edits = [Edit(Span(place, place), f"RUN {run}\n{'' if last_root else change}")]
    if last_root is not None:
        end = text.find("\n", last_root.instruction.end) + 1
        edits.append(Edit(Span(end, end), change))
    for step in copies:
        flags = step.instruction.flags
        end = flags[-1].end if flags else step.instruction.name.end
        edits.append(Edit(Span(end, end), f" --chown={user}:{user}"))
    where = "its home" if len(folders) == 1 and making else ", ".join([*folders[1:], "its home"])
    seen = build.context.is_known and any(entry.name.endswith((".py", ".js")) for entry in build.context.children())
    return Proposal(
        NAME,
        f"Run as {user}",
        f"the container runs as root; {user} can write to {folders[0]} and {where}",
        tuple(edits),
        caution=None
        if seen
        else "the source cannot be seen: see that it writes nowhere else, and to no mounted folder of root's",
        rules=("runs-as-root",),
    )


# What has to be known --------------------------------------------------------------------------


def _known_base(build: "Build", target: "Stage") -> None:
    root = target.root
    span = target.chain[-1].instruction.image.span
    if root.family not in _FAMILIES or root.libc != "glibc":
        raise Left(f"the users of the base image {target.chain[-1].instruction.image.value} are not known", span)
    for command in build.commands("useradd", "adduser"):
        if command.step.stage in target.chain:
            raise Left("a user is made, and nothing switches to it", command.span)
    for stage in target.chain:
        if stage.environment.set_value("HOME") is not None:
            raise Left("HOME is set")


def _is_application(command: "Command") -> bool:
    """Whether it is a program that needs no rights of root's by itself."""
    return command.name in _PROGRAMS or "python" in command.wrappers


def _known_start(build: "Build") -> None:
    evidence = build.invocation.evidence
    if evidence.replaces_start:
        raise Left("a service of the project starts something else")
    if evidence.mounts and not evidence.read_only:
        raise Left(f"{evidence.mounts[0]} is mounted when the container starts, and whose it is then is not known")
    command = main_command(build)
    if command is None or (command.name not in _PROGRAMS and "python" not in command.wrappers):
        what = command.name if command is not None else "it"
        raise Left(f"whether {what} can start without root is not known")
    from dlint.model.programs import entry_script

    if any(script_path(each) is not None for each in build.started):
        script = entry_script(build)
        word = next((word for word in _DROPPERS if script and word in script.source.text), None)
        if script is None or word:
            raise Left("the entrypoint script may need root" + (f": it has {word.strip()}" if word else ""))


def _known_ports(build: "Build") -> None:
    server = build.server
    ports = [*exposed_ports(build)[0], *build.invocation.evidence.ports]
    if server is not None and server.port.number is not None:
        ports.append(server.port.number)
    low = next((port for port in ports if port < 1024), None)
    if low is not None:
        raise Left(f"port {low} is below 1024, which not every platform lets a user listen on")


def _known_writes(build: "Build", target: "Stage") -> None:
    """Nothing may write where only root can."""
    for stage in target.chain:
        for step in stage.steps:
            is_mounted = isinstance(step.instruction, ast.Run) and step.instruction.flags
            if "/root" in step.instruction.line.text and not is_mounted and not _is_clean_up(step):
                raise Left("/root is used, which only root can read", step.instruction.span)
            if isinstance(step.instruction, ast.Volume):
                raise Left("a VOLUME keeps the owner that it was made with", step.instruction.span)
    context = build.context
    if not context.is_known:
        return
    waiting, seen = [""], 0
    while waiting:
        for entry in context.children(waiting.pop()):
            seen += 1
            if entry.is_folder and seen < 2000:
                if entry.name not in (".git", "node_modules", ".venv", "venv", "tests", "test"):
                    waiting.append(entry.path)
            elif entry.name.endswith(".py") and entry.name != "setup.py":
                source = context.text(entry.path)
                match = _WRITTEN.search(source.text) if source else None
                if match:
                    raise Left(f"{entry.path} names {match[1]}, where a user may not write")


def _is_clean_up(step: "Step") -> bool:
    return any(
        command.name == "rm" and any("/root" in value for value in command.values()) for command in step.commands
    )


# What is written ---------------------------------------------------------------------------------


def _is_into(build: "Build", step: "Step", workdir: str) -> bool:
    instruction = step.instruction
    assert isinstance(instruction, ast.Transfer)
    place = absolute(build.variables.expand(instruction.destination, step.environment), step.workdir)
    return place is not None and f"{place}/".startswith(f"{workdir.rstrip('/')}/")


def _is_manifest(step: "Step") -> bool:
    """Whether only what installs reads what is copied."""
    instruction = step.instruction
    assert isinstance(instruction, ast.Transfer)
    names = [word.value.rpartition("/")[2] for word in instruction.sources]
    return all(
        name.startswith(
            ("requirements", "constraints", "package", "pyproject", "yarn", "pnpm", "environment", "Pipfile")
        )
        or name.endswith(".lock")
        for name in names
    )


def _is_environment(step: "Step") -> bool:
    """Whether an environment of Python is copied from another stage: what runs need not write to it."""
    instruction = step.instruction
    assert isinstance(instruction, ast.Transfer)
    return instruction.flag("from") is not None and all(
        word.value.rstrip("/").endswith(("venv", "env")) for word in instruction.sources
    )


def _needs_root(build: "Build", step: "Step") -> bool:
    """Whether a RUN does something that a user may not, as far as is known."""
    if not isinstance(step.instruction, ast.Run):
        return False
    workdir = step.workdir or "/"
    for command in step.commands:
        if command.name == "python" and command.values()[:1] == ["-c"]:
            continue
        if command.name not in _AS_USER:
            return True
        if command.name in ("mkdir", "touch"):
            for value in command.values():
                place = None if value.startswith("-") else absolute(value, workdir)
                if not value.startswith("-") and (
                    place is None or not f"{place}/".startswith(f"{workdir.rstrip('/')}/")
                ):
                    return True
    return False


def _user(build: "Build", target: "Stage") -> tuple[str, str]:
    """Return the name of the user, and the command that makes it; none where the image has one."""
    if target.root.family == "node":
        return "node", ""
    return "app", "useradd --create-home --uid 10001 app"


def _caches(build: "Build", workdir: str, user: str) -> list[str]:
    """Return the folders that variables name for what programs keep, outside of the working directory."""
    assert build.target is not None
    found = []
    for name in _CACHES:
        value = build.target.environment.set_value(name)
        if value is None:
            continue
        place = absolute(value, workdir)
        if place is None:
            raise Left(f"where {name} leads is not known")
        if not f"{place}/".startswith((f"{workdir.rstrip('/')}/", f"/home/{user}/")) and place not in found:
            found.append(place)
    return found
