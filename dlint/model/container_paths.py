"""Where files of the build context lie in the image, and back."""

import posixpath
from bisect import bisect_left

from dlint.model.commands import Command
from dlint.model.invocation import clean_path, is_local_source
from dlint.model.stages import Step
from dlint.parser.dockerfile import ast
from dlint.parser.dockerfile.expansion import UNKNOWN

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from dlint.model.build import Build


class Transferred:
    """One source of a COPY or ADD from the build context, and where it lands.

    *destination* is an absolute path of the container, None where it is unknown; *is_folder*
    says that it names the folder the source is put into.
    """

    __slots__ = ("destination", "is_folder", "source", "step", "word")

    def __init__(self, step: Step, word: ast.Word, source: str, destination: str | None, *, is_folder: bool) -> None:
        self.step = step
        self.word = word
        self.source = source
        self.destination = destination
        self.is_folder = is_folder

    @property
    def is_everything(self) -> bool:
        """Whether it is the whole context."""
        return self.source in ("", "*")


def absolute(path: str, workdir: str | None) -> str | None:
    """Return a container path made absolute and clean, None where the directory is unknown."""
    if UNKNOWN in path or "$" in path:
        return None
    if not path.startswith("/"):
        if workdir is None:
            return None
        path = f"{workdir}/{path}"
    # Two slashes in front would be kept.
    return posixpath.normpath(f"/{path.lstrip('/')}")


def transfers(build: "Build", step: Step) -> "list[Transferred]":
    """Return what a COPY or ADD takes from the build context."""
    instruction = step.instruction
    if not isinstance(instruction, ast.Transfer) or instruction.flag("from"):
        return []
    destination = build.variables.expand(instruction.destination, step.environment)
    is_folder = destination.endswith(("/", "/.")) or destination in (".", "./") or len(instruction.sources) > 1
    place = absolute(destination, step.workdir)
    found = []
    for word in instruction.sources:
        text = build.variables.expand(word, step.environment) if "$" in word.value else word.value
        if UNKNOWN in text or not is_local_source(text):
            continue
        found.append(Transferred(step, word, clean_path(text), place, is_folder=is_folder))
    return found


def working_directory(command: Command, otherwise: str | None = None) -> str | None:
    """Return the folder a command runs in, None where that is not certain; ``cd`` earlier in its script counts.

    *otherwise* stands for a folder that the step starts in and nobody knows.
    """
    step = command.step
    folders = step.once(("folders", otherwise), lambda: _folders(step, step.workdir or otherwise))
    earlier = bisect_left(folders, (command.place,))
    return folders[earlier - 1][1] if earlier else step.workdir or otherwise


def _folders(step: Step, place: str | None) -> list[tuple[int, str | None]]:
    """Return where the folder changes in a step, and to what."""
    found = []
    for command in step.named("cd", "pushd", "popd"):
        words = [word for word in command.arguments if not word.value.startswith("-")]
        target = command.resolve(words[0]) if words and command.name != "popd" else None
        place = absolute(target, place) if target else None
        found.append((command.place, place))
    return found


def in_context(build: "Build", command: Command, path: str) -> str | None:
    """Return the context path of the file a command finds at *path*, None if it is not certain."""
    step = command.step
    place = working_directory(command)
    wanted = absolute(path, place)
    mounted = _mounted(build, step, path, wanted)
    if mounted is not None:
        return mounted
    found = _find(build, step, path, wanted) if wanted is not None or _is_plain(path, place, step) else None
    return found[1] if found else None


def find_transferred(build: "Build", command: Command, path: str) -> "tuple[Transferred, str] | None":
    """Return the COPY or ADD that brought the file a command finds at *path*, and its context path.

    None where that is not certain, and for files of a mount.
    """
    step = command.step
    place = working_directory(command)
    wanted = absolute(path, place)
    if _mounted(build, step, path, wanted) is not None or (wanted is None and not _is_plain(path, place, step)):
        return None
    return _find(build, step, path, wanted)


