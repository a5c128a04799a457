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
    triggers=tuple(sorted({name for family in EXCLUSIVE for name in family.members})),
    context_triggers=("install", "sync"),
)
def check(build: Build, report: Report) -> None:
    removed = {
        normalise(word.value)
        for command in build.commands("pip", "uv")
        if command.has("uninstall")
        for word in command.arguments
    }
    seen: set[tuple[Stage, str]] = set()
    for family in EXCLUSIVE:
        named = [request for request in build.requests if _counts(request, family) and request.name not in removed]
        # Whoever takes one of them away again has seen to it.
        if not named or family.members & removed:
            continue
        for later in named:
            earlier = _conflict(build, later, named, family)
            key = (later.step.stage, family.modules)
            if earlier is None or key in seen:
                continue
            seen.add(key)
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


def _conflict(build: Build, later: Request, named: list[Request], family: Family) -> Request | None:
    """Return an earlier request of the same environment that brings another member."""
    chain, key = later.step.stage.chain, environment_key(later.install)
    for earlier in named:
        if earlier is later:
            return None
        if earlier.step.stage not in chain or environment_key(earlier.install) != key:
            continue
        if _member(earlier, family) == _member(later, family):
            continue
        is_direct = earlier.name in family.members and later.name in family.members
        # What is named in a later command than the package that needs the other one is meant to replace it.
        replaces = later.name in family.members and later.install is not earlier.install
        if is_direct or not replaces:
            return earlier
    return None


def _member(request: Request, family: Family) -> str:
    return request.name if request.name in family.members else family.needed_by[request.name]


def _described(request: Request, family: Family) -> str:
    return request.name if request.name in family.members else f"{family.needed_by[request.name]} (of {request.name})"
