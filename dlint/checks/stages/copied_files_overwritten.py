"""Report COPY of several files to a path that is no folder."""

from itertools import islice

from dlint.checks import ERROR, Report, fix, rule
from dlint.knowledge.base_images import BARE_IMAGES, SYSTEM_FOLDERS
from dlint.model.build import Build
from dlint.model.container_paths import absolute, is_made_before
from dlint.model.stages import Step
from dlint.parser.dockerfile import ast
from dlint.parser.dockerfile.expansion import UNKNOWN
from dlint.text import Span

# For each of these all instructions before it are looked at.
_MOST = 300


@rule(
    "copied-files-overwritten", severity=ERROR, aliases=("DL3021", "DS-0011"), triggers=("copy", "add"), fix="unsafe"
)  # fmt: skip
def check(build: Build, report: Report) -> None:
    several = (step for step in build.steps(ast.Copy, ast.Add) if len(step.instruction.sources) > 1)  # type: ignore[attr-defined]
    for step in islice(several, _MOST):
        instruction = step.instruction
        assert isinstance(instruction, ast.Transfer)
        if instruction.flag("parents"):
            continue
        path = _new_path(build, step, instruction.destination)
        files = [word for word in instruction.sources if _is_file(build, instruction, word)] if path else []
        if len(files) < 2:
            continue
        place = instruction.destination.span
        report(
            place,
            f"there is no folder {path}: each file is written over the one before, and only {files[-1].value} is left",
            advice="end the target with a slash",
            fix=fix("unsafe", "add a slash", (Span(place.end, place.end), "/")) if instruction.json is None else None,
        )


def _new_path(build: Build, step: Step, word: ast.Word) -> str | None:
    """Return the target as an absolute path, if it certainly is not a folder yet."""
    text = build.variables.expand(word, step.environment)
    if UNKNOWN in text or text.endswith(("/", "/.", "\\")) or text in ("", ".", ".."):
        return None
    path = absolute(text, step.workdir)
    if path is None or step.stage.root.family not in BARE_IMAGES:
        return None
    if f"{path}/".startswith(SYSTEM_FOLDERS) and step.stage.root.family != "scratch":
        return None
    return None if is_made_before(build, step, path) else path


def _is_file(build: Build, instruction: ast.Transfer, word: ast.Word) -> bool:
    """Whether a source is one file: a heredoc, a file of the context, or a name with a suffix."""
    if "<<" in word.value:
        return True
    if "$" in word.value or any(character in word.value for character in "*?["):
        return False
    if build.context.is_known and not instruction.flag("from"):
        found = build.context.find(word.value)
        return len(found) == 1 and not found[0].is_folder
    name = word.value.rstrip("/").rpartition("/")[2]
    return not word.value.endswith("/") and "." in name[1:] and name not in ("..", ".")
