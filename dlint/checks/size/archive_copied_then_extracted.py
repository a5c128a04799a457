"""Report archives that are copied into a layer only to be unpacked in the next."""

from itertools import islice

from dlint.checks import INFO, WARNING, Report, Saving, rule
from dlint.model.archives import extracted_archive
from dlint.model.build import Build
from dlint.model.commands import Command
from dlint.model.container_paths import Transferred, find_transferred
from dlint.parser.dockerfile import ast

_LARGE_BYTES = 10_000_000
_TOOLS = ("tar", "bsdtar", "unzip", "gunzip", "bunzip2", "unxz", "xz", "gzip", "7z", "7za")
_SUFFIXES = (".tar", ".tgz", ".tbz", ".txz", ".zip", ".gz", ".bz2", ".xz", ".7z", ".zst", "tar x", "tar -")
# For each of these all instructions before it are looked at.
_MOST = 300


@rule("archive-copied-then-extracted", severity=INFO, aliases=("DL3010",), triggers=_SUFFIXES)
def check(build: Build, report: Report) -> None:
    chain = build.runtime_chain
    reported = set()
    for command in islice(build.commands(*_TOOLS), _MOST):
        archive = extracted_archive(command) if command.step.stage in chain else None
        found = find_transferred(build, command, archive.path) if archive else None
        if found is None or archive is None:
            continue
        item, source = found
        if (
            item.word in reported
            or item.step.stage not in chain
            or (isinstance(item.step.instruction, ast.Add) and archive.is_tar)
        ):
            continue
        size = _size(build, item, source)
        if size is None and item.source != source:
            # It came in a folder nobody can look into.
            continue
        reported.add(item.word)
        _report(report, item, command, size, is_tar=archive.is_tar)


def _report(report: Report, item: Transferred, command: Command, size: int | None, *, is_tar: bool) -> None:
    mount = f"--mount=type=bind,source={item.source},target=/tmp/{item.source.rpartition('/')[2]}"
    report(
        item.word.span,
        "the archive stays in the image beside what is unpacked from it",
        advice="write ADD, which unpacks it in one layer" if is_tar else f"unpack it from a mount: RUN {mount}",
        labels=((command.span, "unpacked here"),),
        severity=WARNING if size is not None and size >= _LARGE_BYTES else INFO,
        saving=Saving(disk_bytes=size, pull_bytes=size, basis="measured", bound="at-least") if size else None,
    )


def _size(build: Build, item: Transferred, source: str) -> int | None:
    """Return the size of the archive in bytes, None where it cannot be seen."""
    entries = [entry for entry in build.context.find(source) if not entry.is_folder]
    return entries[0].size if entries else None
