"""Report archives and installers that stay in the image after they were used."""

from dlint.checks import INFO, WARNING, Fix, Report, Span, fix, rule
from dlint.model.build import Build
from dlint.model.commands import Command
from dlint.model.downloads import Download, read_download
from dlint.model.patterns import is_pattern, may_match
from dlint.model.removals import Removals
from dlint.model.stages import Step
from dlint.parser.dockerfile import ast
from dlint.parser.shell.ast import Word
from dlint.regex import lazy

_ARCHIVE = lazy(r"\.(?:tar(?:\.\w+)?|tgz|tbz2?|txz|tzst|zip|7z|run|deb|rpm|whl)\Z")
_TRIGGERS = (".tar", ".tgz", ".tb", ".txz", ".tzst", ".zip", ".7z", ".run", ".deb", ".rpm", ".whl", ".sh")
# Of install scripts only those with a program inside are worth a word.
_INSTALLER = lazy(r"(?:conda|mamba|miniforge|linux|x86_64|amd64|aarch64|arm64).*\.sh\Z")
_UNPACKERS = frozenset({"tar", "bsdtar", "unzip", "7z", "7za", "7zr", "7zz"})
_INSTALLERS = frozenset({
    "dpkg", "apt-get", "apt", "rpm", "yum", "dnf", "microdnf", "zypper", "pip", "uv", "bash", "sh", "alien", "gdebi",
})  # fmt: skip


# A RUN with more patterns than this is not looked through for every download.
_MAX_GLOBS = 100
_Use = tuple[Command, Word]


@rule("archive-left-in-layer", severity=WARNING, triggers=_TRIGGERS, fix="unsafe")
def check(build: Build, report: Report) -> None:
    for stage in build.runtime_chain:
        uses: dict[str, list[_Use]] | None = None
        for step in stage.instructions(ast.Run):
            removals = None
            for command in step.named("curl", "wget", "aria2c"):
                download = read_download(command)
                if download is None or download.to_stdout or not _is_archive(download):
                    continue
                uses = _uses_of(stage.steps) if uses is None else uses
                removals = removals or Removals(step)
                used = _later_uses(download, uses)
                if used and not removals.may_take(command, download.path):
                    _report(report, download, used)


def _is_archive(download: Download) -> bool:
    addresses = [download.urls[0].value, download.command.resolve(download.urls[0]) or ""]
    names = [address.partition("?")[0].rpartition("/")[2].strip("\"'") for address in addresses]
    names.append(download.filename)
    # These hold little more than an address and a key.
    if any("keyring" in name or "-release" in name for name in names):
        return False
    return any(_ARCHIVE.search(name) or _INSTALLER.search(name.lower()) for name in names)


def _uses_of(steps: tuple[Step, ...]) -> dict[str, list[_Use]]:
    """Return the commands that unpack or install a file, by its name as written; those with a pattern under ``*``."""
    found: dict[str, list[_Use]] = {"*": []}
    for step in steps:
        for command in step.commands if isinstance(step.instruction, ast.Run) else ():
            words = command.arguments if command.name in _UNPACKERS | _INSTALLERS else ()
            # An installer may be run by its path.
            for word in (command.program, *words) if command.program else words:
                name = word.value.rpartition("/")[2].rpartition("=")[2]
                found.setdefault("*" if is_pattern(name) else name, []).append((command, word))
    return found


def _later_uses(download: Download, uses: dict[str, list[_Use]]) -> list[_Use]:
    name, command = _name(download), download.command
    named = [use for use in uses.get(name, ()) if use[0].step.index > command.step.index or _follows(use[0], command)]
    globs = [use for use in uses["*"][:_MAX_GLOBS] if _follows(use[0], command)]
    return named + [use for use in globs if may_match(name, use[1].value.rpartition("/")[2])]


def _follows(command: Command, other: Command) -> bool:
    return command.step is other.step and command.follows(other)


def _name(download: Download) -> str:
    return download.path.rpartition("/")[2]


def _report(report: Report, download: Download, used: list[_Use]) -> None:
    command, word = used[-1]
    how = "unpacked" if command.name in _UNPACKERS else "installed"
    report(
        download.urls[0].span,
        f"{_name(download)} stays in this layer after it is {how}",
        advice="remove it in the same RUN; a later one cannot free the bytes"
        if command.step is download.command.step
        else f"download it, {'unpack' if how == 'unpacked' else 'install'} it and remove it in one RUN",
        labels=((word.span, f"{how} here"),),
        severity=INFO if download.command.is_conditional else WARNING,
        fix=_fix(download, used),
    )


def _fix(download: Download, used: list[_Use]) -> Fix | None:
    """Return the fix, where all stands in one chain and the file is named as it is downloaded."""
    command, word = used[-1]
    and_or = command.and_or
    if command.step is not download.command.step or and_or is not download.command.and_or or and_or is None:
        return None
    if set(and_or.operators) != {"&&"} or not command.can_be_edited(word) or command.wrappers or word.value[0] == "-":
        return None
    pipeline = command.simple.pipeline
    if pipeline is None or len(pipeline.elements) > 1 or command.simple.redirections or is_pattern(word.value):
        return None
    place = command.simple.span.end
    return fix("unsafe", f"remove {word.value}", (Span(place, place), f" && rm {word.value}"))
