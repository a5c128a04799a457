"""From what rules found to what is reported: selection, suppression, severities, order."""

from dlint.diagnostic import Diagnostic, Severity
from dlint.engine.result import FileResult, run_rule
from dlint.regex import lazy
from dlint.text import Source

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from dlint.engine.settings import Settings
    from dlint.engine.suppression import Suppressions

_SUPPRESSION = lazy(r"(?i)dc?lint|hadolint|check\s*=|shellcheck")


def conclude(
    found: list[Diagnostic],
    source: Source,
    settings: "Settings",
    result: FileResult,
    suppressions: "Callable[[], Suppressions]",
) -> None:
    """Put into the result what of the findings is reported; *suppressions* reads the file's comments."""
    if any(diagnostic.hidden for diagnostic in found):
        from dlint.engine.secrecy import hide_secrets

        hide_secrets(found)
    found = _wanted(found, settings, source)
    if not settings.value("no_ignores") and any(each.location.source is not source for each in found):
        from dlint.engine.line_suppression import silenced_elsewhere

        silenced = silenced_elsewhere(found, source)
        result.silenced += silenced
        found = [each for each in found if each not in silenced]
    if settings.value("no_ignores") or not _SUPPRESSION.search(source.text):
        result.diagnostics += found
    else:
        _suppress(suppressions(), found, source, settings, result)
    if settings.value("severity"):
        for diagnostic in result.diagnostics:
            diagnostic.severity = settings.selection.severity(diagnostic)
    result.diagnostics.sort(key=lambda diagnostic: diagnostic.sort_key)


def _wanted(found: list[Diagnostic], settings: "Settings", source: Source) -> list[Diagnostic]:
    """Return the findings that neither the selection nor per-file-ignores leave out."""
    found = [diagnostic for diagnostic in found if settings.selection.wants(diagnostic)]
    ignored = settings.ignores_in(source.path)
    if not ignored:
        return found
    from dlint.engine.selection import matches

    return [diagnostic for diagnostic in found if not any(matches(name, diagnostic) for name in ignored)]


def _suppress(
    suppressions: "Suppressions", found: list[Diagnostic], source: Source, settings: "Settings", result: FileResult
) -> None:
    """Take out what comments silence, and let the rules about such comments look at them."""
    from dlint.checks.suppressions import SuppressionSubject
    from dlint.engine.suppression import has_buildkit_alias

    kept, silenced = suppressions.filter(found)
    result.diagnostics += kept
    result.silenced += silenced
    if suppressions.raises_errors:
        for diagnostic in filter(has_buildkit_alias, result.diagnostics):
            diagnostic.severity = Severity.ERROR
    judged = result.judged - {crash.rule for crash in result.crashes}
    if settings.ignores_in(source.path):
        # What was left out for the file might have needed its comment.
        judged = set()
    subject = SuppressionSubject(suppressions.items, suppressions.malformed, frozenset(judged))
    for entry in settings.selection.entries("suppressions"):
        own = run_rule(entry, subject, source, settings, result)
        kept, silenced = suppressions.filter(_wanted(own, settings, source))
        result.diagnostics += kept
        result.silenced += silenced
