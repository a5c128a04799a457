"""Files to findings: read, parse, model, rules, suppressions."""

import os

from dlint.checks import Report
from dlint.checks.registry import RULES, words_of
from dlint.diagnostic import Diagnostic
from dlint.model.build import Build
from dlint.parser.dockerfile import parse
from dlint.project.contexts import default_invocation
from dlint.regex import lazy
from dlint.text import Source

TYPE_CHECKING = False
if TYPE_CHECKING:
    from dlint.checks.registry import Entry
    from dlint.engine.settings import Settings

MAX_FILE_BYTES = 5_000_000
_UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")
_SUPPRESSION = lazy(r"(?i)dlint|hadolint|check\s*=")


class Crash:
    """A rule that raised: the rule, the file, and the traceback as text."""

    __slots__ = ("path", "rule", "traceback")

    def __init__(self, rule: str, path: str, traceback: str) -> None:
        self.rule = rule
        self.path = path
        self.traceback = traceback


class FileResult:
    """What came of one file. *error* says why it could not be read at all."""

    __slots__ = ("context", "crashes", "diagnostics", "error", "path", "silenced", "source")

    def __init__(self, path: str, source: Source | None = None, error: str | None = None) -> None:
        self.path = path
        self.source = source
        self.error = error
        self.context: str | None = None
        """The root of the build context, None where it is unknown."""
        self.diagnostics: list[Diagnostic] = []
        self.silenced: list[Diagnostic] = []
        self.crashes: list[Crash] = []


def read_source(path: str, shown_path: str) -> Source | str:
    """Return the source of a file, or why it cannot be read."""
    try:
        size = os.stat(path).st_size
        if not os.path.isfile(path):
            return "is not a regular file"
        if size > MAX_FILE_BYTES:
            return f"is {size / 1e6:.0f} MB; a Dockerfile of more than {MAX_FILE_BYTES / 1e6:.0f} MB is not read"
        with open(path, "rb") as file:
            data = file.read()
    except OSError as error:
        return error.strerror or str(error)
    return source_of(data, shown_path)


def source_of(data: bytes, shown_path: str) -> Source | str:
    """Return the source with these bytes, or why they are no text."""
    if b"\0" in data[:8000] and not data.startswith(_UTF16_MARKS):
        return "is a binary file"
    return Source.from_bytes(data, shown_path)


def check_source(
    source: Source,
    path: str,
    settings: "Settings",
    *,
    context: str | None = None,
    target: str | None = None,
    build_args: dict[str, str] | None = None,
    platform: str | None = None,
) -> FileResult:
    """Return the findings in a Dockerfile that lies at *path*.

    What is not given about the way it is built is guessed from the folders around it.
    """
    result = FileResult(source.path, source)
    dockerfile = parse(source)
    invocation = default_invocation(
        path, dockerfile, context=context, target=target, build_args=build_args, platform=platform
    )
    result.context = invocation.context
    builds = [Build(dockerfile, invocation)]
    selection = settings.selection
    words = words_of(source.text)
    found: list[Diagnostic] = []
    later = []
    for entry in RULES.values():
        if not entry.may_concern(words) or not selection.includes(entry):
            continue
        if entry.looks_at == "suppressions":
            later.append(entry)
            continue
        for build in builds:
            if entry.looks_at == "context" and build.invocation.context is None:
                continue
            found += _run_rule(entry, build, source, settings, result)
    found = _unique([diagnostic for diagnostic in found if selection.wants(diagnostic)], len(builds) > 1)
    ignored = settings.ignores_in(source.path)
    if ignored:
        from dlint.engine.selection import matches

        found = [d for d in found if not any(matches(name, d) for name in ignored)]
    if settings.value("no_ignores") or not _SUPPRESSION.search(source.text):
        result.diagnostics = found
    else:
        from dlint.checks.suppressions import SuppressionSubject
        from dlint.engine.suppression import Suppressions

        suppressions = Suppressions(dockerfile)
        result.diagnostics, result.silenced = suppressions.filter(found)
        for entry in later:
            subject = SuppressionSubject(suppressions.items, suppressions.malformed, selection_names(settings))
            result.diagnostics += _run_rule(entry, subject, source, settings, result)
    if settings.value("severity"):
        for diagnostic in result.diagnostics:
            diagnostic.severity = selection.severity(diagnostic)
    result.diagnostics.sort(key=lambda diagnostic: diagnostic.sort_key)
    return result


def selection_names(settings: "Settings") -> frozenset[str]:
    """Return the names of the rules that are on."""
    return frozenset(name for name, entry in RULES.items() if settings.selection.includes(entry))


def _run_rule(
    entry: "Entry", subject: object, source: Source, settings: "Settings", result: FileResult
) -> list[Diagnostic]:
    """Run one rule; one that raises is noted, and the others go on."""
    try:
        rule = entry.load()
        report = Report(rule, source, settings.today, settings.rule_options(rule.name, rule.options), None)
        rule.check(subject, report)
    except Exception:
        import traceback

        result.crashes.append(Crash(entry.name, source.path, traceback.format_exc()))
        return []
    return report.diagnostics


def _unique(diagnostics: list[Diagnostic], several: bool) -> list[Diagnostic]:
    """Report a finding that several invocations share once."""
    if not several:
        return diagnostics
    seen = {(d.rule, d.location, d.message): d for d in diagnostics}
    return list(seen.values())
