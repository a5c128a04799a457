"""Report apt-get update in a RUN of its own."""

from dlint.checks import WARNING, Report, rule
from dlint.model.build import Build
from dlint.model.commands import Command
from dlint.model.stages import Step
from dlint.parser.dockerfile import ast

_INSTALLS = (
    "install", "upgrade", "dist-upgrade", "full-upgrade", "build-dep", "download", "source", "reinstall",
    "build",
)  # fmt: skip


@rule("apt-update-alone", severity=WARNING, aliases=("DS-0017", "CKV_DOCKER_5"), triggers=("apt", "aptitude"))
def check(build: Build, report: Report) -> None:
    for stage in build.stages:
        for step in stage.instructions(ast.Run):
            updates = [command for command in step.commands if _is(command, "update")]
            if not updates or any(_is(command, *_INSTALLS) for command in step.commands) or _hands_over(step):
                continue
            later = next(
                (command for following in step.after for command in following.commands if _is(command, *_INSTALLS)),
                None,
            )
            if later is None or _updates_again(later):
                continue
            command = updates[-1]
            report(
                command.span,
                "when a later RUN changes, it installs from the package lists cached here",
                advice="put update and install into one RUN",
                labels=((later.head(1), "installs from these lists"),),
            )


def _is(command: Command, *verbs: str) -> bool:
    return command.name in ("apt-get", "apt", "aptitude") and command.has(*verbs)


def _updates_again(install: Command) -> bool:
    return any(_is(command, "update") for command in install.step.commands)


def _hands_over(step: Step) -> bool:
    """Whether the same RUN also calls a script, which may install."""
    return any(
        command.name.endswith(".sh") or command.name in ("xargs", "gdebi", "add-apt-repository")
        for command in step.commands
    )
