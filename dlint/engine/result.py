"""What comes of one file, and how one rule is run on it."""

import os

from dlint.checks import Report
from dlint.diagnostic import Diagnostic
from dlint.drafts import read_bytes
from dlint.text import Source

TYPE_CHECKING = False
if TYPE_CHECKING:
    from dlint.checks.registry import Entry
    from dlint.engine.settings import Settings
    from dlint.model.weight import Estimate

MAX_FILE_BYTES = 5_000_000
_UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")


class Crash:
    """A rule that raised: the rule, the file, and the traceback as text."""

    __slots__ = ("path", "rule", "traceback")

    def __init__(self, rule: str, path: str, traceback: str) -> None:
        self.rule = rule
        self.path = path
        self.traceback = traceback


class FileResult:
    """What came of one file. *error* says why it could not be read at all."""

    __slots__ = (
        "context", "crashes", "diagnostics", "error", "estimate", "judged", "parts", "path", "problems", "silenced",
        "source",
    )  # fmt: skip

    def __init__(self, path: str, source: Source | None = None, error: str | None = None) -> None:
        self.path = path
        self.source = source
        self.error = error
        self.context: str | None = None
        """The root of the build context, None where it is unknown."""
        self.parts: tuple[str, ...] | None = None
        """What a compose file was read together with: path and role of each; None for other files."""
        self.diagnostics: list[Diagnostic] = []
        self.silenced: list[Diagnostic] = []
        self.crashes: list[Crash] = []
        self.problems: list[str] = []
        """What went wrong outside of the rules; of a file of many, :class:`Checks` knows."""
        self.estimate: Estimate | None = None
        """What the image will weigh, where that was asked for."""
        self.judged: set[str] = set()
        """Names of the rules that had their say."""


class Begun:
    """A file whose reading has begun."""

    def __init__(self, result: FileResult, settings: "Settings") -> None:
        self.result = result
        self.settings = settings

    def finish(self) -> FileResult:
        """Return the result, when ShellCheck is through with all files."""
        return self.result


def read_source(path: str, shown_path: str) -> Source | str:
    """Return the source of a file, or why it cannot be read."""
    try:
        size = os.stat(path).st_size
        if not os.path.isfile(path):
            return "is not a regular file"
        if size > MAX_FILE_BYTES:
            return f"is {size / 1e6:.0f} MB; a file of more than {MAX_FILE_BYTES / 1e6:.0f} MB is not read"
        data = read_bytes(path)
    except OSError as error:
        return error.strerror or str(error)
    return source_of(data, shown_path)


def source_of(data: bytes, shown_path: str) -> Source | str:
    """Return the source with these bytes, or why they are no text."""
    if b"\0" in data[:8000] and not data.startswith(_UTF16_MARKS):
        return "is a binary file"
    return Source.from_bytes(data, shown_path)


def run_rule(
    entry: "Entry", subject: object, source: Source, settings: "Settings", result: FileResult
) -> list[Diagnostic]:
    """Run one rule; one that raises is noted, and the others go on."""
    try:
        rule = entry.load()
        report = Report(rule, source, settings.today, settings.rule_options(rule.name, rule.options))
        rule.check(subject, report)
    except Exception:
        result.crashes.append(crash(entry.name, source))
        return []
    return report.diagnostics


def crash(what: str, source: Source) -> Crash:
    """Return the crash that is being handled."""
    import traceback

    return Crash(what, source.path, traceback.format_exc())
