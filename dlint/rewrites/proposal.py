"""What a rewrite says: a change with its reason and worth, or why it leaves something alone."""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from dlint.diagnostic import Applicability, Edit, Saving
    from dlint.text import Span


class NewText:
    """A file that is written as a whole: one that is not there yet, or is replaced.

    *path* is where it is opened, as the build context's root or the Dockerfile's path say it.
    """

    __slots__ = ("path", "text")

    def __init__(self, path: str, text: str) -> None:
        self.path = path
        self.text = text


class Declined:
    """Something a rewrite leaves alone: *reason* is a sentence without a full stop, with the names of the file."""

    __slots__ = ("name", "reason", "span")

    def __init__(self, name: str, reason: str, span: "Span | None" = None) -> None:
        self.name = name
        self.reason = reason
        self.span = span
        """The place in the Dockerfile, where there is one."""


class Proposal:
    """Everything one rewrite would change in a file.

    *name* is what it is asked for by (``cache-order``). *title* is what it does ("Install before the source is
    copied"), *why* a sentence or two of this file, *caution* what to look at before it ships.
    *edits* are of the Dockerfile, or of the file each names as its source; *texts* are whole files.
    *saving* is what the image and its pull lose, *seconds* what a rebuild after a change of one line of the
    source gets faster by, *context_bytes* what is no longer sent to the builder; None where nobody knows.
    *rules* are those whose findings it answers: where a comment ignores one, the rewrite stays away.
    *declined* are places like those it changes that it leaves alone.
    """

    __slots__ = (
        "caution", "context_bytes", "declined", "edits", "name", "rules", "safety", "saving", "seconds", "texts",
        "title", "why",
    )  # fmt: skip

    def __init__(
        self,
        name: str,
        title: str,
        why: str,
        edits: "tuple[Edit, ...]" = (),
        *,
        texts: tuple[NewText, ...] = (),
        saving: "Saving | None" = None,
        seconds: float | None = None,
        context_bytes: int | None = None,
        safety: "Applicability" = "unsafe",
        caution: str | None = None,
        rules: tuple[str, ...] = (),
        declined: tuple[Declined, ...] = (),
    ) -> None:
        self.name = name
        self.title = title
        self.why = why
        self.edits = edits
        self.texts = texts
        self.saving = saving
        self.seconds = seconds
        self.context_bytes = context_bytes
        self.safety = safety
        self.caution = caution
        self.rules = rules
        self.declined = declined
