"""``dlint check``."""

import os
import sys

from dlint.checks.registry import RULES, rule_called
from dlint.cli.output import Output, outputs, put, style_for, write, write_estimates
from dlint.diagnostic import Severity
from dlint.drafts import drafts
from dlint.engine.result import Begun, FileResult, read_source, source_of
from dlint.engine.run import Checks, problem_texts, tell_once
from dlint.engine.selection import is_fixable
from dlint.engine.settings import Settings, SettingsResolver
from dlint.project.discovery import Discovery
from dlint.report import Run

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any

    from dlint.report import Style

    Checked = tuple[list[FileResult], dict[str, list[str]], bool]

STDIN = "-"
STDIN_NAME = "<stdin>"
# From so many files on it may be worth using all cores.
MANY = 128
_CHANGING = ("fix", "diff", "fix_only", "add_ignore")


def run_check(options: "dict[str, Any]", paths: list[str]) -> int:
    """Check files and return the exit code.

    Raises DlintError for wrong use.
    """
    resolver = SettingsResolver(options)
    base = resolver.base
    reports = outputs(base)
    style = style_for(base)
    files, has_errors = _find(resolver, paths)
    if base.value("show_files"):
        put("".join(f"{file}\n" for file in files))
        return 2 if has_errors else 0
    if base.value("show_settings"):
        from dlint.cli.show import show_settings

        put(show_settings(resolver, files))
        return 2 if has_errors else 0
    checked = _check_all(files, resolver, files)
    tell_once(checked[0])

    def report(is_whole: bool) -> int:
        return _report(files, resolver, checked, has_errors, reports if is_whole else [], style)

    if any(base.value(name) not in (None, False) for name in _CHANGING):
        from dlint.cli.fix import change_files

        def again(some: list[str]) -> list[FileResult]:
            return _check_all(some, resolver, files)[0]

        return change_files(files, resolver, checked[0], again, report, style)
    return report(True)


def _report(
    files: list[str],
    resolver: SettingsResolver,
    checked: "Checked",
    has_errors: bool,
    reports: "list[Output]",
    style: "Style",
) -> int:
    """Write the reports, and what is to be said beside them; return the exit code.

    Without reports findings do not count, only what went wrong.
    """
    base = resolver.base
    results, unchecked, has_shellcheck = checked
    problems = problem_texts(unchecked)
    for path, result in zip(files, results, strict=True):
        _tell(result, resolver.for_file(_settings_path(path, resolver)))
    run = Run(results, _active(base), base.value("max_diagnostics"))
    for report in reports:
        if base.value("statistics") and report.path is None:
            from dlint.cli.show import statistics

            put(statistics(run))
        else:
            write(report, run, style)
    if base.value("estimate") and reports:
        write_estimates(reports, run, style)
    _notes(run, resolver, reports[0].format if reports else "")
    for problem in problems:
        _complain(problem)
    if not base.value("quiet"):
        _tell_of_other_tools(resolver)
    if results and not has_shellcheck:
        _warn_about_shellcheck(base)
    if run.crashes or has_errors or problems or any(result.error for result in results):
        return 2
    return _outcome(run, resolver) if reports else 0


def _find(resolver: SettingsResolver, paths: list[str]) -> tuple[list[str], bool]:
    """Return the files to check, and whether something named is missing."""
    if STDIN in paths:
        if len(paths) > 1:
            _complain("'-' (standard input) cannot be checked together with files")
            return [], True
        return [STDIN], False
    discovery = Discovery(resolver.filters_for)
    files = discovery.find(paths)
    for path in discovery.missing:
        _complain(f"{path}: no such file or folder{_similar(path)}")
    for path, reason in discovery.unreadable:
        _warn(f"{path}: {reason}; what is in it is not checked")
    for path in discovery.empty:
        place = "the current folder" if path == "." else path
        _warn(
            f"no Dockerfiles or compose files found under {place} (looked for Dockerfile, Dockerfile.*, *.Dockerfile, "
            "Containerfile, compose.yaml, docker-compose*.yml, docker-stack*.yml)"
        )
    has_errors = bool(discovery.missing or discovery.unreadable)
    if not files and resolver.base.value("error_on_no_files"):
        has_errors = True
    return files, has_errors


def _similar(path: str) -> str:
    from difflib import get_close_matches

    folder, name = os.path.split(path)
    try:
        near = get_close_matches(name, os.listdir(folder or "."), 1)
    except OSError:
        return ""
    return f"; did you mean {os.path.join(folder, near[0])}?" if near else ""


def _check_all(files: list[str], resolver: SettingsResolver, named: list[str]) -> "Checked":
    """Return the results, why scripts could not be checked and where, and whether ShellCheck was asked."""
    if len(files) < MANY:
        return _check_some(files, resolver, named)
    from dlint.cli.parallel import processes_for, run_shared

    count = processes_for(len(files))
    if count == 1:
        return _check_some(files, resolver, named)
    # What every process would import is imported here, once.
    for looks_at in ("dockerfile", "context"):
        for entry in resolver.base.selection.entries(looks_at):
            entry.load()
    shares = run_shared(files, count, lambda share: _check_some(share, resolver, named))
    by_number = {number: result for numbers, share in shares for number, result in zip(numbers, share[0], strict=True)}
    unchecked: dict[str, list[str]] = {}
    for _, (_, some, _) in shares:
        for reason, places in some.items():
            unchecked[reason] = sorted([*unchecked.get(reason, []), *places])
    results = [by_number[number] for number in range(len(files))]
    return results, unchecked, any(has_shellcheck for _, (_, _, has_shellcheck) in shares)


