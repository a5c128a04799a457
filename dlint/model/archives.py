"""Commands that unpack an archive, and which one."""

from dlint.model.commands import Arguments, Command

_TAR_VALUES = frozenset(
    {"-C", "--directory", "-f", "--file", "--exclude", "--transform", "-T", "--wildcards-match-slash"}
)
_TAR_NAMES = (".tar", ".tgz", ".tbz", ".tbz2", ".txz", ".tar.gz", ".tar.bz2", ".tar.xz", ".tar.zst")
_PACKED = (".zip", ".gz", ".bz2", ".xz", ".7z", ".zst", ".Z")


class Archive:
    """An archive that a command unpacks: its path as written, and whether ADD could unpack it."""

    __slots__ = ("is_tar", "path")

    def __init__(self, path: str, *, is_tar: bool) -> None:
        self.path = path
        self.is_tar = is_tar


def extracted_archive(command: Command) -> Archive | None:
    """Return the archive a command unpacks, None for other commands and for paths that are not certain."""
    if command.name in ("tar", "bsdtar"):
        return _of_tar(command)
    operands = Arguments(command.arguments, frozenset({"-d", "-P", "-x"})).operands
    if command.name in ("7z", "7za"):
        operands = operands[1:] if operands and operands[0].value in ("x", "e") else []
    if command.name in ("xz", "gzip") and not command.has("-d", "--decompress"):
        return None
    path = command.resolve(operands[0]) if operands else None
    return Archive(path, is_tar=False) if path and path.endswith(_PACKED) else None


def _of_tar(command: Command) -> Archive | None:
    words = command.arguments
    if not words:
        return None
    first = words[0].value
    bundle = first if first.startswith("-") and not first.startswith("--") else f"-{first}"
    if first.startswith("--") or "x" not in bundle:
        if not command.has("--extract", "--get", "-x"):
            return None
    if "f" in bundle[1:] and not first.startswith("--"):
        # tar xf NAME: what follows the letters is the file.
        path = command.resolve(words[1]) if len(words) > 1 and bundle.endswith("f") else None
    else:
        arguments = Arguments(words, _TAR_VALUES)
        given = arguments.words("-f", "--file")
        path = given[-1][0] if given and "$" not in given[-1][0] else None
    return Archive(path, is_tar=path.endswith(_TAR_NAMES)) if path and path not in ("-", "/dev/stdin") else None
