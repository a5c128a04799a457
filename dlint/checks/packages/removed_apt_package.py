"""Report packages that the release of the base image does not have."""

from dlint.checks import ERROR, WARNING, Report, fix, rule
from dlint.knowledge.removed_packages import REMOVED, Removed
from dlint.model.build import Build
from dlint.model.packages import Install, Package
from dlint.model.stages import Stage

_LABELS = {"debian": "Debian", "ubuntu": "Ubuntu"}


@rule("removed-apt-package", severity=ERROR, triggers=tuple(REMOVED), fix="unsafe")
def check(build: Build, report: Report) -> None:
    for install in build.installs:
        if install.manager != "apt" or install.verb != "install":
            continue
        for package in install.packages:
            removed = REMOVED.get(package.name)
            release = _release(install.step.stage)
            if removed is None or release is None or release[1] < removed.first(release[0]):
                continue
            if not package.is_pinned and not _has_fallback(install) and not _has_other_sources(install.step.stage):
                _report(report, install, package, removed, release[0])


def _report(report: Report, install: Install, package: Package, removed: Removed, system: str) -> None:
    root = install.step.stage.root
    is_certain = system in removed.certain and not install.is_conditional
    edit = None
    if removed.instead and install.command.can_be_edited(package.word):
        edit = fix("unsafe", f"install {removed.instead}", (package.span, removed.instead))
    report(
        package.span,
        f"{_LABELS[system]} {root.os_version} has no package {package.name}, so this "
        + ("installation fails" if install.is_conditional else "build fails"),
        advice=f"install {removed.instead}" if removed.instead else "leave it out: nothing took its place",
        severity=ERROR if is_certain else WARNING,
        fix=edit,
    )


def _has_fallback(install: Install) -> bool:
    """Whether something else is tried when it fails."""
    and_or = install.command.and_or
    return and_or is not None and "||" in and_or.operators


def _release(stage: Stage) -> tuple[str, float] | None:
    """Return system and release of a stage, None where they are not certain."""
    root = stage.root
    if root.os not in _LABELS or not root.os_version:
        return None
    try:
        return root.os, float(root.os_version)
    except ValueError:
        return None


def _has_other_sources(stage: Stage) -> bool:
    """Whether apt is given further repositories, which may have what the release has not."""
    text = stage.source.text
    return any(
        sign in text[step.instruction.start : step.instruction.end]
        for member in stage.chain
        for step in member.steps
        for sign in ("sources.list", "add-apt-repository", ".sources", "dpkg -i")
    )
