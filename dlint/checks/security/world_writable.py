"""Report files that everyone may change."""

from dlint.checks import WARNING, Report, rule
from dlint.model.build import Build
from dlint.parser.dockerfile import ast
from dlint.regex import lazy

_MODE = lazy(r"0?[0-7]?777\Z|[0-7]{0,2}[0-7][0-7][2367]\Z|(?:a|o|ugo|go)?\+(?:rwx|rw|w)X?\Z|a=rwx\Z")
_STICKY = lazy(r"[0-7]*1777\Z")
# Every user needs these.
_SHARED = ("/tmp/", "/var/tmp/", "/dev/shm/", "/run/", "/var/run/", "/var/lock/")


@rule("world-writable", severity=WARNING, triggers=("chmod",))
def check(build: Build, report: Report) -> None:
    reported = set()
    for command in build.commands("chmod"):
        if command.step in reported:
            continue
        words = [word for word in command.arguments if not word.value.startswith("-") or word.value.startswith("-x")]
        if len(words) < 2 or command.step.stage not in build.runtime_chain:
            continue
        mode = words[0].value
        if not _is_open(mode):
            continue
        paths = [word.value for word in words[1:]]
        if all(f"{path}/".startswith(_SHARED) for path in paths):
            continue
        reported.add(command.step)
        report(
            words[0].span,
            f"everyone in the container may change {paths[0]}",
            advice="give the files to the user that needs them: chown, or COPY --chown",
        )
    for step in build.steps(ast.Copy, ast.Add):
        flag = step.instruction.flag("chmod")
        if (
            flag
            and flag.value
            and _MODE.match(flag.value)
            and flag.value.rstrip("01234567") == ""
            and step.stage in build.runtime_chain
        ):
            report(
                flag.value_span,
                "everyone in the container may change these files",
                advice="use --chown and a mode such as 755",
            )


def _is_open(mode: str) -> bool:
    if _STICKY.match(mode) and len(mode) == 4:
        return False
    # "u+w" and "g+w" are about owner and group; a bare "+w" obeys the umask.
    if mode.startswith("+"):
        return False
    return bool(_MODE.match(mode))