def _is_plain(path: str, place: str | None, step: Step) -> bool:
    """Whether a relative path can be compared by its name, though nobody knows the working directory."""
    return place == step.workdir and not path.startswith("/")


def _find(build: "Build", step: Step, path: str, wanted: str | None) -> "tuple[Transferred, str] | None":
    candidates = []
    for earlier in _steps_before(step):
        for item in reversed(transfers(build, earlier)):
            found = _landed(build, item, path, wanted)
            if found is not None:
                candidates.append((item, found))
                # Without the working directory only the names are compared, and all have to agree.
                if wanted is not None:
                    return item, found
    return candidates[0] if len({found for _, found in candidates}) == 1 else None


def _steps_before(step: Step) -> "Iterator[Step]":
    """Yield the steps before this one, the nearest first, through the local base stages."""
    yield from reversed(step.stage.steps[: step.index])
    for stage in step.stage.chain[1:]:
        yield from reversed(stage.steps)


def _mounted(build: "Build", step: Step, path: str, wanted: str | None) -> str | None:
    if not isinstance(step.instruction, ast.Run):
        return None
    for mount in step.instruction.mounts:
        if mount.type != "bind" or mount.from_ or mount.target is None:
            continue
        target = absolute(mount.target, step.workdir)
        source = clean_path(mount.source or "")
        if target is not None and wanted is not None:
            if target == wanted:
                return source
            if wanted.startswith(target.rstrip("/") + "/"):
                return clean_path(f"{source}/{wanted[len(target.rstrip('/')) + 1 :]}")
        elif clean_path(mount.target) == clean_path(path):
            return source
    return None


def _landed(build: "Build", item: Transferred, path: str, wanted: str | None) -> str | None:
    """Return the context path if *item* put the wanted file where it is."""
    source = item.source
    name = source.rpartition("/")[2]
    if item.destination is None or wanted is None:
        # Without the working directory, relative names still agree with each other.
        return source if name == path.rpartition("/")[2] and "*" not in name and not path.startswith("/") else None
    folder = item.destination.rstrip("/") + "/"
    is_folder_source = item.is_everything or any(
        entry.is_folder for entry in build.context.children(source.rpartition("/")[0]) if entry.path == source
    )
    if item.destination == wanted and not item.is_folder and not is_folder_source:
        return source
    if not wanted.startswith(folder):
        return None
    rest = wanted[len(folder) :]
    if item.is_everything:
        return rest
    if is_folder_source:
        return f"{source}/{rest}"
    if "*" in name or "?" in name:
        candidates = [entry for entry in build.context.find(source) if not entry.is_folder and entry.name == rest]
        return candidates[0].path if candidates else None
    return source if item.is_folder and rest == name else None


def brought_as(build: "Build", step: Step, place: str) -> str | None:
    """Return the context path of the file that a COPY or ADD puts at a place of the image, None if it does not."""
    found = (_landed(build, item, place, place) for item in transfers(build, step) if item.destination)
    return next((path for path in found if path is not None), None)


def is_made_before(build: "Build", step: Step, path: str) -> bool:
    """Whether an earlier instruction may have made a folder of the container: it names it, or something below.

    Instructions of the local base stages count. What a script or a base image does is not known.
    """
    below = path.rstrip("/") + "/"
    if step.workdir is not None and f"{step.workdir}/".startswith(below):
        return True
    name = path.rstrip("/").rpartition("/")[2]
    for earlier in _steps_before(step):
        instruction = earlier.instruction
        if earlier.workdir is not None and f"{earlier.workdir}/".startswith(below):
            return True
        if (
            isinstance(instruction, ast.Run | ast.Volume)
            and name in build.source.text[instruction.start : instruction.end]
        ):
            return True
        if isinstance(instruction, ast.Transfer):
            target = absolute(build.variables.expand(instruction.destination, earlier.environment), earlier.workdir)
            if target is None or f"{target}/".startswith(below) or f"{below}".startswith(f"{target.rstrip('/')}/"):
                return True
    return False
