"""What rules about suppression comments look at."""

from dlint.parser.dockerfile.ast import Comment
from dlint.text import Span


class Suppression:
    """One name in one comment, and the part of the file it covers.

    *used* becomes true when it silences something. *is_own* is false for foreign comments,
    which are never reported as unused.
    """

    __slots__ = ("comment", "covers", "is_own", "name", "reason", "span", "used")

    def __init__(
        self, name: str, span: Span, covers: tuple[Span, ...], comment: Comment, *, reason: str, is_own: bool
    ) -> None:
        self.name = name
        self.span = span
        self.covers = covers
        self.comment = comment
        self.reason = reason
        self.is_own = is_own
        self.used = False


class SuppressionSubject:
    """The suppressions of a file after they did their work.

    *malformed* are comments that mean to be suppressions and are none, and why; *judged* are
    the names of the rules that had their say, so that what they did not report is not there.
    """

    __slots__ = ("items", "judged", "malformed")

    def __init__(self, items: list[Suppression], malformed: list[tuple[Comment, str]], judged: frozenset[str]) -> None:
        self.items = items
        self.malformed = malformed
        self.judged = judged
