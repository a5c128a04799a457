"""What the rules about packages without a version share."""

from dlint.checks import Report
from dlint.model.build import Build
from dlint.model.packages import Install

_SHOWN = 4
_ADVICE = {
    "pip": "write NAME==VERSION, or install from a lock file",
    "uv": "write NAME==VERSION, or install from a lock file",
    "npm": "write NAME@VERSION, or install from a lock file",
    "yarn": "write NAME@VERSION, or install from a lock file",
    "pnpm": "write NAME@VERSION, or install from a lock file",
    "gem": "write NAME:VERSION",
    "dnf": "write NAME-VERSION",
}


def report_unpinned(build: Build, report: Report, managers: tuple[str, ...]) -> None:
    """Report each installation by these managers that names packages without a version."""
    for install in build.installs:
        if install.manager not in managers or install.arguments.get("-v", "--version"):
            continue
        loose = [package for package in install.packages if package.is_pinned is False and not package.is_local]
        if not loose:
            continue
        names = ", ".join(package.name for package in loose[:_SHOWN]) + (" …" if len(loose) > _SHOWN else "")
        verb = "is" if len(loose) == 1 else "are"
        report(
            loose[0].span,
            f"{names} {verb} not pinned to a version",
            advice=_ADVICE.get(install.manager, f"write {loose[0].name}=VERSION"),
            alias=_alias(install, report),
        )


def _alias(install: Install, report: Report) -> tuple[str, ...]:
    """Return the code that fits the tool, where a rule has several."""
    aliases = report.rule.aliases
    if len(aliases) < 2:
        return aliases
    return ("DL3033",) if install.tool == "yum" else ("DL3041",)
