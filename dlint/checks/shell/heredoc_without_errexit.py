"""Report here-documents that go on after a failed command."""

from dlint.checks import WARNING, Fix, Report, Span, fix, rule
from dlint.model.build import Build
from dlint.model.clones import read_clone
from dlint.model.commands import Command, program_name
from dlint.model.downloads import read_download
from dlint.model.failures import Fate, unnoticed
from dlint.model.scripts import SH_LIKE
from dlint.model.stages import Step
from dlint.parser.dockerfile import ast
from dlint.parser.mapped import MappedText
from dlint.parser.shell.ast import Script, SimpleCommand

# Commands that hardly fail, or whose failure harms nothing that follows.
_HARMLESS = frozenset({
    "echo", "printf", "true", ":", "export", "set", "cd", "pushd", "popd", "shopt", "alias", "unset", "local",
    "declare", "readonly", "umask", "ulimit", "rm", "mkdir", "sleep", "cat", "test", "[", "[[", "command", "which",
    "type", "source", ".", "touch", "read", "trap", "exit", "return", "break", "continue", "pwd", "ls", "env", "date",
    "uname", "nproc", "shift", "wait", "ldconfig", "find", "tee", "grep", "typeset", "let",
    # They fail where the user or group is there; where it is missing, whoever uses it fails.
    "useradd", "adduser", "groupadd", "addgroup",
})  # fmt: skip
# They succeed without the files they name.
_CONTENT = frozenset({"rm", "echo", "printf", "mkdir", "touch", "git", "curl", "wget"})
# Cleaning up, and package lists: without them the installation that follows fails itself.
_HARMLESS_VERBS = frozenset({
    "clean", "purge", "autoremove", "autoclean", "distclean", "dist-clean", "prune", "uninstall", "update", "makecache",
})  # fmt: skip


@rule("heredoc-without-errexit", severity=WARNING, triggers=("<<",), fix="unsafe")
def check(build: Build, report: Report) -> None:
    for step in build.steps(ast.Run):
        if not step.instruction.heredocs:
            continue
        fates = unnoticed(step)
        commands = {command.simple: command for command in step.commands}
        for script, place in _heredoc_scripts(step):
            if script.problems:
                continue
            needed = _needed(script, fates)
            lost = [
                command
                for command in script.commands
                if _counts(command, fates.get(command)) and _product(commands.get(command)) not in needed
            ]
            if lost:
                names = list(dict.fromkeys(program_name(command.words[0].value) for command in lost))
                # set -e does not stop at a failure in front of &&.
                is_enough = all(map(_ends_list, lost))
                report(
                    place,
                    f"this script goes on when {' or '.join(names[:3])} fails, and so does the build",
                    advice="begin the script with set -e"
                    if is_enough
                    else "begin the script with set -e, and write a line for each command: "
                    "failures before && do not stop it",
                    labels=((_head(lost[0]), "a failure here goes unnoticed"),),
                    fix=_fix(script.map) if is_enough else None,
                )


def _needed(script: Script, fates: dict[SimpleCommand, Fate]) -> set[str]:
    """Return the names of the files and folders in those commands of a script whose failure is noticed."""
    return {
        word.value.rstrip("/").rpartition("/")[2]
        for command in script.commands
        if command not in fates and command.words and program_name(command.words[0].value) not in _CONTENT
        for word in command.words[1:]
        if "/" in word.value or "." in word.value or command.words[0].value in ("cd", "pushd")
    }


def _product(command: Command | None) -> str:
    """Return the name of the file or folder that a command fetches: who needs it fails without it."""
    if command is None:
        return "?"
    clone = read_clone(command)
    download = None if clone else read_download(command)
    path = clone.folder if clone else download.path if download else "?"
    return path.rstrip("/").rpartition("/")[2]


def _ends_list(command: SimpleCommand) -> bool:
    return command.and_or is None or command.and_or.pipelines[-1] is command.pipeline


def _heredoc_scripts(step: Step) -> list[tuple[Script, Span]]:
    """Return the scripts that are a here-document of the RUN, with the places of their ``<<EOF``."""
    scripts = [step.script] if step.script else []
    scripts += [script for command, script in step.inner_scripts if command.name in SH_LIKE]
    text = step.stage.source.text
    found = []
    for script in scripts:
        start = script.map.offset(0)
        for heredoc in step.instruction.heredocs:
            # Leading tabs are no part of the script where <<- strips them.
            if heredoc.start <= start <= heredoc.end and not text[heredoc.start : start].strip("\t"):
                found.append((script, heredoc.word))
    return found


def _counts(command: SimpleCommand, fate: Fate | None) -> bool:
    """Whether a failure goes unnoticed that matters."""
    if fate is None or fate.kind == "alternative" or not command.words:
        return False
    values = {word.value for word in command.words}
    return program_name(command.words[0].value) not in _HARMLESS and _HARMLESS_VERBS.isdisjoint(values)


def _head(command: SimpleCommand) -> Span:
    last = command.words[1] if len(command.words) > 1 else command.words[0]
    return Span(command.words[0].span.start, last.span.end)


def _fix(body: MappedText) -> Fix:
    """Return the fix: ``set -e`` as the first line, below a shebang."""
    first = body.text.find("\n") + 1 if body.text.startswith("#!") else 0
    place = body.offset(first)
    return fix("unsafe", "begin with set -e", (Span(place, place), "set -e\n"))
