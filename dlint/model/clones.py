"""Repositories that ``git clone`` brings into an image.

Source for the option table: git-clone(1), git 2.52.
"""

from dlint.model.commands import Arguments, Command

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
