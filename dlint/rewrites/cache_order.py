"""Manifests, installation, source: so that a change of the source does not repeat the installation."""

from dlint.diagnostic import Edit
from dlint.model.container_paths import brought_as, transfers
from dlint.model.install_weight import PYTHON, wheels
from dlint.parser.dockerfile import ast
from dlint.rewrites.moving import Source, Split, first_source, moved_below, split_of, why_bound
from dlint.rewrites.needs import Needs, Unclear, needs_of
from dlint.rewrites.proposal import Declined, Proposal
from dlint.rewrites.worth import seconds_to_install
from dlint.rewrites.writing import text_of
from dlint.text import Span

TYPE_CHECKING = False
if TYPE_CHECKING:
    from dlint.model.build import Build
    from dlint.model.commands import Command
    from dlint.model.packages import Install
    from dlint.model.stages import Stage, Step

NAME = "cache-order"
_PROJECT_ENVIRONMENTS = {"uv": ".venv", "poetry": ".venv", "pdm": ".venv", "npm": "node_modules"}


class _Reordered:
    """One stage put in order: its edits, and what no longer repeats."""

    def __init__(self, source: Source, edits: list[Edit], installs: "list[Install]", manifests: list[str]) -> None:
        self.source = source
        self.edits = edits
        self.installs = installs
        self.manifests = manifests


def propose(build: "Build") -> Proposal | Declined | None:
    """Move each COPY of the source below the installations that do without it."""
    done, declined = [], []
    for stage in build.stages:
        if stage not in build.reachable:
            continue
        answer = _stage(build, stage)
        if isinstance(answer, Declined):
            declined.append(answer)
        elif answer is not None:
            done.append(answer)
    if not done:
        return declined[0] if declined else None
    installs = [install for each in done for install in each.installs]
    return Proposal(
        NAME,
        "install before the source is copied",
        " ".join(dict.fromkeys(_why(each) for each in done)),
        tuple(edit for each in done for edit in each.edits),
        seconds=_seconds(build, installs),
        rules=("copy-source-before-install",),
        declined=tuple(declined),
    )


def _why(done: _Reordered) -> str:
    names = list(dict.fromkeys(f"{install.tool} {install.verb}" for install in done.installs))
    why = f"Any change in {done.source.what} repeats {_listed(names)}"
    if not done.manifests:
        return f"{why}, which need{'s' * (len(names) == 1)} nothing of it."
    verb = "is" if len(done.manifests) == 1 else "are"
    return f"{why}, though {_listed(done.manifests)} {verb} all that {'it reads' if len(names) == 1 else 'they read'}."


def _listed(names: list[str]) -> str:
    return " and ".join(filter(None, [", ".join(names[:-1]), names[-1]]))


def _seconds(build: "Build", installs: "list[Install]") -> float | None:
    amounts = [wheels(build, install) for install in installs if install.manager in PYTHON]
    known = sum(amount.low for amount in amounts)
    return seconds_to_install(known) if known else None


def _stage(build: "Build", stage: "Stage") -> "_Reordered | Declined | None":
    source = first_source(build, stage)
    if source is None:
        return None
    later = [each for each in build.installs if each.step.stage is stage and each.step.index > source.step.index]
    if source.item.destination is None:
        is_waiting = any(_is_dependency(build, install) for install in later)
        return (
            Declined(NAME, "nobody knows where the COPY writes to", source.instruction.header) if is_waiting else None
        )
    needs: dict[Install, Needs] = {}
    reason: tuple[Step, str] | None = None
    split: Split | None = None
    for step in stage.steps[source.step.index + 1 :]:
        mine = [install for install in later if install.step is step]
        why = _why_not(build, source, step, mine, needs)
        if why is not None:
            reason = (step, why)
            split = _split(build, source, step, mine, needs)
            break
    moved = [install for install in later if install in needs and _is_worth(build, install, needs[install])]
    waiting = [install for install in later if install not in needs and _is_dependency(build, install)]
    if not moved:
        if reason is None or not waiting:
            return None
        return Declined(NAME, _sentence(build, source, *reason), waiting[0].span)
    fixed = source.why_fixed() or _hidden_environment(build, source, moved)
    if fixed is not None:
        return Declined(NAME, fixed, source.instruction.header)
    return _reorder(build, source, moved, needs, split)


def _split(
    build: "Build", source: Source, step: "Step", installs: "list[Install]", needs: "dict[Install, Needs]"
) -> Split | None:
    """Return how a RUN is taken apart so that its installations come before the source; note what they need."""
    found: dict[int, tuple[Install, Needs]] = {}
    for install in installs:
        try:
            own = needs_of(build, install)
        except Unclear:
            continue
        if own.option is None and _is_worth(build, install, own):
            found[id(install.command)] = (install, own)
    split = split_of(source, step, lambda command: id(command) in found)
    mine = [found[id(command)] for command in split.commands if id(command) in found] if split else []
    if not mine:
        return None
    needs |= dict(mine)
    return split


