"""What the rules about the whole context share."""

from dlint.knowledge.files import ENVIRONMENT, ENVIRONMENT_MARKERS, HEAVY_FOLDERS, READ_HISTORY, VERSIONS_FROM_HISTORY
from dlint.model.build import Build
from dlint.model.container_paths import Transferred, transfers
from dlint.model.context import BuildContext, Entry
from dlint.model.invocation import clean_path
from dlint.parser.dockerfile import ast


def copies_of_everything(build: Build) -> list[Transferred]:
    """Return every COPY and ADD that takes the whole context, in stages the target needs."""
    return [
        item
        for step in build.steps(ast.Copy, ast.Add)
        if step.stage in build.reachable
        for item in transfers(build, step)
        if item.is_everything
    ]


def needless(build: Build, folder: Entry) -> str | None:
    """Return what a folder of the context is that no build needs, None for any other."""
    if folder.name == ".git" and _needs_history(build):
        return None
    names = {entry.name for entry in build.context.children(folder.path)}
    if not ENVIRONMENT_MARKERS.isdisjoint(names):
        return ENVIRONMENT
    # A package may be called data or datasets.
    return None if "__init__.py" in names else HEAVY_FOLDERS.get(folder.name)


def _needs_history(build: Build) -> bool:
    """Whether the build reads the repository: it says so, or the project takes its version from there."""
    if any(command.arguments and command.arguments[0].value in READ_HISTORY for command in build.commands("git")):
        return True
    for step in build.steps(ast.Copy, ast.Add, ast.Run):
        instruction = step.instruction
        if isinstance(instruction, ast.Run):
            if any(clean_path(mount.source or "") == ".git" for mount in instruction.mounts if mount.type == "bind"):
                return True
        elif any(item.source == ".git" for item in transfers(build, step)):
            return True
    return any(_mentions(build.context, name) for name in ("pyproject.toml", "setup.py", "setup.cfg"))


def _mentions(context: BuildContext, name: str) -> bool:
    source = context.text(name)
    return source is not None and any(word in source.text for word in VERSIONS_FROM_HISTORY)
