"""Report installations that may fail without failing the build."""

from dlint.checks import INFO, WARNING, Report, rule
from dlint.model.build import Build
from dlint.model.failures import Fate, unnoticed
from dlint.model.packages import Install
from dlint.model.stages import Step
from dlint.parser.shell.ast import SimpleCommand

_TESTS = frozenset({"test", "[", "[["})


@rule("install-failure-masked", severity=WARNING, triggers=(";", "||"))
def check(build: Build, report: Report) -> None:
    reported: set[Step] = set()
    fates: dict[SimpleCommand, Fate] = {}
    step = None
    for install in build.installs:
        if install.step is not step:
            step, fates = install.step, unnoticed(install.step)
        fate = fates.get(install.command.simple)
        # heredoc-without-errexit is about the lists in heredocs.
        if fate is None or step in reported or (fate.kind != "alternative" and step.instruction.heredocs):
            continue
        reported.add(step)
        is_wanted = fate.kind == "alternative" and _is_wanted(install, fate)
        if is_wanted and install.verb == "get":
            # go get may fetch sources that do not build yet; what builds them follows.
            continue
        report(
            install.span,
            _message(fate),
            advice="install it or leave it out: nobody sees whether this image has it"
            if is_wanted
            else _advice(install, fate),
            labels=((fate.by.span, "this hides it"),) if fate.kind != "loop" else (),
            severity=INFO if is_wanted else WARNING,
        )


def _message(fate: Fate) -> str:
    if fate.kind == "loop":
        return "only the last round of this loop counts: the installations before it may fail unnoticed"
    if fate.kind == "list":
        return "a failed installation does not stop this RUN: what follows decides"
    return "a failed installation does not stop this RUN: what stands behind || succeeds"


def _advice(install: Install, fate: Fate) -> str:
    and_or = install.command.and_or
    # set -e does not stop at a failure in front of &&.
    is_last = and_or is None or and_or.pipelines[-1] is install.command.simple.pipeline
    if fate.kind == "alternative":
        first = and_or.pipelines[0].elements[0] if and_or else None
        if isinstance(first, SimpleCommand) and first.words and first.words[0].value in _TESTS:
            return "write if …; then …; fi, so that a failed installation stops the build"
        return "put braces around the command that may fail, { … || …; }: here || answers for all before it"
    way = "join the commands with &&" if fate.kind == "list" else "add || exit 1 to the installation"
    return f"{way}, or begin with set -e" if is_last else way


def _is_wanted(install: Install, fate: Fate) -> bool:
    """Whether the alternative belongs to the installation alone: ``pip install x || true``."""
    and_or = install.command.and_or
    if and_or is None or and_or.pipelines[0] is not install.command.simple.pipeline:
        return False
    return len(and_or.pipelines) > 1 and and_or.pipelines[1] is fate.by
