"""The plan for one Dockerfile: what is to be changed, in order, and what is left alone."""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from dlint.diagnostic import Applicability, Saving
    from dlint.rewrites.proposal import Declined


class Change:
    """A file before and after; *before* is None for a file that is new."""

    __slots__ = ("after", "before", "path")

    def __init__(self, path: str, before: bytes | None, after: bytes) -> None:
        self.path = path
        self.before = before
        self.after = after


class Item:
    """One step of a plan: a proposal, or the fixes of a rule (*is_fix*), with the files it changes."""

    __slots__ = (
        "caution", "changes", "context_bytes", "is_fix", "name", "safety", "saving", "seconds", "title", "why",
    )  # fmt: skip

    def __init__(
        self,
        name: str,
        title: str,
        why: str,
        changes: tuple[Change, ...],
        *,
        safety: "Applicability",
        saving: "Saving | None" = None,
        seconds: float | None = None,
        context_bytes: int | None = None,
        caution: str | None = None,
        is_fix: bool = False,
    ) -> None:
        self.name = name
        self.title = title
        self.why = why
        self.changes = changes
        self.safety = safety
        self.saving = saving
        self.seconds = seconds
        self.context_bytes = context_bytes
        self.caution = caution
        self.is_fix = is_fix

    @property
    def rank(self) -> tuple[float, float, float, bool]:
        """What comes first in a list: image bytes, then seconds, then what is sent to the builder."""
        saving = self.saving
        image = max(saving.pull_bytes or 0, saving.disk_bytes or 0) if saving else 0
        return (-image, -(self.seconds or 0), -(self.context_bytes or 0), self.is_fix)


class Plan:
    """All steps for one Dockerfile, in the order in which they are made."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.items: list[Item] = []
        self.declined: list[tuple[Declined, int | None]] = []
        """What is left alone and why, with the line of the Dockerfile as it was."""
        self.secrets: set[str] = set()
        """What no report may show."""
        self.bugs: list[str] = []
        """Proposals that did not pass, and rewrites that crashed."""

    @property
    def ranked(self) -> list[Item]:
        """The steps, the most worth first."""
        return sorted(self.items, key=lambda item: item.rank)

    @property
    def changes(self) -> list[Change]:
        """What all steps together make of each file."""
        found: dict[str, Change] = {}
        for item in self.items:
            for change in item.changes:
                first = found.get(change.path)
                found[change.path] = Change(change.path, first.before if first else change.before, change.after)
        return [change for change in found.values() if change.before != change.after]
