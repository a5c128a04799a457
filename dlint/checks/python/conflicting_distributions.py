"""Report distributions that overwrite each other's files."""

from dlint.checks import WARNING, Report, rule
from dlint.knowledge.distributions import EXCLUSIVE
from dlint.knowledge.packages import PYTHON_TOOLS
from dlint.model.build import Build
from dlint.model.environment import PYTHON_MANAGERS, Request, together

_NAMES = frozenset().union(*EXCLUSIVE)


@rule(
    "conflicting-distributions",
    severity=WARNING,
    triggers=("opencv", "onnxruntime", "tensorflow", "faiss", "xgboost", "paddlepaddle", "psycopg2", "pillow"),
    context_triggers=PYTHON_TOOLS,
)
def check(build: Build, report: Report) -> None:
    removed = _removed(build)
    seen: set[tuple[object, frozenset[str]]] = set()
    for request in build.requests:
        if request.name not in _NAMES or not _counts(request, removed):
            continue
        kind = next(names for names in EXCLUSIVE if request.name in names)
        other = _other(build, request, kind, removed)
        if other is None or (request.step.stage, kind) in seen:
            continue
        seen.add((request.step.stage, kind))
        report(
            request.span,
            f"{other.name} and {request.name} have the same files, and the one that is installed last wins in parts",
            advice="install one of them",
            labels=((other.location, f"{other.name} is asked for here"),)
            + (((request.location, f"{request.name} is listed here"),) if request.path else ()),
        )


def _other(build: Build, request: Request, kind: frozenset[str], removed: frozenset[str]) -> Request | None:
    """Return an earlier request of another distribution of the same kind in the same environment."""
    for other in together(build, request):
        if other is request:
            return None
        if other.name != request.name and other.name in kind and _counts(other, removed):
            return other
    return None


def _counts(request: Request, removed: frozenset[str]) -> bool:
    return request.install.manager != "conda" and not request.is_conditional and request.name not in removed


def _removed(build: Build) -> frozenset[str]:
    """Return what is uninstalled somewhere: which of them stays is then the author's plan."""
    return frozenset(
        value.lower()
        for command in build.commands(*PYTHON_MANAGERS)
        if command.has("uninstall", "remove")
        for value in command.values()
    )
