"""Output formats, one module each: ``render(run, style) -> str``."""

from dlint.diagnostic import Severity

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from dlint.checks.registry import Entry
    from dlint.diagnostic import Diagnostic
    from dlint.engine.result import Crash, FileResult

DOCUMENTATION = "https://github.com/dlint/dlint/blob/main"


def rule_url(family: str, name: str) -> str:
    """Return the address of a rule's page."""
    return f"{DOCUMENTATION}/rules/{family}/{name}.md"


class Style:
    """How a report for people looks: colours, links and the width in columns."""

    __slots__ = ("color", "links", "width")

    def __init__(self, *, color: bool = False, links: bool = False, width: int = 120) -> None:
        self.color = color
        self.links = links
        self.width = width

    def paint(self, text: str, *codes: int) -> str:
        """Return *text* in the colours of the ANSI codes, plain where colour is off."""
        if not self.color or not text:
            return text
        return f"\x1b[{';'.join(map(str, codes))}m{text}\x1b[0m"

    def link(self, text: str, url: str) -> str:
        """Return *text* as a hyperlink (OSC 8) where the terminal shows them."""
        return f"\x1b]8;;{url}\x1b\\{text}\x1b]8;;\x1b\\" if self.links else text


class Run:
    """All results of one run, as the formats need them."""

    __slots__ = ("diagnostics", "entries", "files", "fixable", "limit")

    def __init__(self, files: "list[FileResult]", entries: "list[Entry]", limit: int | None = None) -> None:
        self.files = files
        self.entries = entries
        """The rules that were on."""
        self.diagnostics: list[Diagnostic] = list(_each_once(files))
        self.limit = limit
        self.fixable = (0, 0)
        """How many findings have safe fixes, and how many unsafe ones."""

    @property
    def shown(self) -> "list[Diagnostic]":
        """The findings to print: all of them, or the first of a limited number."""
        return self.diagnostics if self.limit is None else self.diagnostics[: self.limit]

    @property
    def crashes(self) -> "list[Crash]":
        """The rules that raised."""
        return [crash for file in self.files for crash in file.crashes]

    @property
    def silenced(self) -> int:
        """How many findings comments silenced."""
        return sum(len(file.silenced) for file in self.files)

    def count(self, severity: Severity) -> int:
        """Return how many findings have a severity."""
        return sum(diagnostic.severity == severity for diagnostic in self.diagnostics)


def _each_once(files: "list[FileResult]") -> "Iterator[Diagnostic]":
    """Yield all findings; what several files find in a third one, such as a lock, once."""
    seen = set()
    for file in files:
        for diagnostic in file.diagnostics:
            if diagnostic.location.path != file.path:
                key = (diagnostic.rule, diagnostic.location, diagnostic.message)
                if key in seen:
                    continue
                seen.add(key)
            yield diagnostic
