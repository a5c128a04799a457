"""Report files that everyone may change."""

from dlint.checks import WARNING, Report, rule
from dlint.model.build import Build
from dlint.parser.dockerfile import ast
from dlint.regex import lazy

_OCTAL = lazy(r"[0-7]{1,5}\Z")
# A bare "+w" obeys the umask; "u+w" and "g+w" are about owner and group.
_SYMBOLIC = lazy(r"(?:[ugo]*[ao][ugo]*)[+=][rxXst]*w\w*\Z")
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
        path = next((word.value for word in words[1:] if not f"{word.value}/".startswith(_SHARED)), None)
        if path is None:
            continue
        reported.add(command.step)
        report(
            words[0].span,
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


def _is_open(mode: str) -> bool:
    """Whether a mode lets everyone write, and lacks the sticky bit that keeps files to their owners."""
    if _OCTAL.match(mode):
        bits = int(mode, 8)
        return bool(bits & 0o002) and not bits & 0o1000
    return _SYMBOLIC.match(mode) is not None and "t" not in mode
