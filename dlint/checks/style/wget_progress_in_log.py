"""Report wget that fills the build log with its progress."""

from dlint.checks import INFO, Fix, Report, fix, rule
from dlint.model.base_image import BaseImage
from dlint.model.build import Build
from dlint.model.commands import Command
from dlint.regex import lazy
from dlint.text import Span

_QUIET = (
    "-q", "--quiet", "-nv", "--no-verbose", "-o", "--output-file", "-a", "--append-output", "--spider", "--version",
    "-V",
    "--help", "-h", "-b",
)  # fmt: skip


_OPTIONS = lazy(r"(?i)\$\{?\w*(?:flag|opt|arg)")


@rule("wget-progress-in-log", severity=INFO, default=False, aliases=("DL3047",), triggers=("wget",), fix="safe")
def check(build: Build, report: Report) -> None:
    for command in build.commands("wget"):
        if not command.arguments or _is_quiet(command) or _is_busybox(command.step.stage.root):
            continue
        report(
            command.head(0),
            "wget prints a line for every 50 kB it gets",
            advice="add -nv, which prints one line a file",
            fix=_fix(command),
        )


def _is_quiet(command: Command) -> bool:
    if any(item.operator in ("2>", "&>", "2>>", "&>>", ">&") for item in command.redirections):
        return True
    # WGET_FLAGS and the like may hold any option.
    if any(_OPTIONS.match(word.value) and command.resolve(word) is None for word in command.arguments):
        return True
    return any(_silences(command.resolve(word) or word.value) for word in command.arguments)


def _silences(value: str) -> bool:
    if value.startswith("--"):
        return value.partition("=")[0] in _QUIET or value.startswith("--progress")
    is_bundle = value.startswith("-") and not value.startswith("-n")
    return value in _QUIET or (is_bundle and "q" in value.partition("O")[0]) or value.startswith("-nv")


def _is_busybox(root: BaseImage) -> bool:
    return root.os == "alpine" or root.family == "busybox"


def _fix(command: Command) -> Fix | None:
    if command.program is None or not command.can_be_edited(command.program):
        return None
    end = command.program.span.end
    return fix("safe", "add -nv", (Span(end, end), " -nv"))
