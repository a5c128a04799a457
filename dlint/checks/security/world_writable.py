"""Report files that everyone may change."""

from dlint.checks import WARNING, Report, rule
from dlint.model.build import Build
from dlint.model.commands import Arguments, Command
from dlint.model.stages import Step
from dlint.parser.dockerfile import ast
from dlint.parser.shell.ast import Word
from dlint.regex import lazy

_OCTAL = lazy(r"[0-7]{1,5}\Z")
# A bare "+w" obeys the umask; "u+w" and "g+w" are about owner and group.
_SYMBOLIC = lazy(r"(?:[ugo]*[ao][ugo]*)[+=][rxXst]*w\w*\Z")
# Every user needs these.
_SHARED = ("/tmp/", "/var/tmp/", "/dev/shm/", "/run/", "/var/run/", "/var/lock/")
# Commands that make files with a mode, and their options that take a value.
_MAKERS = {
    "mkdir": frozenset({"-m", "--mode"}),
    "install": frozenset({"-m", "--mode", "-o", "--owner", "-g", "--group", "-t", "--target-directory", "-S"}),
}  # fmt: skip


# The modes people give to mkdir and install.
_USUAL = ("777", "666", "a+rw", "a=rw", "o+w")


@rule("world-writable", severity=WARNING, triggers=("chmod", *_USUAL))
def check(build: Build, report: Report) -> None:
    reported: set[Step] = set()
    for command in build.commands("chmod", "find", *_MAKERS):
        if command.step in reported or command.step.stage not in build.runtime_chain:
            continue
        mode, paths = _mode(command)
        if mode is None or not _is_open(mode.value.removeprefix("--mode=").removeprefix("-m")):
            continue
        path = next((path for path in paths if not f"{path}/".startswith(_SHARED)), None)
        if path is None:
            continue
        reported.add(command.step)
        report(
            mode.span,
            f"everyone in the container may change {path}",
            advice="give the files to the user that needs them: chown, or COPY --chown",
        )
    for step in build.steps(ast.Copy, ast.Add):
        flag = step.instruction.flag("chmod")
        if flag and flag.value and _is_open(flag.value) and step.stage in build.runtime_chain:
            report(
                flag.value_span,
                "everyone in the container may change these files",
                advice="use --chown and a mode such as 755",
            )


def _mode(command: Command) -> tuple[Word | None, list[str]]:
    """Return the word that holds the mode, and the paths that get it."""
    words = command.arguments
    if command.name in _MAKERS:
        arguments = Arguments(words, _MAKERS[command.name])
        given = [pair for pair in arguments.words("-m", "--mode") if any(mode in pair[0] for mode in _USUAL)]
        operands = [word.value for word in arguments.operands]
        # install SOURCE... DESTINATION
        is_copy = command.name == "install" and not arguments.has("-d", "--directory", "-t", "--target-directory")
        return (given[-1][1] if given else None), operands[-1:] if is_copy else operands
    if command.name == "find":
        place = next((index for index, word in enumerate(words) if word.value.startswith("-exec")), len(words))
        if [word.value for word in words[place + 1 : place + 2]] != ["chmod"]:
            return None, []
        found = _operands(words[place + 2 :])
        return (found[0] if found else None), [words[0].value]
    found = _operands(words)
    paths = [word.value for word in found[1:]] or (["these files"] if command.is_partial else [])
    return (found[0] if found else None), paths


def _operands(words: tuple[Word, ...]) -> list[Word]:
    return [word for word in words if not word.value.startswith("-") or word.value.startswith("-x")]


def _is_open(mode: str) -> bool:
    """Whether a mode lets everyone write, and lacks the sticky bit that keeps files to their owners."""
    if _OCTAL.match(mode):
        bits = int(mode, 8)
        return bool(bits & 0o002) and not bits & 0o1000
    return _SYMBOLIC.match(mode) is not None and "t" not in mode
