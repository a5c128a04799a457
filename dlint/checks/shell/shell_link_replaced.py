"""Report /bin/sh made a link to another shell."""

from dlint.checks import INFO, Report, rule
from dlint.model.build import Build
from dlint.model.commands import Command


@rule("shell-link-replaced", severity=INFO, aliases=("DL4005",), triggers=("/bin/sh",))
def check(build: Build, report: Report) -> None:
    for command in build.commands("ln"):
        shell = _new_shell(command)
        if shell:
            report(
                command.span,
                f"/bin/sh becomes {shell} for every script of the system, also when the container runs",
                advice=f'write SHELL ["/bin/{shell}", "-c"], and leave /bin/sh as it is',
            )


def _new_shell(command: Command) -> str | None:
    """Return the shell that a link at /bin/sh will lead to."""
    operands = [word.value for word in command.arguments if not word.value.startswith("-")]
    if len(operands) != 2 or operands[1] not in ("/bin/sh", "/usr/bin/sh"):
        return None
    name = operands[0].rpartition("/")[2]
    return name if name not in ("dash", "busybox", "sh") else None
