"""``dlint check --fix``, ``--diff`` and ``--add-ignore``."""

import sys

from dlint.cli.output import put_bytes
from dlint.drafts import drafts
from dlint.engine.fixing import STDIN, Draft, Fixing
from dlint.engine.selection import is_fixable
from dlint.engine.writing import replace

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from dlint.diagnostic import Diagnostic
    from dlint.engine.result import FileResult
    from dlint.engine.settings import SettingsResolver
    from dlint.report import Style

    CheckAll = Callable[[list[str]], list[FileResult]]
    Report = Callable[[bool], int]


def change_files(
    files: list[str],
    resolver: "SettingsResolver",
    results: "list[FileResult]",
    check: "CheckAll",
    report: "Report",
    style: "Style",
) -> int:
    """Change files as the options say, and return the exit code.

    *results* is brought up to date; *report* reports it (or only what went wrong) and returns the code that makes.
    Raises UsageError.
    """
    base = resolver.base
    is_stdin = files == [STDIN]
    fixing = _fixing(files, resolver, results, check)
    ignored = 0
    try:
        if is_stdin and results[0].source:
            drafts[STDIN] = results[0].source.data
        before = list(results)
        if base.value("add_ignore") is None:
            fixing.run()
        else:
            from dlint.engine.ignoring import add_ignores

            ignored = add_ignores(fixing, resolver, base.value("add_ignore"))
        changed = [draft for draft in fixing.changed.values() if draft.after != draft.before]
        changed.sort(key=lambda draft: draft.path)
        problems: list[str] = []
        is_diff = base.value("diff")
        if is_diff:
            for draft in changed:
                put_bytes(_diff(draft, before, results, style))
        elif is_stdin:
            if results[0].source:
                put_bytes(drafts[STDIN])
        else:
            problems = _write(changed, fixing)
    finally:
        drafts.clear()
    for problem in problems:
        _say(f"error: {problem}")
    _tell(fixing, would=is_diff, ignored=ignored, shows=base.value("show_fixes"), quiet=base.value("quiet"))
    code = _report(report, is_whole=not (is_diff or base.value("fix_only")), is_stdin=is_stdin)
    if problems:
        return 2
    if changed and (is_diff or base.value("exit_non_zero_on_fix")):
        return max(code, 1)
    return code


def _fixing(files: list[str], resolver: "SettingsResolver", results: "list[FileResult]", check: "CheckAll") -> Fixing:
    unsafe = resolver.base.value("unsafe_fixes")

    def again(indices: list[int]) -> "list[FileResult]":
        return check([files[index] for index in indices])

    def wanted(result: "FileResult", diagnostic: "Diagnostic") -> bool:
        fix = diagnostic.fix
        is_applicable = fix is not None and (fix.applicability == "safe" or (unsafe and fix.applicability == "unsafe"))
        return is_applicable and is_fixable(diagnostic, resolver.for_file(result.path))

    return Fixing(results, again, wanted, results[0].path if files == [STDIN] else None)


def _write(changed: list[Draft], fixing: Fixing) -> list[str]:
    """Write the files; return what is wrong with those that are left as they were."""
    problems = []
    for draft in changed:
        reason = replace(draft.path, draft.before, draft.after)
        if reason:
            problems.append(f"{draft.path}: {reason}; it is left as it is")
            fixing.fixed = [fixed for fixed in fixing.fixed if fixed.path != draft.path]
            draft.after = draft.before
    if problems:
        # What is reported is true of what lies there.
        drafts.clear()
        fixing.recheck(list(range(len(fixing.results))))
    return problems


def _report(report: "Report", *, is_whole: bool, is_stdin: bool) -> int:
    """Report what is left; beside a text on standard output, on standard error."""
    if not is_stdin:
        return report(is_whole)
    from contextlib import redirect_stdout

    with redirect_stdout(sys.stderr):
        return report(is_whole)


def _tell(fixing: Fixing, *, would: bool, ignored: int, shows: bool, quiet: bool) -> None:
    """Say what was done."""
    for path, reason in fixing.left_alone.items():
        _say(f"warning: {path} {reason}; its fixes are not made")
    for bug in fixing.bugs:
        _say(f"warning: {bug}; please report this")
    if shows and fixing.fixed:
        _say(_by_file(fixing, would=would))
    elif fixing.fixed and not quiet:
        _say(_head(fixing, would=would))
    if ignored and not quiet:
        _say(f"{'Would ignore' if would else 'Ignored'} {ignored} finding{'s' * (ignored != 1)} with comments.")


def _head(fixing: Fixing, *, would: bool) -> str:
    count = len(fixing.fixed)
    files = len({fixed.path for fixed in fixing.fixed})
    said = f"{count} finding{'s' * (count != 1)} in {files} file{'s' * (files != 1)}"
    return f"{'Would fix' if would else 'Fixed'} {said}."


def _by_file(fixing: Fixing, *, would: bool) -> str:
    lines = [_head(fixing, would=would)[:-1] + ":"]
    for path in sorted({fixed.path for fixed in fixing.fixed}):
        rules = [fixed.rule for fixed in fixing.fixed if fixed.path == path]
        lines.append(f"  {path}")
        lines += [f"    {rules.count(rule)} × {rule}" for rule in sorted(set(rules))]
    return "\n".join(lines)


def _diff(draft: Draft, before: "list[FileResult]", after: "list[FileResult]", style: "Style") -> bytes:
    """Return what changes, with stars in place of secrets."""
    from difflib import unified_diff

    old, new = (_lines(data, draft.path, results) for data, results in ((draft.before, before), (draft.after, after)))
    lines = []
    for line in unified_diff(old, new, draft.path, draft.path):
        text, feed, _ = line.partition("\n")
        codes = {"+": (32,), "-": (31,), "@": (36,)}.get(text[:1], ())
        lines.append((style.paint(text, *codes) if codes else text) + "\n")
        if not feed:
            lines.append("\\ No newline at end of file\n")
    return "".join(lines).encode("utf-8", "surrogateescape")


def _lines(data: bytes, path: str, results: "list[FileResult]") -> list[str]:
    """Return the lines of a text; only line feeds end one."""
    from dlint.diagnostic import masked

    text = data.decode("utf-8", "surrogateescape")
    for result in results:
        if result.path == path and result.source is not None and result.source.text == text:
            hidden = {span for diagnostic in result.diagnostics for span in diagnostic.hidden_in(result.source)}
            text = masked(text, 0, tuple(hidden))
            break
    lines = text.split("\n")
    return [f"{line}\n" for line in lines[:-1]] + [line for line in lines[-1:] if line]


def _say(text: str) -> None:
    print(text, file=sys.stderr)
