"""What a RUN removes again before its layer is made."""

import posixpath
from bisect import bisect_right

from dlint.model.caches import has_variable_mount, mount_targets, scripts_may_clean
from dlint.model.commands import Command
from dlint.model.container_paths import absolute
from dlint.model.patterns import is_pattern, may_match
from dlint.model.stages import Step
from dlint.parser.shell.ast import Word
from dlint.regex import lazy

_BRACES = lazy(r"\{[^{}]*\}")
_GLOB = lazy(r"[*?\[]")
# A RUN that removes more than this is not looked through for every file.
_MAX_OPERANDS = 500
_AT_THE_END = 1 << 60
# Stands for a working directory that is not known; relative paths still agree with each other.
_SOMEWHERE = "/\1"


class Removals:
    """The folders a RUN works in, and the paths it removes.

    It answers for the worst case: what cannot be read may remove anything.
    """

    def __init__(self, step: Step) -> None:
        self.step = step
        self._folders: list[tuple[int, str | None]] = [(-1, step.workdir or _SOMEWHERE)]
        for command in step.named("cd", "pushd", "popd"):
            self._folders.append((command.place, self._destination(command)))
        self._last_unknown = -1
        """Where the last command stands that may remove anything."""
        self._operands: list[tuple[int, str, str | None]] = []
        """Place, text, and absolute pattern of every path that is removed."""
        for command in step.named("rm", "find", "unlink", "trap", "rmtree", "mv"):
            self._read(command)
        if len(self._operands) > _MAX_OPERANDS:
            self._last_unknown = max(place for place, _, _ in self._operands)

    def folder(self, command: Command) -> str | None:
        """Return the working directory of a command; two unknown ones are the same as long as no ``cd`` hides it."""
        return self._folders[bisect_right(self._folders, (command.place, "")) - 1][1]

    def path(self, command: Command, word: Word) -> str | None:
        """Return a path of a command as an absolute one, up to the first wildcard; None where that is not certain."""
        text = command.resolve(word)
        if text is None:
            return None
        match = _GLOB.search(text)
        path = absolute(text[: match.start()].rpartition("/")[0] or "/" if match else text, self.folder(command))
        return None if path is None or _SOMEWHERE in path else path

    def may_take(self, command: Command, path: str) -> bool:
        """Whether a later command removes the file or folder that *command* knows as *path*, or may.

        What lies on a mount is never a part of the layer, and counts as removed.
        """
        if self._last_unknown > command.place or scripts_may_clean(self.step, command):
            return True
        known = command.resolve_text(path) or path
        wanted = absolute(known, self.folder(command))
        if self._is_mounted(wanted):
            return True
        return any(
            place > command.place and (("$" in text and text == path) or _covers(pattern, text, wanted, known))
            for place, text, pattern in self._operands
        )

    def _destination(self, command: Command) -> str | None:
        before = self._folders[-1][1]
        words = [word for word in command.arguments if not word.value.startswith("-")]
        if command.name == "popd" or command.has("-"):
            return self._folders[-2][1] if len(self._folders) > 1 else None
        target = command.resolve(words[0]) if words else None
        return absolute(target, before) if target else None

    def _read(self, command: Command) -> None:
        if command.name == "trap" or command.is_partial:
            # What trap holds runs when the RUN ends.
            self._last_unknown = _AT_THE_END if command.name == "trap" else command.place
            return
        words = [word for word in command.arguments if not word.value.startswith("-")]
        if command.name == "find":
            if not command.has("-delete", "rm"):
                return
            words = words[:1]
        elif command.name == "mv":
            words = words[:-1]
        for word in words:
            text = command.resolve(word) or word.value
            text = _BRACES.sub("*", text) if "$" not in text else text
            self._operands.append((command.place, text, absolute(text, self.folder(command))))

    def _is_mounted(self, path: str | None) -> bool:
        if has_variable_mount(self.step):
            return True
        if path is None:
            return bool(mount_targets(self.step))
        targets = [target for _, target in mount_targets(self.step)]
        return any(f"{path}/".startswith(f"{target.rstrip('/')}/") for target in (*targets, "/dev/shm"))


def _covers(pattern: str | None, text: str, wanted: str | None, path: str) -> bool:
    """Whether removing *text* takes *path*: as absolute paths, else by the names alone."""
    if "$" in text or "`" in text:
        # A variable may stand for anything, but for another name.
        name = posixpath.basename(text)
        return "$" in name or not name or name == posixpath.basename(path)
    if pattern is not None and wanted is not None:
        return _matches(wanted, pattern) or wanted.startswith(f"{pattern.rstrip('/')}/")
    names = path.rstrip("/").split("/")
    last = posixpath.basename(text.rstrip("/"))
    return last in ("", ".", "..") or any(_matches(name, last) for name in names)


def _matches(path: str, pattern: str) -> bool:
    if not is_pattern(pattern):
        return path == pattern
    return may_match(path, pattern) or may_match(path, f"{pattern}/*")
