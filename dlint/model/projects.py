"""Files of the project that a package manager works on: pyproject.toml and the lock beside it."""

import posixpath

from dlint.model.commands import Command
from dlint.model.container_paths import in_context, transfers
from dlint.model.invocation import clean_path
from dlint.model.order import is_after
from dlint.model.packages import Install
from dlint.model.stages import Step
from dlint.parser.dockerfile import ast

TYPE_CHECKING = False
if TYPE_CHECKING:
    from dlint.model.build import Build
    from dlint.text import Source

_FOLDER_OPTIONS = {
    "uv": ("--directory", "--project"), "poetry": ("-C", "--directory", "-P", "--project"), "pdm": ("-p", "--project"),
    "npm": ("--prefix", "-C"),
}  # fmt: skip


def project_path(install: Install, name: str) -> str | None:
    """Return the path of a file of the project, as the command would find it; None where a variable hides it."""
    given = install.arguments.get(*_FOLDER_OPTIONS.get(install.manager, ("\0",)))
    folder = install.command.resolve_text(given) if given else ""
    return None if folder is None else posixpath.join(folder, name)


def is_there(build: "Build", command: Command, path: str) -> bool | None:
    """Whether a file of the context lies at *path* when a command runs; None where that is not certain.

    Without the context only files count that the Dockerfile itself names.
    """
    if is_after(
        build, command, f"rm {posixpath.basename(path)}", lambda _, step: _removed(step, posixpath.basename(path))
    ):
        return None
    found = in_context(build, command, path)
    if found is None:
        return None
    if build.context.is_known:
        return build.context.exists(found) and not build.context.ignores(found)
    return True if _is_named(build, command, posixpath.basename(path)) else None


def read_project(build: "Build", install: Install, name: str) -> "Source | None":
    """Return a text file of the project, None if it cannot be seen."""
    path = project_path(install, name)
    found = in_context(build, install.command, path) if path else None
    return build.context.text(found) if found else None


def left_behind(build: "Build", install: Install, manifest: str, lock: str) -> str | None:
    """Return the context path of a lock that lies beside the manifest and surely does not come into the image."""
    if not build.context.is_known:
        return None
    path = project_path(install, manifest)
    found = in_context(build, install.command, path) if path else None
    if path is None or found is None or not build.context.exists(found):
        return None
    beside = clean_path(posixpath.join(posixpath.dirname(found), lock))
    if not build.context.exists(beside):
        return None
    brought = in_context(build, install.command, posixpath.join(posixpath.dirname(path), lock))
    if brought is not None:
        return beside if build.context.ignores(brought) else None
    return beside if not _may_bring(build, install.command.step, lock) else None


def _may_bring(build: "Build", step: Step, name: str) -> bool:
    """Whether something before a step may bring a file of this name in a way that cannot be followed."""
    for stage in step.stage.chain:
        for earlier in stage.steps[: step.index + 1] if stage is step.stage else stage.steps:
            instruction = earlier.instruction
            text = build.source.text[instruction.start : instruction.end]
            if isinstance(instruction, ast.Transfer):
                has_unknown = any(item.destination is None for item in transfers(build, earlier))
                flag = instruction.flag("from")
                # Images of others do not hold the locks of this project.
                if flag is not None and build.stage_named(flag.value or "") is None:
                    continue
                if flag or "$" in text or has_unknown:
                    return True
            elif isinstance(instruction, ast.Run) and (name in text or "git clone" in text or "lock" in text):
                return True
    return False


def _removed(step: Step, name: str) -> int | None:
    places = [
        command.place for command in step.named("rm", "mv") if any(value.endswith(name) for value in command.values())
    ]
    return min(places, default=None)


def _is_named(build: "Build", command: Command, name: str) -> bool:
    """Whether a COPY or a mount before a command names a file of this name."""
    for stage in command.step.stage.chain:
        for step in stage.steps:
            if any(posixpath.basename(item.source) == name for item in transfers(build, step)):
                return True
    instruction = command.step.instruction
    return isinstance(instruction, ast.Run) and any(
        posixpath.basename(mount.source or "") == name for mount in instruction.mounts
    )
