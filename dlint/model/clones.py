"""Repositories that ``git clone`` brings into an image, and what lies in a folder because of it.

Source for the option table: git-clone(1), git 2.52.
"""

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
# Options of git itself, in front of the verb, that take a value.
_GIT_OPTIONS = frozenset({"-C", "-c", "--git-dir", "--work-tree", "--namespace"})
_BARE = ("--bare", "--mirror")
_SHALLOW = ("--depth", "--filter", "--shallow-since", "--shallow-exclude")


class Clone:
    """One ``git clone``.

    *url* is as written, *folder* the path it is cloned into as the command sees it, *branch* what
    is asked for by name. *is_lfs* says that the command is ``git lfs clone``.
    """

    __slots__ = ("arguments", "branch", "command", "folder", "is_lfs", "url", "verb_index")

    def __init__(self, command: Command, arguments: Arguments, verb_index: int, *, is_lfs: bool) -> None:
        self.command = command
        self.arguments = arguments
        self.verb_index = verb_index
        """How many arguments stand up to and with the verb."""
        self.is_lfs = is_lfs
        self.url = arguments.operands[0].value
        self.folder = arguments.operands[1].value if len(arguments.operands) > 1 else self.name
        self.branch = arguments.get("-b", "--branch", "--revision")

    @property
    def name(self) -> str:
        """The name of the repository."""
        url = self.command.resolve_text(self.url) or self.url
        return url.rstrip("/").removesuffix(".git").rpartition("/")[2].rpartition(":")[2]

    @property
    def place(self) -> str | None:
        """The container path it is cloned to, None where that is not certain."""
        operands = self.arguments.operands
        given = self.command.resolve(operands[1]) if len(operands) > 1 else self.name
        return place_of(self.command, given) if given else None

    @property
    def is_remote(self) -> bool:
        """Whether it comes from a server."""
        return "://" in self.url or self.url.startswith("git@")

    @property
    def is_shallow(self) -> bool:
        """Whether it leaves out parts of the history."""
        return self.arguments.has(*_SHALLOW)

    @property
    def is_bare(self) -> bool:
        """Whether the history is all there is."""
        return self.arguments.has(*_BARE)


def verb_of_git(command: Command) -> tuple[str, int]:
    """Return the verb of a git command and how many arguments stand up to it; ``lfs pull`` counts as one verb."""
    values = command.values()
    index = 0
    while index < len(values) and values[index].startswith("-"):
        index += 2 if values[index] in _GIT_OPTIONS else 1
    if index >= len(values):
        return "", 0
    if values[index] == "lfs" and index + 1 < len(values):
        return f"lfs {values[index + 1]}", index + 2
    return values[index], index + 1


def read_clone(command: Command) -> Clone | None:
    """Return the clone a git command makes, None for other commands."""
    verb, index = verb_of_git(command)
    if verb not in ("clone", "lfs clone"):
        return None
    arguments = Arguments(command.arguments[index:], _OPTIONS)
    return Clone(command, arguments, index, is_lfs=verb == "lfs clone") if arguments.operands else None


def place_of(command: Command, path: str) -> str | None:
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
    wanted = place_of(command, path)
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
        folder = clone.place
        if folder:
            found.setdefault(folder, {})[clone.command.step.stage] = clone
    return {folder: list(by_stage.values()) for folder, by_stage in found.items()}
