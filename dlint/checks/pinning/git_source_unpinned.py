"""Report git repositories that are fetched at whatever their branch is."""

from dlint.checks import INFO, WARNING, Report, rule
from dlint.knowledge.packages import MOVING_REFERENCES
from dlint.model.build import Build
from dlint.model.clones import read_clone
from dlint.model.commands import Command
from dlint.model.packages import Package
from dlint.parser.dockerfile import ast
from dlint.regex import lazy

_GIT_URL = lazy(r"(?:https?://|git@|git://|ssh://)\S*?(?:\.git\b|github\.com/[^/]+/[^/#?]+/?(?:#|\Z))")
_SETTLES = ("checkout", "reset", "switch", "fetch")


@rule("git-source-unpinned", severity=WARNING, triggers=("git+", "clone", ".git", "github.com"))
def check(build: Build, report: Report) -> None:
    for install in build.installs:
        for package in install.packages:
            if package.is_url and (package.version or "").startswith(("git+", "@")) and _moves(package):
                report(
                    package.span,
                    f"{package.name} is installed from whatever its branch is at build time",
                    advice="name a tag or a commit: git+https://…@TAG",
                )
    for command in build.commands("git"):
        _clone(command, report)
    for step in build.steps(ast.Add):
        assert isinstance(step.instruction, ast.Add)
        for word in step.instruction.sources:
            if _GIT_URL.match(word.value) and word.value.partition("#")[2].partition(":")[0].lower() in (
                "",
                *MOVING_REFERENCES,
            ):
                report(
                    word.span,
                    "ADD takes whatever the branch is at build time",
                    advice="add #TAG or #COMMIT",
                    severity=INFO,
                )


def _moves(package: Package) -> bool:
    url = (package.version or "").removeprefix("@").strip()
    path = url.partition("://")[2].partition("#")[0].partition("/")[2]
    reference = path.rpartition("@")[2] if "@" in path else ""
    return "$" not in reference and (package.is_pinned is False or reference.lower() in MOVING_REFERENCES)


def _clone(command: Command, report: Report) -> None:
    clone = read_clone(command)
    if clone is None or not clone.is_remote or clone.is_lfs or _is_settled(command):
        return
    if clone.branch is not None and clone.branch.lower() not in MOVING_REFERENCES:
        return
    what = f"branch {clone.branch}" if clone.branch else "default branch"
    report(
        command.head(clone.verb_index),
        f"{clone.name} is cloned at whatever its {what} is at build time, and the layer then stays cached",
        advice="clone a tag with --branch TAG, or check out a commit in the same RUN",
        severity=INFO,
    )


def _is_settled(command: Command) -> bool:
    """Whether a later command of this or a following RUN checks something out."""
    steps = [command.step, *command.step.after]
    for step in steps:
        for other in step.commands:
            if other.name == "git" and _names_reference(other) and (step is not command.step or other.follows(command)):
                return True
    return False


def _names_reference(command: Command) -> bool:
    """Whether a git command goes to a reference that stays where it is."""
    values = command.values()
    verb = next((index for index, value in enumerate(values) if value in _SETTLES), None)
    if verb is None:
        return False
    named = [
        value for value in values[verb + 1 :] if not value.startswith("-") and value not in ("origin", "FETCH_HEAD")
    ]
    return any(value.lower().removeprefix("origin/") not in MOVING_REFERENCES for value in named)
