"""Moving a COPY of the source below the steps that do not need it."""

import posixpath

from dlint import regex
from dlint.diagnostic import Edit
from dlint.model.container_paths import Transferred, absolute, transfers
from dlint.model.installs import read_install
from dlint.model.quiet_commands import is_quiet
from dlint.parser.dockerfile import ast
from dlint.rewrites.writing import block, has_blank_above, text_of, without_lines
from dlint.text import Span

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from dlint.model.build import Build
    from dlint.model.commands import Command
    from dlint.model.stages import Stage, Step

_SOURCE_FOLDERS = frozenset({"src", "app", "source", "code", "backend", "server", "api"})
# Commands that work on the paths they name, and nothing else.
_SYSTEM_FOLDERS = frozenset({"etc", "usr", "root", "var", "opt", "home", "lib", "bin", "sbin"})
_HOME_SETTINGS = (".pip", ".config", ".npmrc", ".condarc", ".netrc", ".cargo", ".yarnrc", ".pypirc", ".gitconfig")
_PATH_COMMANDS = frozenset({"mkdir", "rm", "touch", "ln"})
# Commands that know nothing of the source.
_MANAGERS = ("apt-get", "apt", "apk", "dnf", "microdnf", "yum", "conda", "mamba", "pip")
_FREE = frozenset(
    {"", ":", "true", "set", "echo", "useradd", "adduser", "groupadd", "addgroup", "ldconfig", "update-ca-certificates",
     "locale-gen", "apt-mark", "id"}
)  # fmt: skip
_STILL = (ast.Expose, ast.Label, ast.User, ast.Cmd, ast.Entrypoint, ast.Healthcheck, ast.StopSignal, ast.Maintainer,
          ast.Shell)  # fmt: skip


class Source:
    """A COPY of the source that may be moved: what it takes, and where to."""

    def __init__(self, build: "Build", item: Transferred) -> None:
        self.build = build
        self.item = item
        self.step = item.step
        instruction = item.step.instruction
        assert isinstance(instruction, ast.Transfer)
        self.instruction = instruction

    @property
    def what(self) -> str:
        """How a sentence names it."""
        return "the build context" if self.item.is_everything else self.item.source

    @property
    def folder(self) -> str:
        """The folder of the image it is copied into."""
        assert self.item.destination is not None
        return self.item.destination

    def why_fixed(self) -> str | None:
        """Return why it cannot be moved at all."""
        instruction = self.instruction
        if instruction.json is not None or len(instruction.sources) != 1 or instruction.heredocs:
            return "the COPY names more than one folder"
        if any(flag.name not in ("chown", "chmod", "link") for flag in instruction.flags):
            return "the COPY has options that a second one may not share"
        if self._may_bring_settings():
            return f"the COPY into {self.folder} may bring settings of the tools that install"
        return None

    def _may_bring_settings(self) -> bool:
        """Whether it fills folders in which package managers look for their settings."""
        context, folder = self.build.context, self.folder
        names = [entry.name for entry in context.children("" if self.item.is_everything else self.item.source)]
        if folder == "/":
            return not context.is_known or not _SYSTEM_FOLDERS.isdisjoint(names)
        if folder == "/root" or regex.fullmatch(r"/home/[^/]+", folder):
            return not context.is_known or any(
                name.startswith(_HOME_SETTINGS) for name in names if not context.ignores(name)
            )
        return folder.startswith(("/etc", "/usr", "/opt/conda")) or folder in ("/var", "/opt", "/home")

    def landed(self, path: str) -> str:
        """Return where a file of the context below the source lies in the image."""
        source = self.item.source
        inner = path if self.item.is_everything else posixpath.relpath(path, source)
        return posixpath.join(self.folder, inner)

    def holds(self, path: str) -> bool:
        """Whether a path of the context is part of it."""
        return self.item.is_everything or path.startswith(f"{self.item.source}/")

    def copy_of(self, paths: list[str]) -> str:
        """Return the COPY instructions that bring these files of the source to the same places."""
        folders: dict[str, list[str]] = {}
        for path in paths:
            inner = posixpath.relpath(self.landed(path), self.folder)
            folders.setdefault(posixpath.dirname(inner), []).append(path)
        flags = "".join(text_of(self.build, flag.span) + " " for flag in self.instruction.flags)
        keyword = self.instruction.name.value
        keyword = "COPY" if keyword.isupper() else "copy"
        written = self.instruction.destination.value
        lines = []
        for inner, members in folders.items():
            if inner or len(members) > 1 or written not in (".", "./"):
                place = posixpath.join(written, inner).rstrip("/") + "/"
            else:
                place = written
            lines.append(f"{keyword} {flags}{' '.join(members)} {place}")
        return "\n".join(lines)


def first_source(build: "Build", stage: "Stage") -> Source | None:
    """Return the first COPY of a stage that takes the whole context or a folder of source."""
    for step in stage.steps:
        if isinstance(step.instruction, ast.Transfer):
            for item in transfers(build, step):
                if item.is_everything or item.source.rstrip("/") in _SOURCE_FOLDERS:
                    return Source(build, item)
    return None


