"""Report apt where apt-get is meant for scripts."""

from dlint.checks import INFO, Fix, Report, fix, rule
from dlint.model.build import Build
from dlint.model.commands import Command
from dlint.model.packages import verb_of
from dlint.text import Span

_SAME = frozenset({"install", "update", "upgrade", "remove", "purge", "autoremove", "clean", "autoclean", "build-dep"})


@rule(
    "apt-in-script", severity=INFO, default=False, aliases=("DL3027", "CKV_DOCKER_9"), triggers=("apt",), fix="unsafe"
)  # fmt: skip
def check(build: Build, report: Report) -> None:
    for command in build.commands("apt"):
        report(
            command.head(0),
            "apt is for people at a terminal; what it prints and takes may change",
            advice="write apt-get, or apt-cache for questions",
            fix=_fix(command),
        )


def _fix(command: Command) -> Fix | None:
    verb, _ = verb_of(command.arguments)
    if command.program is None or verb not in _SAME or not command.can_be_edited(command.program):
        return None
    end = command.program.span.end
    return fix("unsafe", "write apt-get", (Span(end, end), "-get"))
