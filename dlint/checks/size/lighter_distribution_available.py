"""Report packages of which there is a distribution without the parts for GPUs."""

from dlint.checks import INFO, Report, Saving, rule
from dlint.checks.size._shipping import company, first_of_each, renamed, runs_without_gpu, shipped, why_without_gpu
from dlint.diagnostic import format_bytes
from dlint.knowledge.packages import PYTHON_TOOLS
from dlint.knowledge.wheels import LIGHTER, Lighter
from dlint.model.build import Build
from dlint.model.environment import Request


@rule(
    "lighter-distribution-available",
    severity=INFO,
    triggers=(*LIGHTER,),
    context_triggers=PYTHON_TOOLS,
    fix="unsafe",
)
def check(build: Build, report: Report) -> None:
    requests = first_of_each(
        request for request in shipped(build) if request.name in LIGHTER and _can_be_lighter(request)
    )
    if not requests:
        return
    is_certain = runs_without_gpu(build)
    if is_certain is False:
        return
    reported = set()
    for request in requests:
        lighter = LIGHTER[request.name]
        names = {other.name for other in company(build, request)}
        if request.name in reported or lighter.name in names or not lighter.dependents.isdisjoint(names):
            continue
        reported.add(request.name)
        _report(report, request, lighter, why_without_gpu(build), is_certain=bool(is_certain))


def _can_be_lighter(request: Request) -> bool:
    """Whether the other name has the release that is asked for, and no lock decides."""
    lighter, version = LIGHTER[request.name], request.package.version
    if version is None or request.has_hash or request.is_conditional or not request.is_from_default_index:
        return False
    if request.release is not None:
        return request.release >= lighter.since
    return "<" not in version and "=" not in version.replace(">=", "")


def _report(report: Report, request: Request, lighter: Lighter, reason: str, *, is_certain: bool) -> None:
    where = f" (in {request.path})" if request.path else ""
    report(
        request.span,
        f"{request.name}{where} is {format_bytes(lighter.saves)} larger than {lighter.name}: {lighter.reason}, "
        f"and {reason}",
        advice=f"{'' if is_certain else 'if this image is for CPUs, '}install {lighter.name} in its place",
        saving=Saving(disk_bytes=lighter.saves, pull_bytes=lighter.saves, basis="table", bound="at-least"),
        fix=renamed(request, lighter.name),
    )
