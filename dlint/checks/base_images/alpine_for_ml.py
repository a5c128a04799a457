"""Report machine learning packages that are installed on Alpine, for which they have no wheels."""

from dlint.checks import ERROR, INFO, WARNING, Report, rule
from dlint.knowledge.musl import DEPENDS_ON, FROM_SOURCE, WITHOUT_ANY
from dlint.model.build import Build
from dlint.model.environment import Request
from dlint.model.stages import Stage
from dlint.model.system_packages import system_packages

_MANAGERS = ("pip", "uv", "poetry", "pdm", "pipenv")


@rule("alpine-for-ml", severity=ERROR, triggers=("alpine",))
def check(build: Build, report: Report) -> None:
    reported: set[tuple[Stage, bool]] = set()
    for request in build.requests:
        stage = request.step.stage
        if stage.root.libc != "musl" or request.install.manager not in _MANAGERS or not _is_from_pypi(request):
            continue
        needed = DEPENDS_ON.get(request.name, request.name)
        fails = needed in WITHOUT_ANY
        if not (fails or needed in FROM_SOURCE) or (stage, fails) in reported or _is_there(build, stage, needed):
            continue
        reported.add((stage, fails))
        what = f"{request.name} needs {needed}, which" if needed != request.name else needed
        where = f" (in {request.path})" if request.path else ""
        severity = ERROR if fails else WARNING
        if request.is_conditional:
            severity = WARNING if fails else INFO
        report(
            request.span,
            f"{what} has neither wheels nor sources for Alpine on PyPI{where}: the installation fails"
            if fails
            else f"{what} has no wheels for Alpine{where}: it is compiled from source, which takes long or fails",
            advice="use a slim image of Debian: python:3.13-slim",
            labels=((stage.chain[-1].instruction.image.span, "Alpine has musl instead of glibc"),),
            severity=severity,
        )


def _is_from_pypi(request: Request) -> bool:
    """Whether the wheels are those of PyPI or PyTorch; others may have been made for Alpine."""
    install = request.install
    is_offline = install.arguments.has("--no-index", "--find-links", "-f")
    return not is_offline and (request.is_from_default_index or bool(request.accelerator or request.extra_accelerators))


def _is_there(build: Build, stage: Stage, name: str) -> bool:
    """Whether apk or conda installs it, so that pip has nothing to do."""
    if f"py3-{name}" in system_packages(build, stage) or f"py3-{name.removeprefix('py')}" in system_packages(
        build, stage
    ):
        return True
    return any(install.manager == "conda" and install.step.stage in stage.chain for install in build.installs)