def why_bound(build: "Build", source: Source, step: "Step", may_run: "Callable[[Command], bool]") -> str | None:
    """Return why a step below the source cannot be made above it, as the end of a sentence; None if it can.

    *may_run* says of a command that is no clean-up or the like whether it does without the source.
    """
    instruction = step.instruction
    if isinstance(instruction, _STILL):
        return None
    if isinstance(instruction, ast.Workdir):
        is_relative = not source.instruction.destination.value.startswith("/")
        return "changes the folder that the COPY names" if is_relative else None
    if isinstance(instruction, ast.Env | ast.Arg):
        names = [pair.key.value for pair in instruction.pairs]
        is_used = any(f"${name}" in source.instruction.line.text for name in names) or any(
            f"${{{name}" in source.instruction.line.text for name in names
        )
        return "sets what the COPY refers to" if is_used else None
    if isinstance(instruction, ast.Run):
        return _run_bound(source, step, may_run)
    if isinstance(instruction, ast.Transfer):
        place = absolute(build.variables.expand(instruction.destination, step.environment), step.workdir)
        if place is None or _overlap(place, source.folder):
            return "copies into the same folder"
        return None
    return f"is a {instruction.keyword} that may need it"


def _overlap(first: str, second: str) -> bool:
    one, other = f"{first.rstrip('/')}/", f"{second.rstrip('/')}/"
    return one.startswith(other) or other.startswith(one)


def _run_bound(source: Source, step: "Step", may_run: "Callable[[Command], bool]") -> str | None:
    instruction = step.instruction
    assert isinstance(instruction, ast.Run)
    if instruction.json is not None or step.script is None or step.script.problems or instruction.heredocs:
        return "runs a script that cannot be followed"
    if any(mount.type == "bind" for mount in instruction.mounts):
        return "mounts files"
    return next((why for why in (_command_bound(source, each, may_run) for each in step.commands) if why), None)


def _command_bound(source: Source, command: "Command", may_run: "Callable[[Command], bool]") -> str | None:
    """Return why a command may need the source, None if it does not."""
    if any(redirection.writes and not _is_null(redirection) for redirection in command.redirections):
        return "writes files"
    if command.name in _FREE or may_run(command):
        return None
    if command.name in _PATH_COMMANDS and _is_elsewhere(source, command, command.step):
        return None
    if command.name in _MANAGERS and is_quiet(command) and read_install(command) is None:
        paths = [value for value in command.values() if "/" in value and not value.startswith("-")]
        return f"names {paths[0]}" if paths else None
    return f"runs {command.name}, which may need it"


class Split:
    """A RUN of which the first commands do without the source: the gap between them and the others."""

    def __init__(self, gap: Span, commands: "list[Command]") -> None:
        self.gap = gap
        self.commands = commands
        """Those before the gap."""


def split_of(source: Source, step: "Step", may_run: "Callable[[Command], bool]") -> Split | None:
    """Return where a RUN, ``a && b``, can be taken apart; None where it cannot."""
    instruction, script = step.instruction, step.script
    if not isinstance(instruction, ast.Run) or instruction.json is not None or instruction.heredocs or not script:
        return None
    items = script.sequence.items
    if len(items) != 1 or items[0].is_background or set(items[0].operators) != {"&&"} or script.problems:
        return None
    before: list[Command] = []
    split = None
    for pipeline, following in zip(items[0].pipelines, items[0].pipelines[1:], strict=False):
        mine = [command for command in step.commands if command.simple in pipeline.elements]
        # What a shell remembers is lost in the next RUN.
        if len(pipeline.elements) != 1 or len(mine) != 1 or mine[0].name in ("", "set", "cd", "export", "."):
            break
        if _command_bound(source, mine[0], may_run) is not None:
            break
        before += mine
        gap = Span(pipeline.span.end, following.span.start)
        if "#" in source.build.source.text[gap.start : gap.end]:
            break
        split = Split(gap, list(before))
    if split is not None and any(_cleans_up(each) for each in step.commands if each not in split.commands):
        return None
    return split


def _cleans_up(command: "Command") -> bool:
    """Whether a command takes away what others of its RUN leave, which only works in the same layer."""
    if command.name == "rm":
        return any(value.startswith(("/", "~", "$")) for value in command.values())
    return command.name in (*_MANAGERS, "npm", "uv") and is_quiet(command) and read_install(command) is None


def _is_null(redirection: object) -> bool:
    target = getattr(redirection, "target", None)
    return target is None or target.value in ("/dev/null", "1", "2")


def _is_elsewhere(source: Source, command: "Command", step: "Step") -> bool:
    """Whether all paths a command names are outside of the source's folder, or it only makes folders."""
    if command.name == "mkdir":
        return True
    for word in command.arguments:
        if word.value.startswith("-"):
            continue
        value = command.resolve(word)
        place = absolute(value.rstrip("*") or "/", step.workdir) if value and "~" not in value else None
        if place is None:
            if value and value.startswith("~"):
                continue
            return False
        if _overlap(place, source.folder):
            return False
    return True


def moved_below(source: Source, place: Span, *, before: "Step | None", manifests: str, more: str = "") -> list[Edit]:
    """Return the edits that take the source away and put it in a place below.

    *manifests* are the instructions that stand in for it above the step *before*. *more* follows it in its new
    place, whose end is that of a line where the place is empty.
    """
    build = source.build
    span = block(build, source.instruction)
    blank = "\n" if has_blank_above(build, span) else ""
    edits = []
    if before is not None and manifests and before.index == source.step.index + 1:
        edits.append(Edit(span, manifests))
    else:
        edits.append(without_lines(build, span))
        if before is not None and manifests:
            start = block(build, before.instruction).start
            edits.append(Edit(Span(start, start), f"{manifests}\n"))
    edits.append(Edit(place, f"\n{blank}{text_of(build, span)}{more}"))
    return edits
