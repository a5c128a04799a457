"""Git repositories that a build clones, and what lies in a folder because of it."""

from dlint.model.commands import Arguments, Command
from dlint.model.container_paths import absolute, working_directory

TYPE_CHECKING = False
if TYPE_CHECKING:
    from dlint.model.build import Build

_OPTIONS = frozenset(
    [
        "-b", "--branch", "--revision", "--depth", "--filter", "-o", "--origin", "-u", "--upload-pack", "-c",
        "--config", "--reference", "--shallow-since", "-j", "--jobs", "--template", "--separate-git-dir",
        "--server-option", "--shallow-exclude", "--recurse-submodules-path",
    ]
)  # fmt: skip


class Clone:
    """One ``git clone``.

    *url* is the address as written, *name* the last part of it without ``.git``.
    """

    __slots__ = ("arguments", "command", "name", "url")

    def __init__(self, command: Command, arguments: Arguments) -> None:
        self.command = command
        self.arguments = arguments
        self.url = arguments.operands[0].value
        self.name = self.url.rstrip("/").removesuffix(".git").rpartition("/")[2]

    @property
    def folder(self) -> str | None:
        """The container path it is cloned to, None where that is not certain."""
        operands = self.arguments.operands
        given = self.command.resolve(operands[1]) if len(operands) > 1 else self.name
        return folder_of(self.command, given) if given else None

    @property
    def branch(self) -> str | None:
        """The branch, tag or commit that is named, as written."""
        return self.arguments.get("-b", "--branch", "--revision")


def read_clone(command: Command) -> Clone | None:
    """Return the clone a command makes, None for other commands."""
    if command.name != "git" or not command.arguments or command.arguments[0].value != "clone":
        return None
    arguments = Arguments(command.arguments[1:], _OPTIONS)
    return Clone(command, arguments) if arguments.operands else None


def folder_of(command: Command, path: str) -> str | None:
    """Return a path as the command finds it, made absolute and clean; None where it is not certain.

    Where the folder that a step starts in is unknown, it is called ``/?``: such paths can be
    compared with each other.
    """
    return absolute(path, working_directory(command, otherwise="/?"))


def clones(build: "Build") -> tuple[Clone, ...]:
    """Return every clone of a build, in file order."""
    return build.once(
        "clones", lambda: tuple(clone for command in build.commands("git") if (clone := read_clone(command)))
    )


def cloned_at(build: "Build", command: Command, path: str) -> Clone | None:
    """Return the clone whose folder, or a folder in it, a command finds at *path*; None if none was seen."""
    folders = build.once("clones by folder", lambda: _by_folder(build))
    wanted = folder_of(command, path)
    while wanted and wanted not in ("/", "/?"):
        for clone in folders.get(wanted, ()):
            if clone.command.step.stage in command.step.stage.chain:
                return clone
        wanted = wanted.rpartition("/")[0]
    return None


def _by_folder(build: "Build") -> dict[str, list[Clone]]:
    """Return the clones of each folder, at most one a stage, the last."""
    found: dict[str, dict[object, Clone]] = {}
    for clone in clones(build):
        folder = clone.folder
        if folder:
            found.setdefault(folder, {})[clone.command.step.stage] = clone
    return {folder: list(by_stage.values()) for folder, by_stage in found.items()}
