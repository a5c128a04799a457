"""Report distributions that are dead, or not what their name says."""

from dlint.checks import ERROR, WARNING, Report, Severity, rule
from dlint.knowledge.distributions import DEAD, TENSORFLOW_GPU_ENDED, Dead
from dlint.model.build import Build
from dlint.model.environment import Request

_ALLOWED = "SKLEARN_ALLOW_DEPRECATED_SKLEARN_PACKAGE_INSTALL"


@rule(
    "deprecated-distribution",
    severity=WARNING,
    triggers=(*DEAD, *(name.replace("-", "_") for name in DEAD if "-" in name), ".txt"),
)
def check(build: Build, report: Report) -> None:
    for request in build.requests:
        dead = DEAD.get(request.name)
        if dead is None or not _is_of_pypi(request) or _is_wanted(request):
            continue
        report(
            request.span,
            f"{request.name} {_why(request, dead)}",
            advice=f"install {dead.instead}" if dead.instead else "leave it out",
            severity=_severity(request, dead),
            labels=((request.location, "listed here"),) if request.path else (),
        )


def _is_of_pypi(request: Request) -> bool:
    """Whether the name means what it means on PyPI: other indexes and conda may have their own."""
    return request.install.manager != "conda" and not request.package.is_url and not request.package.is_local


def _is_wanted(request: Request) -> bool:
    if request.name == "sklearn":
        return bool(request.install.command.setting(_ALLOWED))
    python = request.step.stage.root.python
    return request.name == "dataclasses" and python in (None, "3.6")


def _is_sklearn_of_old(request: Request) -> bool:
    """Whether it is sklearn==0.0, which pip freeze lists: it installs, and asks for scikit-learn of any version."""
    return request.name == "sklearn" and request.exact == "0.0"


def _why(request: Request, dead: Dead) -> str:
    return "0.0 is empty, and brings whatever scikit-learn is newest" if _is_sklearn_of_old(request) else dead.why


def _severity(request: Request, dead: Dead) -> Severity:
    if _is_sklearn_of_old(request):
        return WARNING
    is_certain = dead.fails and request.is_from_default_index and not request.is_conditional
    if request.name == "tensorflow-gpu":
        # Older releases were real; where Python is old enough they still install.
        is_certain = is_certain and (request.package.version == "" or (request.release or ()) >= TENSORFLOW_GPU_ENDED)
    return ERROR if is_certain else WARNING
