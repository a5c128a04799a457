"""Report here-documents that go on after a failed command."""

from dlint.checks import WARNING, Fix, Report, Span, fix, rule
from dlint.model.build import Build
from dlint.model.commands import program_name
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
})  # fmt: skip
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
        for script, place in _heredoc_scripts(step):
            lost = [command for command in script.commands if _counts(command, fates.get(command))]
            if lost and not script.problems:
                report(
                    place,
                    "this script goes on when one of its commands fails, and so does the build",
                    advice="begin the script with set -e",
                    labels=((_head(lost[0]), "a failure here goes unnoticed"),),
                    fix=_fix(script.map),
                )


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
