"""Commands that unpack an archive, and which one."""

from dlint.model.commands import Arguments, Command

_TAR_NAMES = (".tar", ".tgz", ".tbz", ".tbz2", ".txz", ".tar.gz", ".tar.bz2", ".tar.xz", ".tar.zst")
_PACKED = (".zip", ".gz", ".bz2", ".xz", ".7z", ".zst")


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
    with_values = frozenset({"-d", "-P", "-x"} if command.name == "unzip" else ())
    operands = Arguments(command.arguments, with_values).operands
    if command.name in ("7z", "7za"):
        operands = operands[1:] if operands and operands[0].value in ("x", "e") else []
    if command.name in ("xz", "gzip") and not command.has("-d", "--decompress"):
        return None
    path = command.resolve(operands[0]) if operands else None
    return Archive(path, is_tar=False) if path and path.endswith(_PACKED) else None


def _of_tar(command: Command) -> Archive | None:
    extracts, path = False, None
    for index, word in enumerate(command.arguments):
        value = word.value
        following = command.arguments[index + 1] if index + 1 < len(command.arguments) else None
        if value.startswith("--"):
            extracts = extracts or value in ("--extract", "--get")
            name, _, given = value.partition("=")
            if name == "--file":
                path = given or (command.resolve(following) if following else None)
        elif (value.startswith("-") and len(value) > 1) or index == 0:
            # tar xf NAME, tar -xzf NAME: what follows the letters is the file.
            extracts = extracts or "x" in value.partition("C")[0]
            if value.endswith("f"):
                path = command.resolve(following) if following else None
    if not extracts or not path or path in ("-", "/dev/stdin") or "$" in path:
        return None
    return Archive(path, is_tar=path.endswith(_TAR_NAMES))
