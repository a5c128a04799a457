"""Caches of package managers: where they are, and whether a RUN keeps them out of its layer."""

import posixpath
import re

from dlint.model.commands import Command
from dlint.model.packages import Install
from dlint.model.stages import Step
from dlint.parser.dockerfile import ast

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
    return [(mount.type, mount.target) for mount in mounts if mount.type in ("cache", "tmpfs") and mount.target]


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


def removes(step: Step, after: Command, *fragments: str) -> bool:
    """Whether a later command of the same RUN removes a path that holds one of *fragments*."""
    return any(
        _takes_away(value, fragments)
        for command in step.named(*_REMOVERS)
        if command.follows(after)
        for value in command.values()
    )


def _takes_away(value: str, fragments: tuple[str, ...]) -> bool:
    cleaned = posixpath.normpath(value.replace("~", "/root").replace("$HOME", "/root").replace("${HOME}", "/root"))
    # What stands before the first wildcard or brace: everything below it may be meant.
    folder = re.split(r"[*?\[{]", cleaned, maxsplit=1)[0]
    is_folder = folder == cleaned or folder.endswith("/")
    for fragment in fragments:
        if fragment in cleaned or (cleaned.startswith("/root/.cache") and "/.cache" in f"/{fragment}"):
            return True
        if is_folder and len(folder) > 1 and fragment.startswith(folder.rstrip("/") + "/"):
            return True
    return False


def runs_later(step: Step, after: Command, names: tuple[str, ...], *words: str) -> bool:
    """Whether a later command of the same RUN is one of *names* with one of *words*."""
    return any(command.follows(after) and command.name in names and command.has(*words) for command in step.commands)


def scripts_may_clean(step: Step, after: Command) -> bool:
    """Whether the same RUN goes on with a script nobody can see, called like a clean-up."""
    names = {
        command.name
        for command in step.commands
        if command.program is not None
        and ("clean" in command.program.value or "fix-permissions" in command.program.value)
    }
    return bool(names) and any(command.follows(after) for command in step.named(*sorted(names)))


def last_of_kinds(installs: tuple[Install, ...]) -> frozenset[Install]:
    """Return the last installation of each manager in each RUN; one report a RUN is enough."""
    return frozenset({(install.step, install.manager): install for install in installs}.values())
