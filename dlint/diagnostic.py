"""What a finding is: severity, places, advice, fix and saving. Values only."""

from dlint.text import Position, Source, Span

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import ClassVar, Literal

    Applicability = Literal["safe", "unsafe", "display-only"]
    Basis = Literal["measured", "lock-file", "table"]
    Bound = Literal["exact", "at-least", "range"]


class Severity(int):
    """How bad a finding is; the order counts for ``--fail-on``."""

    __slots__ = ()

    INFO: "ClassVar[Severity]"
    WARNING: "ClassVar[Severity]"
    ERROR: "ClassVar[Severity]"

    @classmethod
    def named(cls, label: str) -> "Severity":
        """Return the severity of that label; raises ValueError if there is none."""
        return cls(_LABELS.index(label) + 1)

    @property
    def label(self) -> str:
        """The lower-case name people and formats use."""
        return _LABELS[self - 1]

    def __repr__(self) -> str:
        return f"Severity.{self.label.upper()}"


_LABELS = ("info", "warning", "error")
Severity.INFO, Severity.WARNING, Severity.ERROR = map(Severity, (1, 2, 3))


class Location:
    """A span in a source."""

    __slots__ = ("source", "span")

    def __init__(self, source: Source, span: Span) -> None:
        self.source = source
        self.span = span

    @property
    def path(self) -> str:
        """The path of the source."""
        return self.source.path

    @property
    def start(self) -> Position:
        """Line and column of the first character, from 1."""
        return self.source.position(self.span.start)

    @property
    def end(self) -> Position:
        """Line and column behind the last character, from 1."""
        return self.source.position(self.span.end)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Location) and (self.path, self.span) == (other.path, other.span)

    def __hash__(self) -> int:
        return hash((self.path, self.span))


class Label:
    """A related place and what is to be seen there."""

    __slots__ = ("location", "message")

    def __init__(self, location: Location, message: str) -> None:
        self.location = location
        self.message = message


class Edit:
    """A span to be replaced by *text*: of the file the finding is in, or of another one, *source*."""

    __slots__ = ("source", "span", "text")

    def __init__(self, span: Span, text: str, source: Source | None = None) -> None:
        self.span = span
        self.text = text
        self.source = source


class Fix:
    """Edits that apply together or not at all.

    *safe* leaves the build's files and configuration as they are but for dead bytes,
    *unsafe* changes them on purpose, *display-only* is a suggestion.
    """

    __slots__ = ("applicability", "edits", "message")

    def __init__(self, applicability: "Applicability", message: str, edits: tuple[Edit, ...]) -> None:
        self.applicability = applicability
        self.message = message
        self.edits = edits

    def apply(self, text: str) -> str:
        """Return the *text* of the file the finding is in with the edits made there."""
        for edit in sorted(self.edits, key=lambda edit: edit.span, reverse=True):
            if edit.source is None:
                text = text[: edit.span.start] + edit.text + text[edit.span.end :]
        return text


class Saving:
    """What a change is worth: bytes on disk, bytes pulled, seconds; None is unknown.

    *basis* says how it is known, *bound* whether the numbers are exact.
    """

    __slots__ = ("basis", "bound", "disk_bytes", "pull_bytes", "seconds")

    def __init__(
        self,
        *,
        disk_bytes: int | None = None,
        pull_bytes: int | None = None,
        seconds: float | None = None,
        basis: "Basis",
        bound: "Bound" = "at-least",
    ) -> None:
        self.disk_bytes = disk_bytes
        self.pull_bytes = pull_bytes
        self.seconds = seconds
        self.basis = basis
        self.bound = bound


class Diagnostic:
    """One finding.

    *message* says what is wrong at *location*, *advice* what to do. *aliases* are the codes
    other tools have for this very finding. *hidden* are places, of this and other files, that no
    report may show: secrets.
    """

    __slots__ = (
        "advice", "aliases", "family", "fix", "hidden", "labels", "location", "message", "rule", "saving", "severity",
    )  # fmt: skip

    def __init__(
        self,
        rule: str,
        family: str,
        severity: Severity,
        message: str,
        location: Location,
        *,
        advice: str | None = None,
        labels: tuple[Label, ...] = (),
        fix: Fix | None = None,
        saving: Saving | None = None,
        aliases: tuple[str, ...] = (),
        hidden: tuple[Location, ...] = (),
    ) -> None:
        self.hidden = hidden
        self.rule = rule
        self.family = family
        self.severity = severity
        self.message = message
        self.location = location
        self.advice = advice
        self.labels = labels
        self.fix = fix
        self.saving = saving
        self.aliases = aliases

    @property
    def shown_fix(self) -> Fix | None:
        """The fix, as far as reports may show it: one that moves text with a secret in it is not told."""
        if self.fix is None or not self.hidden:
            return self.fix
        secrets = {place.source.text[place.span.start : place.span.end] for place in self.hidden} - {""}
        return None if any(secret in edit.text for edit in self.fix.edits for secret in secrets) else self.fix

    def hidden_in(self, source: Source) -> tuple[Span, ...]:
        """Return the places of a file that no report may show."""
        return tuple(place.span for place in self.hidden if place.source is source or place.path == source.path)

    @property
    def sort_key(self) -> tuple[str, int, int, str]:
        """Path, place and rule: the order of every report."""
        return (self.location.path, *self.location.span, self.rule)

    def __repr__(self) -> str:
        return f"<{self.severity.label}[{self.rule}] {self.location.path}:{self.location.span}>"


def format_bytes(count: float) -> str:
    """Return a number of bytes for people: decimal units, two significant digits at least."""
    for unit in ("B", "kB", "MB"):
        if count < 1000:
            return f"{count:.0f} {unit}" if unit == "B" or count >= 10 else f"{count:.1f} {unit}"
        count /= 1000
    return f"{count:.1f} GB"


def masked(text: str, start: int, hidden: tuple[Span, ...]) -> str:
    """Return a part of a file that begins at offset *start*, with stars in place of what is hidden."""
    for span in hidden:
        first, last = max(0, span.start - start), min(len(text), span.end - start)
        if first < last:
            text = text[:first] + "*" * (last - first) + text[last:]
    return text
