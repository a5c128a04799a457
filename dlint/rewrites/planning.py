"""Making the plan: every rewrite is asked, what it proposes is tried, and the next one sees the result."""

import os

from dlint.drafts import drafts
from dlint.engine.edits import Edits
from dlint.engine.fixing import Fixing, with_line_ends
from dlint.engine.selection import is_fixable
from dlint.model.context import shown
from dlint.rewrites import ORDER
from dlint.rewrites.plan import Change, Item, Plan
from dlint.rewrites.proposal import Declined, Proposal
from dlint.rewrites.subject import Subject
from dlint.rewrites.verification import harm_of, is_done, new_finding
from dlint.text import Source

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from dlint.diagnostic import Diagnostic, Edit, Saving
    from dlint.engine.result import FileResult
    from dlint.model.build import Build

    Wanted = Callable[[str], bool]
    Answer = Proposal | Declined | tuple[Declined, ...] | None

MAX_ROUNDS = 3
FINDS = "makes dlint find"


def make_plan(subject: Subject, wanted: "Wanted") -> Plan:
    """Return the plan for a file; *wanted* says which rewrites and rules' fixes may be part of it.

    The new texts are drafts when it returns: whoever asks writes or forgets them.
    """
    plan = Plan(subject.shown)
    lines = _Lines(subject)
    _hide(plan, subject)
    before = dict(drafts)
    for module in ORDER:
        propose = _load(module)
        if propose is not None and subject.builds and wanted(module.replace("_", "-")):
            _ask(plan, subject, propose, module.replace("_", "-"), lines)
    _fix(plan, subject, wanted)
    drafts.update({key: data for key, data in before.items() if key not in drafts})
    return plan


def names() -> set[str]:
    """Return all names of rewrites, and of rules with fixes."""
    from dlint.checks.registry import RULES

    fixes = {name for name, entry in RULES.items() if entry.fix in ("safe", "unsafe")}
    return fixes | {module.replace("_", "-") for module in ORDER}


def _hide(plan: Plan, subject: Subject) -> None:
    """Note the secrets of the file, whether they are reported or silenced."""
    for diagnostic in (*subject.result.diagnostics, *subject.result.silenced):
        plan.secrets |= {place.source.text[place.span.start : place.span.end] for place in diagnostic.hidden} - {""}


class _Lines:
    """Where things stood in the Dockerfile as it was: for what is said about what is left alone."""

    def __init__(self, subject: Subject) -> None:
        self.source = subject.builds[0].source if subject.builds else None

    def line(self, declined: Declined, source: Source) -> int | None:
        """Return the line of the first text that says the same."""
        if declined.span is None or self.source is None:
            return None
        number = source.line_number(declined.span.start)
        wanted = source.line(number)
        lines = [place for place in range(1, self.source.line_count + 1) if self.source.line(place) == wanted]
        return min(lines, key=lambda place: abs(place - number), default=None)


def _load(module: str) -> "Callable[[Build], Answer] | None":
    """Return the function of a rewrite, None for one that is not written."""
    try:
        return __import__(f"dlint.rewrites.{module}", fromlist=["propose"]).propose  # type: ignore[no-any-return]
    except ModuleNotFoundError as error:
        if error.name == f"dlint.rewrites.{module}":
            return None
        raise


def _ask(plan: Plan, subject: Subject, propose: "Callable[[Build], Answer]", name: str, lines: _Lines) -> None:
    try:
        answer = _answer(subject, propose, name)
    except Exception:
        import traceback

        plan.bugs.append(f"the rewrite {name} crashed on {plan.path}\n{traceback.format_exc().rstrip()}")
        return
    if answer is None:
        return
    left = answer.declined if isinstance(answer, Proposal) else answer if isinstance(answer, tuple) else (answer,)
    plan.declined += [(each, lines.line(each, subject.builds[0].source)) for each in left]
    if not isinstance(answer, Proposal):
        return
    item, problem = _take(subject, answer, propose)
    if item is not None:
        plan.items.append(item)
    elif problem.startswith(FINDS):
        plan.declined.append((Declined(name, f"it {problem}"), None))
    else:
        plan.bugs.append(f"the rewrite {name} is not made in {plan.path}: it {problem}")


def _answer(subject: Subject, propose: "Callable[[Build], Answer]", name: str) -> "Answer":
    """Return what a rewrite says of a file; of one that is built in several ways, what holds for all of them."""
    answers = [propose(build) for build in subject.builds]
    first = answers[0]
    if len({_identity(answer) for answer in answers}) > 1:
        return Declined(name, "the services of the project build this file in ways that ask for different changes")
    if isinstance(first, Proposal):
        ignored = next((each for each in subject.result.silenced if each.rule in first.rules), None)
        if ignored is not None:
            return Declined(name, f"a comment ignores {ignored.rule}", ignored.location.span)
    return first


def _identity(answer: "Answer") -> object:
    if not isinstance(answer, Proposal):
        return None
    edits = tuple((edit.source and edit.source.path, edit.span, edit.text) for edit in answer.edits)
    return (edits, tuple((text.path, text.text) for text in answer.texts))


# One step ---------------------------------------------------------------------------------