def _check_some(files: "Iterable[str]", resolver: SettingsResolver, named: list[str]) -> "Checked":
    checks = Checks(named)
    unfinished = [_begin(path, resolver, checks) for path in files]
    checks.wait()
    return [each.finish() for each in unfinished], checks.unchecked, checks.has_shellcheck


def _settings_path(path: str, resolver: SettingsResolver) -> str:
    return path if path != STDIN else resolver.base.value("stdin_filename") or STDIN_NAME


def _begin(path: str, resolver: SettingsResolver, checks: Checks) -> Begun:
    settings_path = _settings_path(path, resolver)
    if path == STDIN:
        shown = settings_path
        source = source_of(drafts[STDIN] if STDIN in drafts else sys.stdin.buffer.read(), shown)
    else:
        shown = os.path.relpath(path) if os.path.isabs(path) and _is_below(path) else os.path.normpath(path)
        shown = shown.replace(os.sep, "/")
        source = read_source(path, shown)
    if isinstance(source, str):
        return Begun(FileResult(shown, error=source), resolver.base)
    return checks.begin(source, settings_path, resolver.for_file(settings_path))


def _tell(result: FileResult, settings: Settings) -> None:
    """Say what is wrong with a file, or what was assumed about it."""
    if result.error:
        _complain(f"{result.path}: {result.error}")
    if result.source and settings.value("verbose"):
        _say(_description(result, settings))


def _is_below(path: str) -> bool:
    here = os.getcwd()
    return path.startswith(here.rstrip(os.sep) + os.sep)


def _active(settings: Settings) -> "list[Any]":
    return [entry for entry in RULES.values() if settings.selection.includes(entry)]


def _notes(run: Run, resolver: SettingsResolver, format: str) -> None:
    """Print what is not a finding, on standard error."""
    for crash in run.crashes:
        from dlint import __version__

        _complain(
            f"the rule {crash.rule} crashed on {crash.path}; the other rules ran\n"
            f"{crash.traceback.rstrip()}\n"
            f"dlint {__version__}, Python {sys.version.split()[0]} on {sys.platform}; please report this"
        )
    readable = [file for file in run.files if not file.error]
    if readable and not resolver.base.value("quiet") and format in ("full", "concise"):
        from dlint.report.full import summary

        run.fixable = _count_fixes(run, resolver)
        _say(summary(run))


def _count_fixes(run: Run, resolver: SettingsResolver) -> tuple[int, int]:
    """Return how many findings --fix would fix, and how many more it would with --unsafe-fixes."""
    safe = unsafe = 0
    for diagnostic in run.diagnostics:
        if diagnostic.fix and diagnostic.fix.edits and diagnostic.fix.applicability != "display-only":
            if is_fixable(diagnostic, resolver.for_file(diagnostic.location.path)):
                safe += diagnostic.fix.applicability == "safe"
                unsafe += diagnostic.fix.applicability == "unsafe"
    return safe, unsafe


def _tell_of_other_tools(resolver: SettingsResolver) -> None:
    for path in resolver.foreign:
        shown = os.path.relpath(path) if _is_below(path) else path
        _say(f"note: {shown} counts, as dlint has no configuration here; `dlint config import-hadolint` makes it one")


def _warn_about_shellcheck(base: Settings) -> None:
    """Say so where codes of ShellCheck are selected by name and nobody can find them."""
    selected = [*base.value("select"), *base.value("extend_select")]
    asked = [name for name in selected if (entry := rule_called(name)) and entry.looks_at == "shellcheck"]
    if asked:
        from dlint.shellcheck.program import INSTALL

        why = "is off" if base.value("shellcheck") == "off" else f"is not installed; {INSTALL}"
        _warn(f"{', '.join(asked)} need{'s' * (len(asked) == 1)} ShellCheck, which {why}")


def _outcome(run: Run, resolver: SettingsResolver) -> int:
    if resolver.base.value("exit_zero"):
        return 0
    for file in run.files:
        level = resolver.for_file(file.path).value("fail_on")
        if level == "never":
            continue
        threshold = Severity.named(level)
        if any(diagnostic.severity >= threshold for diagnostic in file.diagnostics):
            return 1
    return 0


def _description(result: FileResult, settings: Settings) -> str:
    place = settings.configuration.path if settings.configuration else None
    if result.parts is not None:
        parts = f", read together with {', '.join(result.parts)}" if result.parts else ""
        return f"{result.path}: configuration {place or 'built in'}{parts}"
    context = os.path.relpath(result.context) if result.context else "unknown (give it with --context)"
    return f"{result.path}: configuration {place or 'built in'}, build context {context}"


def _say(text: str) -> None:
    print(text, file=sys.stderr)


def _complain(text: str) -> None:
    _say(f"error: {text}")


def _warn(text: str) -> None:
    _say(f"warning: {text}")
