"""Report distributions in one environment that bring the same modules."""

from dlint.checks import WARNING, Report, rule
from dlint.knowledge.distributions import EXCLUSIVE, Family
from dlint.model.build import Build
from dlint.model.environment import Request, environment_key
from dlint.model.python_installs import normalise
from dlint.model.stages import Stage

_PIP = ("pip", "uv", "poetry", "pdm", "pipenv")


@rule(
    "conflicting-distributions",
    severity=WARNING,
    triggers=tuple(sorted({name for family in EXCLUSIVE for name in (*family.members, *family.needed_by)})),
    context_triggers=("install", "sync"),
)
def check(build: Build, report: Report) -> None:
    removed = {
        normalise(word.value)
        for command in build.commands("pip", "uv")
        if command.has("uninstall")
        for word in command.arguments
    }
    for family in EXCLUSIVE:
        # Whoever takes one of them away again has seen to it.
        if not family.members & removed:
            _look_at(build, report, family)


def _look_at(build: Build, report: Report, family: Family) -> None:
    reported: set[Stage] = set()
    present: dict[tuple[Stage, str], dict[str, Request]] = {}
    for later in build.requests:
        if not _counts(later, family):
            continue
        stage, key = later.step.stage, environment_key(later.install)
        found = [each for part in stage.chain for each in present.get((part, key), {}).values()]
        present.setdefault((stage, key), {}).setdefault(later.name, later)
        earlier = next((each for each in found if _excludes(each, later, family)), None)
        if earlier is None or stage in reported:
            continue
        reported.add(stage)
        first, second = _described(earlier, family), _described(later, family)
        report(
            later.span,
            f"{first} and {second} both bring the module {family.modules}: one overwrites files of the other",
            advice=family.advice,
            labels=((earlier.location, earlier.name), *(((later.location, later.name),) if later.path else ())),
        )


def _counts(request: Request, family: Family) -> bool:
    """Whether a request certainly brings a member of the family."""
    if request.install.manager not in _PIP or request.is_conditional or request.install.verb in ("download", "wheel"):
        return False
    if request.install.arguments.has("--no-deps"):
        return request.name in family.members
    return request.name in family.members or request.name in family.needed_by


def _excludes(earlier: Request, later: Request, family: Family) -> bool:
    """Whether two requests of one environment bring different members, and neither is meant to replace the other."""
    if _member(earlier, family) == _member(later, family):
        return False
    is_direct = earlier.name in family.members
    # What is named in a later command than the package that needs the other one is meant to replace it.
    return is_direct or later.name not in family.members or later.install is earlier.install


def _member(request: Request, family: Family) -> str:
    return request.name if request.name in family.members else family.needed_by[request.name]


def _described(request: Request, family: Family) -> str:
    return request.name if request.name in family.members else f"{family.needed_by[request.name]} (of {request.name})"