def _take(subject: Subject, proposal: Proposal, propose: "Callable[[Build], Answer]") -> tuple[Item | None, str]:
    """Make a proposal in the drafts; where it does not pass, everything is as before and the reason is told."""
    kept = dict(drafts)
    findings = subject.result.diagnostics
    source = subject.builds[0].source
    changes = _changes(subject, proposal)
    problem = _bad_text(subject, proposal, source)
    if problem is None and not any(change.before != change.after for change in changes):
        problem = "changes nothing"
    if problem is None:
        for change in changes:
            drafts[os.path.realpath(change.path)] = change.after
        subject.look()
        problem = _bad_result(subject, findings, proposal, propose)
    if problem is not None:
        drafts.clear()
        drafts.update(kept)
        subject.look()
        return None, problem
    item = Item(
        proposal.name, proposal.title, proposal.why, changes,
        safety=proposal.safety, saving=proposal.saving, seconds=proposal.seconds,
        context_bytes=proposal.context_bytes, caution=proposal.caution,
    )  # fmt: skip
    return item, ""


def _changes(subject: Subject, proposal: Proposal) -> tuple[Change, ...]:
    sources: dict[str, Source] = {}
    edits: dict[str, list[Edit]] = {}
    for edit in proposal.edits:
        source = edit.source or subject.builds[0].source
        path = subject.path if edit.source is None else source.path
        sources[path] = source
        edits.setdefault(path, []).append(with_line_ends(edit, source))
    found = [
        Change(path, source.data, Source(Edits(edits[path]).apply(source.text)).data)
        for path, source in sources.items()
    ]
    for text in proposal.texts:
        data = text.text.encode("utf-8", "surrogateescape")
        found.append(Change(shown(text.path), subject.text_of(text.path), data))
    return tuple(found)


def _bad_text(subject: Subject, proposal: Proposal, source: Source) -> str | None:
    """Return what is wrong with the text a proposal makes of the Dockerfile."""
    edits = Edits(with_line_ends(edit, source) for edit in proposal.edits if edit.source is None)
    if any(first.span.end > second.span.start for first, second in zip(edits.items, edits.items[1:], strict=False)):
        return "has edits that overlap"
    return harm_of(source, Source(edits.apply(source.text), source.path), edits)


def _bad_result(
    subject: Subject, findings: "list[Diagnostic]", proposal: Proposal, propose: "Callable[[Build], Answer]"
) -> str | None:
    """Return what is wrong with what a proposal has made."""
    if not subject.builds:
        return "cannot be read any more"
    found = new_finding(findings, subject.result.diagnostics, proposal.rules)
    if found is not None:
        return f"{FINDS} {found.rule} in line {found.location.start.line}: {found.message}"
    return None if all(is_done(propose, build) for build in subject.builds) else "proposes more of it when asked again"


# Fixes of findings ------------------------------------------------------------------------


def _fix(plan: Plan, subject: Subject, wanted: "Wanted") -> None:
    """Add the fixes of the findings that are left, rule by rule, until there are none."""
    tried: set[str] = set()
    for _ in range(MAX_ROUNDS):
        fixable = [each for each in subject.result.diagnostics if _is_wanted(each, subject, wanted)]
        rules = [rule for rule in dict.fromkeys(each.rule for each in fixable) if rule not in tried]
        if not rules:
            return
        for rule in rules:
            tried.add(rule)
            _fix_rule(plan, subject, rule, [each for each in fixable if each.rule == rule])


def _is_wanted(diagnostic: "Diagnostic", subject: Subject, wanted: "Wanted") -> bool:
    fix = diagnostic.fix
    return (
        fix is not None
        and fix.applicability in ("safe", "unsafe")
        and wanted(diagnostic.rule)
        and is_fixable(diagnostic, subject.settings)
    )


def _fix_rule(plan: Plan, subject: Subject, rule: str, findings: "list[Diagnostic]") -> None:
    kept = dict(drafts)
    before = {path: subject.text_of(path) for path in _paths(subject, findings)}

    def again(indices: list[int]) -> "list[FileResult]":
        subject.look()
        return [subject.result for _ in indices]

    def is_it(_result: "FileResult", diagnostic: "Diagnostic") -> bool:
        return diagnostic.rule == rule and _is_wanted(diagnostic, subject, lambda _: True)

    fixing = Fixing([subject.result], again, is_it)
    fixing.run()
    subject.look()
    plan.bugs += fixing.bugs
    drafts.update({key: data for key, data in kept.items() if key not in drafts})
    changes = tuple(
        Change(path, data, after)
        for path, data in before.items()
        if (after := subject.text_of(path)) is not None and after != data
    )
    if changes:
        first = findings[0]
        classes = {each.fix.applicability for each in findings if each.fix}
        plan.items.append(
            Item(
                rule, first.fix.message if first.fix else rule, first.message, changes,
                safety="unsafe" if "unsafe" in classes else "safe",
                saving=first.saving if len(findings) == 1 else _most(findings), is_fix=True,
            )
        )  # fmt: skip


def _paths(subject: Subject, findings: "list[Diagnostic]") -> list[str]:
    """Return the files that fixes change: the Dockerfile under its own path."""
    found = {subject.path: subject.key}
    for diagnostic in findings:
        for edit in diagnostic.fix.edits if diagnostic.fix else ():
            path = edit.source.path if edit.source else subject.path
            if os.path.realpath(path) not in found.values():
                found[path] = os.path.realpath(path)
    return list(found)


def _most(findings: "list[Diagnostic]") -> "Saving | None":
    savings = [each.saving for each in findings if each.saving]
    return max(savings, key=lambda saving: (saving.pull_bytes or 0, saving.disk_bytes or 0), default=None)
