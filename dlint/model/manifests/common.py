"""What the readers of all formats share: wrong shapes, places, and the cut that an install takes."""

from dlint.model.markers import evaluate
from dlint.model.python_installs import normalise, read_requirement
from dlint.model.requirements import Requirement, Requirements
from dlint.parser.mapped import MappedText
from dlint.parser.shell.ast import Word
from dlint.text import Source, Span

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from dlint.model.packages import Package
    from dlint.model.wheels import Target

MAIN = "main"
"""The group of what is installed unless somebody asks for less."""
MAX_ENTRIES = 20_000
_MAX_MISSES = 50


class MalformedError(Exception):
    """A file whose shape is not that of its format; *needle* is a text to find the place by."""

    def __init__(self, message: str, needle: str = "", *, is_limit: bool = False) -> None:
        super().__init__(message)
        self.is_limit = is_limit
        self.message = message
        self.needle = needle


class Wanted:
    """What an install takes of a file: groups, extras (None: all of them), and for which platform."""

    __slots__ = ("extras", "groups", "target")

    def __init__(
        self,
        target: "Target",
        groups: frozenset[str] | None = frozenset({MAIN}),
        extras: frozenset[str] | None = frozenset(),
    ) -> None:
        self.target = target
        self.groups = groups
        self.extras = extras

    def takes(self, entry: Requirement) -> bool:
        """Whether an entry is in one of the groups or extras."""
        if self.groups is None or not self.groups.isdisjoint(entry.groups):
            return True
        if self.extras is None:
            return bool(entry.extras)
        return not self.extras.isdisjoint(entry.extras)

    def holds(self, marker: str) -> bool | None:
        """Whether a marker holds, None where that is unknown."""
        if not marker:
            return True
        environment = self.target.environment()
        for names, values in (("extra", self.extras), ("extras", self.extras), ("dependency_groups", self.groups)):
            environment[names] = values
        return evaluate(marker, environment)


def select(found: Requirements, wanted: Wanted) -> Requirements:
    """Return the part of a file that an install takes: its groups and extras, and what is for its platform.

    What a marker may leave out keeps the marker; the others have none.
    """
    chosen = Requirements(found.source, is_lock=found.is_lock)
    chosen.constraints, chosen.missing, chosen.indexes = found.constraints, found.missing, found.indexes
    seen = set()
    for entry in found.entries:
        if not wanted.takes(entry):
            continue
        holds = wanted.holds(entry.package.marker)
        key = (entry.package.name, entry.package.version, entry.package.extras, entry.manager)
        if holds is False or key in seen:
            continue
        seen.add(key)
        chosen.entries.append(without_marker(entry) if holds and entry.package.marker else entry)
    return chosen


def without_marker(entry: Requirement) -> Requirement:
    """Return an entry whose marker holds."""
    from copy import copy

    entry = copy(entry)
    entry.package = copy(entry.package)
    entry.package.marker = ""
    return entry


class Places:
    """Finds where things stand in a file whose parser does not say it."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.whole = MappedText.whole(source.text, 0)
        self.position = 0
        self._misses = 0

    def move(self, *texts: str) -> None:
        """Go on behind the first of these texts that the file holds."""
        for text in texts:
            place = self.source.text.find(text)
            if place >= 0:
                self.position = place + len(text)
                return

    def quoted(self, text: str) -> Span:
        """Return the next place of a quoted text, without its quotes."""
        return self._find((f'"{text}"', f"'{text}'"), 1)

    def plain(self, text: str) -> Span:
        """Return the next place of a text."""
        return self._find((text,), 0)

    def _find(self, needles: tuple[str, ...], edge: int) -> Span:
        if self._misses < _MAX_MISSES and len(needles[0]) < 1000:
            places = [
                (place, needle) for needle in needles if (place := self.source.text.find(needle, self.position)) >= 0
            ]
            if places:
                place, needle = min(places)
                return Span(place + edge, place + len(needle) - edge)
            self._misses += 1
        return first_line(self.source)

    def word(self, span: Span) -> Word:
        """Return the word at a place."""
        return Word(self.whole, span.start, span.end, self.source.text[span.start : span.end])


def first_line(source: Source) -> Span:
    """Return the place of a file as a whole: its first line with text."""
    text = source.text
    start = len(text) - len(text.lstrip("\ufeff \t\r\n"))
    end = text.find("\n", start)
    return Span(start, len(text.rstrip()) if end < 0 else end) if start < len(text) else Span(0, 0)


def table(value: object, name: str) -> "dict[str, Any]":
    """Return a table; nothing stands for an empty one.

    Raises MalformedError for anything else.
    """
    if value is None:
        return {}
    if not isinstance(value, dict):
        raise MalformedError(f"is malformed: {name} is no table", name.rpartition(".")[2])
    return value


def tables(value: object, name: str) -> "list[dict[str, Any]]":
    """Return a list of tables; nothing stands for an empty one.

    Raises MalformedError for anything else.
    """
    if value is None:
        return []
    if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
        raise MalformedError(f"is malformed: {name} is no list of tables", name)
    if len(value) > MAX_ENTRIES:
        raise MalformedError(f"has more than {MAX_ENTRIES:,} entries", is_limit=True)
    return value


def texts(value: object, name: str) -> list[str]:
    """Return a list of texts; nothing stands for an empty one.

    Raises MalformedError for anything else.
    """
    if value is None:
        return []
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise MalformedError(f"is malformed: {name} is no list of texts", name.rpartition(".")[2])
    if len(value) > MAX_ENTRIES:
        raise MalformedError(f"has more than {MAX_ENTRIES:,} entries", is_limit=True)
    return value


def text_of(value: object) -> str:
    """Return a text, or an empty one for anything else."""
    return value if isinstance(value, str) else ""


def size_of(value: object) -> int | None:
    """Return a number of bytes, None for anything else."""
    return value if isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 1 << 50 else None


def locked(places: Places, name: str, version: str, span: Span, extras: tuple[str, ...] = ()) -> "Package":
    """Return the package that a lock pins to a version; without one it is a folder, a repository or an address."""
    package = read_requirement(normalise(name), places.word(span))
    package.version = f"=={version}" if version else ""
    package.is_pinned = True
    package.is_local = not version
    package.extras = extras
    return package
