"""Report repositories whose history stays in the image."""

from dlint.checks import INFO, WARNING, Fix, Report, Span, fix, rule
from dlint.model.build import Build
from dlint.model.clones import Clone, read_clone, verb_of_git
from dlint.model.removals import Removals
from dlint.model.role import Role
from dlint.model.stages import Stage
from dlint.parser.dockerfile import ast

# What another commit than the newest is needed for.
_READS_HISTORY = frozenset({
    "checkout", "switch", "reset", "describe", "log", "fetch", "pull", "merge", "rebase", "cherry-pick", "revert",
    "rev-list", "show", "tag",
})  # fmt: skip
_HUBS = ("huggingface.co/", "hf.co/")


@rule("git-history-in-image", severity=INFO, triggers=("clone",), fix="unsafe")
def check(build: Build, report: Report) -> None:
    if build.role is Role.DEVELOPMENT:
        return
    has_lfs = _has_lfs(build)
    for stage in build.runtime_chain:
        last_reader = _last_reader(stage)
        for step in stage.instructions(ast.Run):
            removals = None
            for command in step.named("git"):
                clone = read_clone(command)
                if clone is None or not clone.is_remote or clone.is_shallow or clone.is_bare:
                    continue
                removals = removals or Removals(step)
                if not removals.may_take(command, f"{clone.folder.rstrip('/')}/.git"):
                    is_read = last_reader > (step.index, command.place)
                    _report(report, clone, has_lfs=has_lfs, is_read=is_read)


def _report(report: Report, clone: Clone, *, has_lfs: bool, is_read: bool) -> None:
    is_lfs = clone.is_lfs or (has_lfs and any(hub in clone.url for hub in _HUBS) and not _skips_lfs(clone))
    remove = _removal(clone)
    if is_lfs:
        message = f"{clone.name} is cloned with Git LFS: .git holds a second copy of each large file"
        advice = f"use hf download --local-dir, or {remove}" if any(hub in clone.url for hub in _HUBS) else remove
    else:
        message = f"the whole history of {clone.name} stays in the image"
        advice = f"{remove}, or take one commit: ADD URL#COMMIT" if is_read else f"add --depth 1, or {remove}"
    report(
        clone.command.head(clone.verb_index),
        message,
        advice=advice,
        severity=WARNING if is_lfs and not clone.command.is_conditional else INFO,
        fix=None if is_lfs or is_read else _fix(clone),
    )


def _removal(clone: Clone) -> str:
    """Return the advice to remove .git, by a path that holds at the end of the RUN."""
    folder = clone.folder.rstrip("/")
    if not folder.startswith(("/", "$", "~")) and clone.command.step.named("cd", "pushd"):
        place = clone.place or "/?"
        if "?" in place:
            return f"remove {folder}/.git in the same RUN"
        folder = place
    return f"end the RUN with rm -rf {folder}/.git"


def _fix(clone: Clone) -> Fix | None:
    verb = clone.command.arguments[clone.verb_index - 1]
    place = verb.span.end
    return (
        fix("unsafe", "add --depth 1", (Span(place, place), " --depth 1"))
        if clone.command.can_be_edited(verb)
        else None
    )


def _last_reader(stage: Stage) -> tuple[int, int]:
    """Return step and place of the last git command of a stage that may need the history."""
    places = [
        (step.index, command.place)
        for step in stage.instructions(ast.Run)
        for command in step.named("git")
        if verb_of_git(command)[0] in _READS_HISTORY
    ]
    return max(places, default=(-1, -1))


def _has_lfs(build: Build) -> bool:
    """Whether git can fetch large files: without LFS a clone holds pointers to them."""
    if any("git-lfs" in install.names() for install in build.installs):
        return True
    return any(verb_of_git(command)[0].startswith("lfs ") for command in build.commands("git"))


def _skips_lfs(clone: Clone) -> bool:
    return clone.command.setting("GIT_LFS_SKIP_SMUDGE") not in (None, "", "0")
