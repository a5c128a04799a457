"""The user of an image: its home, and where it may write.

Source: useradd and adduser of Debian 12 and 13, Ubuntu 22.04 and 24.04 and BusyBox (their manuals);
docs.docker.com/reference/dockerfile, USER.
"""

import posixpath

from dlint.model.commands import Arguments, Command
from dlint.model.container_paths import absolute
from dlint.model.stages import ROOT_USERS, Step
from dlint.parser.dockerfile import ast

TYPE_CHECKING = False
if TYPE_CHECKING:
    from dlint.model.build import Build

_USERADD = frozenset(
    ["-u", "--uid", "-g", "--gid", "-G", "--groups", "-d", "--home", "--home-dir", "-s", "--shell", "-c", "--comment",
     "-p", "--password", "-k", "--skel", "-e", "-f", "-b", "--base-dir", "-K"]
)  # fmt: skip
_ADDUSER = frozenset(
    [
        "-u",
        "--uid",
        "--gid",
        "-s",
        "--shell",
        "-c",
        "--comment",
        "--ingroup",
        "--gecos",
        "-h",
        "--home",
        "-G",
        "-g",
        "-k",
    ]
)
# Folders that everyone may write to.
_SHARED = ("/tmp/", "/var/tmp/", "/dev/shm/", "/run/lock/")
# The families whose users, homes and permissions are known.
_KNOWN = ("python", "debian", "ubuntu", "cuda", "node")


class Home:
    """The home of a user: its path, and whether it is there for the user to write to."""

    __slots__ = ("is_missing", "path", "why")

    def __init__(self, path: str, *, is_missing: bool, why: str) -> None:
        self.path = path
        self.is_missing = is_missing
        self.why = why


def last_user(build: "Build") -> Step | None:
    """Return the USER instruction that counts when a container starts."""
    for stage in build.runtime_chain:
        for step in reversed(stage.steps):
            if isinstance(step.instruction, ast.User):
                return step
    return None


def find_home(build: "Build", user: str) -> Home | None:
    """Return the home of the user that containers of the target run as, None where it is not certain.

    Nobody knows the users of an unknown base image.
    """
    target = build.target
    name = user.partition(":")[0]
    if target is None or target.root.family not in _KNOWN or target.root.libc != "glibc" or name in ROOT_USERS:
        return None
    created = [command for stage in target.chain for step in stage.steps for command in step.commands
               if command.name in ("useradd", "adduser")]  # fmt: skip
    if name.isdigit():
        return _home_of_number(build, int(name[:9]), created)
    if name == "nobody":
        return Home("/nonexistent", is_missing=True, why="nobody has no home")
    mine = [command for command in created if command.has(name)]
    return _created_home(build, mine[-1], name) if mine else None


def _home_of_number(build: "Build", number: int, created: list[Command]) -> Home | None:
    root = build.target.root if build.target else None
    if root is None or created or number < 1000 or number in (65534, 65535):
        return None
    if root.family == "node" or (root.os == "ubuntu" and root.os_version not in ("20.04", "22.04", "18.04")):
        return None
    if any("/etc/passwd" in step.instruction.line.text for stage in build.runtime_chain for step in stage.steps):
        return None
    return Home("/", is_missing=True, why=f"no user has the number {number}, so its home is /")


def _created_home(build: "Build", command: Command, name: str) -> Home | None:
    if command.is_conditional or command.is_partial:
        return None
    if command.name == "useradd":
        arguments = Arguments(command.arguments, _USERADD)
        path = arguments.get("-d", "--home", "--home-dir") or f"/home/{name}"
        if arguments.get("-b", "--base-dir"):
            return None
        is_made = arguments.has("-m", "--create-home")
        return Home(path, is_missing=not is_made, why="useradd makes no home without -m")
    arguments = Arguments(command.arguments, _ADDUSER)
    given = arguments.get("-h", "--home")
    if "--no-create-home" in command.values() or "-H" in command.values():
        return Home(given or f"/home/{name}", is_missing=True, why="adduser was told to make no home")
    if "--system" in command.values() and given is None:
        root = command.step.stage.root
        if root.os == "debian" and root.os_version in ("12", "13"):
            return Home("/nonexistent", is_missing=True, why="adduser --system makes no home")
        return None
    return Home(given or f"/home/{name}", is_missing=False, why="")


def is_made_writable(build: "Build", path: str) -> bool:
    """Whether something makes a path, or a folder above it, one the user may write to, or may do so.

    Whatever a RUN does to it counts, a COPY or ADD with ``--chown``, a volume and the context's scripts.
    """
    path = posixpath.normpath(path)
    if f"{path}/".startswith(_SHARED):
        return True
    above = [path, *_parents(path)]
    for stage in build.runtime_chain:
        for step in stage.steps:
            instruction = step.instruction
            if isinstance(instruction, ast.Run):
                if _touches(step, above):
                    return True
            elif isinstance(instruction, ast.Transfer):
                if instruction.flag("chown") or instruction.flag("chmod"):
                    place = absolute(build.variables.expand(instruction.destination, step.environment), step.workdir)
                    if place is None or place in above:
                        return True
            elif isinstance(instruction, ast.Volume) and any(word.value in above for word in instruction.words):
                return True
    return False


def _parents(path: str) -> list[str]:
    found = []
    while path.count("/") > 1:
        path = path.rpartition("/")[0]
        found.append(path)
    return found


def _touches(step: Step, above: list[str]) -> bool:
    """Whether a RUN names one of the paths, the working directory among them, or runs what nobody can see."""
    is_inside = step.workdir is None or any(step.workdir.rstrip("/") == path for path in above)
    for command in step.commands:
        if command.name.endswith((".sh", ".py")) or command.name in ("bash", "sh", "source", "."):
            return True
        if command.name in ("chown", "chmod", "mkdir", "install", "usermod", "chgrp", "setfacl", "ln", "mv", "cp"):
            if is_inside:
                return True
            for value in command.values():
                if (
                    "$" in value
                    or "~" in value
                    or any(value.rstrip("/") == path or value.startswith(f"{path}/") for path in above)
                ):
                    return True
    return False
