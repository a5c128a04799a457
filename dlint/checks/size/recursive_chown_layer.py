"""Report changes of owner or mode that store files of earlier layers once more."""

from dlint.checks import INFO, WARNING, Report, Saving, rule
from dlint.diagnostic import format_bytes
from dlint.model.build import Build
from dlint.model.commands import Command
from dlint.model.fillings import Filling, fillings, owner
from dlint.model.removals import Removals
from dlint.model.stages import Step
from dlint.parser.dockerfile import ast
from dlint.regex import lazy

# Below this nobody notices; from the second on it is worth a warning.
_WORTH_BYTES = 1_000_000
_LARGE_BYTES = 10_000_000
# A file with more of them is not looked through for each chown.
_MAX_FILLINGS = 300
_RECURSIVE = lazy(r"-[a-zA-Z]*R[a-zA-Z]*\Z|--recursive\Z")
_CLAUSE = lazy(r"([ugoa]*)([+=-])([rwxXstugo]*)\Z")


@rule("recursive-chown-layer", severity=WARNING, triggers=("chown ", "chmod ", "chgrp "))
def check(build: Build, report: Report) -> None:
    history = _History(report)
    for stage in reversed(build.runtime_chain):
        for step in stage.steps:
            removals = None
            for command in step.named("chown", "chgrp", "chmod") if isinstance(step.instruction, ast.Run) else ():
                removals = removals or Removals(step)
                history.change(command, removals)
            if len(history.filled) < _MAX_FILLINGS:
                history.filled += fillings(build, step)


class _History:
    """What lies in the layers so far, with its owners and modes."""

    def __init__(self, report: Report) -> None:
        self.report = report
        self.filled: list[Filling] = []
        self.modes: dict[Filling, str] = {}
        self.stored: dict[Filling, Step] = {}
        """Where files were stored last."""

    def change(self, command: Command, removals: Removals) -> None:
        """Take in a change of owner or mode, and report it if it stores files again."""
        words = [word for word in command.arguments if not word.value.startswith("-")]
        if len(words) < 2 or not any(_RECURSIVE.match(value) for value in command.values()):
            return
        wanted = command.resolve(words[0])
        stored: dict[Filling, str] = {}
        for word in words[1:]:
            path = removals.path(command, word)
            below = [item for item in self.filled if path and f"{item.path}/".startswith(f"{path.rstrip('/')}/")]
            for item in below:
                if wanted and _changes(command.name, wanted, item, self.modes):
                    # Within one RUN the second change costs nothing.
                    if self.stored.get(item) is not command.step:
                        stored[item] = word.value
                    self.stored[item] = command.step
                _remember(command.name, wanted, item, self.modes)
        if stored:
            _report(self.report, command, stored)


def _report(report: Report, command: Command, changed: dict[Filling, str]) -> None:
    total = sum(item.size or 0 for item in changed)
    is_known = all(item.is_measured for item in changed)
    if is_known and total < _WORTH_BYTES:
        return
    is_large = total >= _LARGE_BYTES or any(item.is_large for item in changed)
    amount = f"{'' if is_known else 'at least '}{format_bytes(total)}" if total else "the files"
    paths = " and ".join(dict.fromkeys(changed.values()))
    first = max(changed, key=lambda item: item.size or 0)
    source = first.step.instruction
    flag = "chmod" if command.name == "chmod" else "chown"
    report(
        command.head(2),
        f"{command.name} -R stores {amount} that earlier layers put below {paths} once more",
        advice=f"write {source.name.value} --{flag}=…"
        if isinstance(source, ast.Transfer)
        else "do it in the RUN that makes the files, or make them as the user they are for",
        labels=((first.span, "these files"),),
        severity=WARNING if is_large and not command.is_conditional else INFO,
        saving=_saving(total, is_known=is_known) if total else None,
    )


def _saving(total: int, *, is_known: bool) -> Saving:
    return Saving(
        disk_bytes=total, basis="measured" if is_known else "table", bound="exact" if is_known else "at-least"
    )


def _changes(name: str, wanted: str, item: Filling, modes: dict[Filling, str]) -> bool:
    """Whether files are not already as they are to be; unknown owners count as the wanted ones."""
    if name == "chmod":
        flag = item.step.instruction.flag("chmod") if isinstance(item.step.instruction, ast.Transfer) else None
        return modes.get(item, flag.value if flag else None) != wanted and _changes_mode(wanted)
    user, group = owner(f":{wanted}" if name == "chgrp" else wanted if ":" in wanted else wanted.replace(".", ":", 1))
    return _differ(user, item.user) or (_differ(group, item.group) and item.user is not None)


def _differ(wanted: str | None, given: str | None) -> bool:
    if wanted is None or given is None or wanted == given:
        return False
    # A number and a name may be the same.
    return "root" in (wanted, given) or wanted.isdigit() == given.isdigit()


def _changes_mode(mode: str) -> bool:
    """Whether ordinary files, whose mode is 644, get another one."""
    if mode.isdigit():
        return mode.lstrip("0") != "644"
    for clause in mode.split(","):
        match = _CLAUSE.match(clause)
        if not match:
            return False
        who, sign, what = match.groups()
        others = not who or bool(set(who) & set("goa"))
        if sign == "+" and ("x" in what or ("w" in what and who and others)):
            return True
        if sign == "-" and "r" in what and others:
            return True
        if sign == "=" and others and ("w" in what or "x" in what or set(what) & set("ugo") or not what):
            return True
    return False


def _remember(name: str, wanted: str | None, item: Filling, modes: dict[Filling, str]) -> None:
    if name == "chmod":
        modes[item] = wanted or ""
        return
    user, group = owner(f":{wanted}" if name == "chgrp" else wanted)
    if name == "chown":
        item.user = user
    item.group = group