def _sentence(build: "Build", source: Source, step: "Step", why: str) -> str:
    line = build.source.line_number(step.instruction.start)
    return f"{source.what} is copied before it, and the {step.instruction.keyword} in line {line} {why}"


def _is_dependency(build: "Build", install: "Install") -> bool:
    """Whether an installation is more than that of the project itself after its dependencies."""
    return not all(package.is_local for package in install.packages) or bool(install.files) or not install.packages


def _is_worth(build: "Build", install: "Install", needs: Needs) -> bool:
    """Whether an installation is one for which something is moved: not the second half of one that was split."""
    if needs.option is None:
        return True
    return not any(
        other.manager == install.manager
        and other.step.stage is install.step.stage
        and other.step.index < install.step.index
        and other.arguments.has(needs.option)
        for other in build.installs
    )


def _why_not(
    build: "Build", source: Source, step: "Step", installs: "list[Install]", needs: "dict[Install, Needs]"
) -> str | None:
    """Return why a step has to stay below the source; note what its installations need."""
    commands = {id(install.command) for install in installs}

    def may_run(command: "Command") -> bool:
        return id(command) in commands

    found: dict[Install, Needs] = {}
    for install in installs:
        try:
            found[install] = needs_of(build, install)
        except Unclear as error:
            return f"cannot be made without it: {error}"
        if not _is_worth(build, install, found[install]):
            return "installs the project itself"
        if len(installs) > 1 and found[install].option:
            return "installs the project together with other packages"
    bound = why_bound(build, source, step, may_run)
    if bound is None:
        needs |= found
    return bound


def _hidden_environment(build: "Build", source: Source, installs: "list[Install]") -> str | None:
    """Return which folder of the context would replace what is installed, if the source came after it."""
    for install in installs:
        name = _PROJECT_ENVIRONMENTS.get(install.manager)
        if name is None or install.verb.startswith("pip "):
            continue
        prefix = "" if source.item.is_everything else f"{source.item.source}/"
        if any(entry.name == name and not build.context.ignores(entry.path) for entry in
               build.context.children(prefix.rstrip("/"))):  # fmt: skip
            return (
                f"the {prefix}{name} of the build context would replace what is installed; .dockerignore has to name it"
            )
    return None


def _reorder(
    build: "Build", source: Source, installs: "list[Install]", needs: "dict[Install, Needs]", split: "Split | None"
) -> "_Reordered | Declined":
    installs = sorted(installs, key=lambda install: install.step.index)
    last = installs[-1].step
    paths = list(dict.fromkeys(path for install in installs for path in needs[install].paths))
    wanted = [path for path in paths if source.holds(path) and not _is_there(build, source, path, last)]
    edits, again = [], []
    for install in installs:
        option = needs[install].option
        if option is None:
            continue
        word = next((word for word in install.command.arguments if word.value == install.verb), None)
        if word is None or not install.command.can_be_edited(word):
            return Declined(NAME, f"the {install.verb} of {install.tool} is written in a way that cannot be edited")
        again.append(text_of(build, install.step.instruction.span))
        edits.append(Edit(Span(word.span.end, word.span.end), f" {option}"))
    more = "".join(f"\n{text}" for text in again)
    place = Span(last.instruction.end, last.instruction.end)
    if split is not None and split.commands[0].step is last:
        place = split.gap
        flags = "".join(f" {text_of(build, flag.span)}" for flag in last.instruction.flags)
        more += f"\n{last.instruction.name.value}{flags} "
    reading = next((each.step for each in installs if set(needs[each].paths) & set(wanted)), None)
    manifests = source.copy_of(wanted) if wanted else ""
    edits += moved_below(source, place, before=reading, manifests=manifests, more=more)
    return _Reordered(source, edits, installs, paths)


def _is_there(build: "Build", source: Source, path: str, last: "Step") -> bool:
    """Whether another COPY brings a file: above the source to the same place, or by its name below it."""
    place = source.landed(path)
    for stage in source.step.stage.chain:
        for step in stage.steps:
            if stage is source.step.stage and step.index >= source.step.index:
                break
            if isinstance(step.instruction, ast.Transfer) and brought_as(build, step, place) == path:
                return True
    between = source.step.stage.steps[source.step.index + 1 : last.index]
    return any(f"{path}/".startswith(f"{item.source}/") for step in between for item in transfers(build, step))
