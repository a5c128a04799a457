"""``dlint optimize``: the plan for each Dockerfile, printed or carried out."""

import sys

from dlint.cli.check import find_files
from dlint.cli.output import put, put_bytes, style_for
from dlint.drafts import drafts
from dlint.engine.errors import UsageError
from dlint.engine.settings import SettingsResolver
from dlint.engine.writing import create, replace, why_not
from dlint.project.discovery import is_compose_path, is_ignore_file
from dlint.rewrites.plan import Change, Plan
from dlint.rewrites.planning import make_plan, names
from dlint.rewrites.subject import Subject

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from dlint.report import Style

    Wanted = Callable[[str], bool]

FORMATS = ("text", "json")


def run_optimize(
    options: "dict[str, Any]",
    paths: list[str],
    *,
    only: tuple[str, ...],
    skip: tuple[str, ...],
    write: bool,
    diff: bool,
    output_format: str,
) -> int:
    """Plan, print or write; return the exit code: 1 where a plan is shown that has steps.

    Raises DlintError for wrong use.
    """
    if output_format not in FORMATS:
        raise UsageError(f"unknown output format {output_format!r}; there are {' and '.join(FORMATS)}")
    if write and diff:
        raise UsageError("--write and --diff exclude each other")
    if "-" in paths:
        raise UsageError("standard input cannot be optimized: rewrites need the file and its build context")
    resolver = SettingsResolver(options)
    wanted = _wanted(only, skip)
    style = style_for(resolver.base)
    files, has_errors = find_files(resolver, paths)
    files = [path for path in files if not is_compose_path(path) and not is_ignore_file(path)]
    plans, problems = [], []
    try:
        for path in files:
            subject = Subject(path, path, resolver.for_file(path))
            if subject.result.error:
                problems.append(f"{path}: {subject.result.error}")
                continue
            plans.append(make_plan(subject, wanted))
    finally:
        drafts.clear()
    problems += [bug for plan in plans for bug in plan.bugs]
    changes = _together(plans)
    if write:
        problems += _write(changes, files)
    _show(plans, changes, resolver, style, write=write, diff=diff, output_format=output_format)
    for problem in problems:
        print(f"error: {problem}", file=sys.stderr)
    if problems or has_errors:
        return 2
    return 0 if write or not changes or resolver.base.value("exit_zero") else 1


def _wanted(only: tuple[str, ...], skip: tuple[str, ...]) -> "Wanted":
    """Return which steps may be part of the plan. Raises UsageError for names of none."""
    known = names()
    for name in (*only, *skip):
        if name not in known:
            from difflib import get_close_matches

            near = get_close_matches(name, known, 1)
            hint = f"did you mean {near[0]}?" if near else "`dlint optimize --help` lists the rewrites"
            raise UsageError(f"there is no rewrite and no rule with a fix called {name!r}; {hint}")
    return lambda name: (not only or name in only) and name not in skip


def _together(plans: list[Plan]) -> list[Change]:
    """Return what all plans make of each file; they were made one after the other."""
    found: dict[str, Change] = {}
    for plan in plans:
        for change in plan.changes:
            first = found.get(change.path)
            found[change.path] = Change(change.path, first.before if first else change.before, change.after)
    return list(found.values())


def _write(changes: list[Change], files: list[str]) -> list[str]:
    """Write files; return what is wrong with those that are left as they were."""
    problems = []
    for change in changes:
        if change.before is None:
            reason = create(change.path, change.after)
        else:
            reason = why_not(change.path, files) or replace(change.path, change.before, change.after)
        if reason:
            problems.append(f"{change.path}: {reason}; it is left as it is")
    return problems


def _show(
    plans: list[Plan],
    changes: list[Change],
    resolver: SettingsResolver,
    style: "Style",
    *,
    write: bool,
    diff: bool,
    output_format: str,
) -> None:
    from dlint.cli.plan_text import combined_diff, render, render_json

    verbose = resolver.base.value("verbose")
    if output_format == "json":
        put(render_json(plans, written=write))
    elif diff:
        secrets = {secret for plan in plans for secret in plan.secrets}
        put_bytes(combined_diff(changes, secrets, style))
    else:
        put(render(plans, style, verbose=verbose, written=write))
