"""Requirement files as pip reads them: entries, includes, constraints and options.

Other files that list packages are read into the same values: see :mod:`dlint.model.manifests`.

Source: pip documentation, "Requirements File Format" (pip 26).
"""

import posixpath

from dlint.model.packages import Package
from dlint.model.python_installs import normalise, read_requirement
from dlint.parser.mapped import MappedText
from dlint.parser.shell.ast import Word
from dlint.regex import lazy
from dlint.text import Source, Span

TYPE_CHECKING = False
if TYPE_CHECKING:
    from dlint.model.context import BuildContext
    from dlint.model.wheels import File

MAX_FILES = 50
_COMMENT = lazy(r"(^|\s)#.*$")
_OPTION = lazy(r"(-r|--requirement|-c|--constraint|-e|--editable)(?:\s*=\s*|\s+|(?<=-[rce]))(.+)\Z")
_INDEX = lazy(r"(?:-i|--index-url|--extra-index-url|-f|--find-links)(?:\s*=\s*|\s+)(\S+)")
_HASH = lazy(r"\s--hash[=\s]")
_VARIABLE = lazy(r"\$\{[A-Z0-9_]+\}")


class Requirement:
    """One entry of a file that lists packages: a requirements file, a project, an environment or a lock.

    *manager* says whose names it uses: ``pip`` or ``conda``. *groups* and *extras* are those of the
    file that ask for it, ``main`` being what is always installed; *files* are what a lock records to
    download. *is_direct* is false for what only another package needs.
    """

    __slots__ = ("extras", "files", "groups", "has_hash", "index", "is_direct", "manager", "package", "source", "span")

    def __init__(
        self,
        package: Package,
        source: Source,
        span: Span,
        *,
        has_hash: bool = False,
        manager: str = "pip",
        groups: tuple[str, ...] = ("main",),
        extras: tuple[str, ...] = (),
        files: "tuple[File, ...]" = (),
        index: str | None = None,
        is_direct: bool = True,
    ) -> None:
        self.package = package
        self.source = source
        self.span = span
        self.has_hash = has_hash
        self.manager = manager
        self.groups = groups
        self.extras = extras
        self.files = files
        self.index = index
        """Where a lock takes it from, if that is not the default index."""
        self.is_direct = is_direct

    @property
    def is_pinned(self) -> bool:
        """Whether the entry names one version: ``==``, a URL, a local file or a hash."""
        return self.has_hash or self.package.is_pinned is not False

    def __repr__(self) -> str:
        return f"Requirement({self.package.name!r}, {self.package.version!r})"


class Problem:
    """Why a file cannot be read: what it *is* or *has*, where, and whether only dlint minds."""

    __slots__ = ("is_limit", "message", "span")

    def __init__(self, message: str, span: Span, *, is_limit: bool = False) -> None:
        self.message = message
        self.span = span
        self.is_limit = is_limit


class Requirements:
    """The packages a file lists, with everything it includes.

    *missing* are includes and parts that could not be read: what they hold is unknown.
    """

    __slots__ = ("constraints", "entries", "included", "indexes", "is_lock", "missing", "problem", "source")

    def __init__(self, source: Source, *, is_lock: bool = False) -> None:
        self.source = source
        self.is_lock = is_lock
        """Whether it names one version of everything, and of everything that needs."""
        self.entries: list[Requirement] = []
        self.constraints: set[str] = set()
        """Names that a constraint file pins."""
        self.missing: list[str] = []
        self.included: list[str] = []
        """Paths of the files it includes, those they include among them."""
        self.indexes: list[str] = []
        """Addresses of ``--index-url``, ``--extra-index-url`` and ``--find-links`` lines."""
        self.problem: Problem | None = None
        """What is wrong with the file; it is taken to say nothing then."""

    def names(self) -> set[str]:
        """Return the names of all entries."""
        return {entry.package.name for entry in self.entries}


def read_requirements(context: "BuildContext", path: str) -> Requirements | None:
    """Return the requirements file at *path* of the context, None if it cannot be seen."""
    source = context.text(path)
    if source is None:
        return None
    found = Requirements(source)
    _read(context, path, source, found, {path}, is_constraint=False)
    return found


def _read(
    context: "BuildContext", path: str, source: Source, found: Requirements, seen: set[str], *, is_constraint: bool
) -> None:
    for text, start in _logical_lines(source):
        option = _OPTION.match(text)
        if option and option[1] in ("-r", "--requirement", "-c", "--constraint"):
            target = posixpath.normpath(posixpath.join(posixpath.dirname(path), option[2].strip()))
            inner = context.text(target) if len(seen) < MAX_FILES else None
            if target in seen:
                continue
            seen.add(target)
            if inner is None:
                found.missing.append(target)
            else:
                found.included.append(target)
                constraining = is_constraint or option[1] in ("-c", "--constraint")
                _read(context, target, inner, found, seen, is_constraint=constraining)
            continue
        if text.startswith("-") and not option:
            index = _INDEX.match(text)
            if index:
                found.indexes.append(index[1])
            continue
        _entry(source, text, start, found, is_constraint=is_constraint)


def _entry(source: Source, text: str, start: int, found: Requirements, *, is_constraint: bool) -> None:
    option = _OPTION.match(text)
    is_editable = option is not None
    body = option[2] if option else text
    has_hash = bool(_HASH.search(body))
    specifier = body.split(" --", 1)[0].strip()
    if not specifier or _VARIABLE.search(specifier):
        return
    span = Span(start, start + len(text.split(" --", 1)[0].rstrip()))
    whole = MappedText.whole(source.text, 0)
    package = read_requirement(specifier, Word(whole, span.start, span.end, specifier))
    if is_editable:
        package.is_local = package.is_local or not package.is_url
    if is_constraint:
        if package.is_pinned:
            found.constraints.add(normalise(package.name))
        return
    found.entries.append(Requirement(package, source, span, has_hash=has_hash))


def _logical_lines(source: Source) -> list[tuple[str, int]]:
    """Return the lines without comments, continuations joined, with their offsets."""
    lines: list[tuple[str, int]] = []
    pending, pending_start = "", 0
    for raw, start in zip(source.text.split("\n"), source.line_starts, strict=False):
        line = raw.rstrip("\r").lstrip("\ufeff")
        line = _COMMENT.sub("", line)
        if not pending:
            pending_start = start + len(raw) - len(raw.lstrip("\ufeff \t"))
            line = line.lstrip()
        if line.endswith("\\"):
            pending += line[:-1] + " "
            continue
        text = (pending + line).rstrip()
        pending = ""
        if text:
            lines.append((text, pending_start))
    if pending.strip():
        lines.append((pending.rstrip(), pending_start))
    return lines
