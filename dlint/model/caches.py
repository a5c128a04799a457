"""Caches of package managers: where they are, and whether a RUN keeps them out of its layer."""

import posixpath

from dlint import regex
from dlint.model.commands import Command
from dlint.model.packages import Install
from dlint.model.stages import Step
from dlint.parser.dockerfile import ast

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

_TRUE = frozenset({"1", "true", "yes", "on", "y", "t"})
_REMOVERS = ("rm", "find")


def is_true(value: str | None) -> bool:
    """Whether an environment variable switches something on."""
    return value is not None and value.strip("\"'").lower() in _TRUE


def home(step: Step) -> str | None:
    """Return the home folder of the user a step runs as, None where it is not certain."""
    given = step.environment.known("HOME")
    if given:
        return given
    if step.user is None:
        return None
    name = step.user.partition(":")[0]
    if name in ("root", "0"):
        return "/root"
    return f"/home/{name}" if not name.isdigit() else None


def mount_targets(step: Step) -> list[tuple[str, str]]:
    """Return type and absolute target of the cache and tmpfs mounts of a RUN; unknown targets are left out."""
    instruction = step.instruction
    if not isinstance(instruction, ast.Run) or not instruction.flags:
        return []
    mounts = instruction.mounts
    return [
        (mount.type, mount.target)
        for mount in mounts
        if mount.type in ("cache", "tmpfs") and mount.target and not mount.target.startswith("~")
    ]


def has_mount_below(step: Step, *fragments: str) -> bool:
    """Whether a cache or tmpfs mount covers a path: its target holds one of *fragments*.

    Homes differ and variables hide them, so the end of the path decides.
    """
    return any(
        fragment in target or fragment.startswith(target.rstrip("/") + "/") or target in ("/root/.cache", "/root")
        for _, target in mount_targets(step)
        for fragment in fragments
    )


def has_variable_mount(step: Step) -> bool:
    """Whether a mount's target depends on a variable, so that it may cover anything."""
    return any("$" in target for _, target in mount_targets(step))


def _comes_later(step: Step, after: Command, key: object, test: "Callable[[Command], bool]") -> bool:
    """Whether a command that passes a test stands after another one; *key* names the test."""
    if key not in step.last_places:
        step.last_places[key] = max((command.place for command in step.commands if test(command)), default=-1)
    return step.last_places[key] > after.place


def removes(step: Step, after: Command, *fragments: str) -> bool:
    """Whether a later command of the same RUN removes a path that holds one of *fragments*."""

    def test(command: Command) -> bool:
        return command.name in _REMOVERS and any(_takes_away(value, fragments) for value in command.values())

    return _comes_later(step, after, fragments, test)


def _takes_away(value: str, fragments: tuple[str, ...]) -> bool:
    cleaned = posixpath.normpath(value.replace("~", "/root").replace("$HOME", "/root").replace("${HOME}", "/root"))
    # What stands before the first wildcard or brace: everything below it may be meant.
    folder = regex.split(r"[*?\[{]", cleaned, maxsplit=1)[0]
    is_folder = folder == cleaned or folder.endswith("/")
    for fragment in fragments:
        if fragment in cleaned or (cleaned.startswith("/root/.cache") and "/.cache" in f"/{fragment}"):
            return True
        if is_folder and len(folder) > 1 and fragment.startswith(folder.rstrip("/") + "/"):
            return True
    return False


def runs_later(step: Step, after: Command, names: tuple[str, ...], *words: str) -> bool:
    """Whether a later command of the same RUN is one of *names* with one of *words*."""
    return _comes_later(step, after, (names, words), lambda command: command.name in names and command.has(*words))


def scripts_may_clean(step: Step, after: Command) -> bool:
    """Whether the same RUN goes on with a script nobody can see, called like a clean-up."""
    return _comes_later(step, after, "clean", _is_clean_up)


def _is_clean_up(command: Command) -> bool:
    name = command.program.value if command.program else ""
    return "clean" in name or "fix-permissions" in name


def is_kept_out(step: Step, after: Command, *fragments: str) -> bool:
    """Whether a cache stays out of the layer, or may: it is mounted, removed, or left to a script."""
    return (
        has_variable_mount(step)
        or has_mount_below(step, *fragments)
        or removes(step, after, *fragments)
        or scripts_may_clean(step, after)
    )


def last_of_kinds(installs: tuple[Install, ...]) -> frozenset[Install]:
    """Return the last installation of each manager in each RUN; one report a RUN is enough."""
    return frozenset({(install.step, install.manager): install for install in installs}.values())
