"""Report Python distributions whose system library or program is missing."""

from dlint.checks import ERROR, WARNING, Fix, Report, Severity, Span, fix, rule
from dlint.checks.claims import claim
from dlint.knowledge.system_libraries import NEEDS, THROUGH, Need
from dlint.model.build import Build
from dlint.model.environment import Request
from dlint.model.packages import Install
from dlint.model.shared_libraries import Missing, missing_libraries
from dlint.model.stages import Stage
from dlint.model.system_packages import system_packages

_INSTEAD = {"opencv-python": "opencv-python-headless", "opencv-contrib-python": "opencv-contrib-python-headless",
            "psycopg2": "psycopg2-binary"}  # fmt: skip


@rule(
    "missing-system-library",
    severity=ERROR,
    triggers=(*NEEDS, *THROUGH),
    context_triggers=("install", "sync"),
    fix="unsafe",
)
def check(build: Build, report: Report) -> None:
    for missing in missing_libraries(build):
        severity = _severity(missing.request, missing.need)
        if severity is not None:
            _report(build, report, missing, severity)


def _severity(request: Request, need: Need) -> Severity | None:
    if not need.at_build:
        # The build goes well; the container stops.
        is_sure = need.is_certain and not request.is_conditional
        return claim(request.install.command, ERROR if is_sure else WARNING)
    return claim(request.install.command, ERROR, is_certain=not request.is_conditional)


def _report(build: Build, report: Report, missing: Missing, severity: Severity) -> None:
    request, wanted, need = missing.request, missing.wanted, missing.need
    through = f", which brings {wanted}," if wanted != request.name else ""
    if need.at_build:
        rest = "which is not installed: pip finds no wheel and cannot compile it"
    elif ".so" in need.what:
        rest = "which the image does not have: importing it fails"
    else:
        rest = "which the image does not have"
    instead = _INSTEAD.get(wanted) if wanted == request.name else None
    report(
        request.span,
        f"{request.name}{through} needs {need.what}, {rest}",
        advice=f"apt-get install -y --no-install-recommends {need.packages}"
        + (f", or take {instead}" if instead else ""),
        labels=((request.location, "asked for here"),) if request.path else (),
        severity=severity,
        fix=_fix(build, missing.stage, need),
    )


def _fix(build: Build, stage: Stage, need: Need) -> Fix | None:
    """Return a fix that adds the packages to what the stage installs anyway."""
    present = system_packages(build, stage)
    wanted = [name for name in need.packages.split() if name not in present]
    for install in build.installs:
        if (
            install.manager != "apt"
            or install.step.stage not in stage.chain
            or install.is_conditional
            or not install.packages
        ):
            continue
        last = install.packages[-1].word
        if _is_last(install, last.span) and install.command.can_be_edited(last):
            return fix(
                "unsafe", f"install {' '.join(wanted)}", (Span(last.span.end, last.span.end), f" {' '.join(wanted)}")
            )
    return None


def _is_last(install: Install, span: Span) -> bool:
    return span.end >= install.command.span.end
