"""Report packages that the release of the base image does not have anymore."""

from dlint.checks import ERROR, Fix, Report, fix, rule
from dlint.checks.claims import claim
from dlint.knowledge.removed_packages import REMOVED, Removed
from dlint.model.build import Build
from dlint.model.order import BEFORE_ALL, is_after
from dlint.model.packages import Install, Package
from dlint.model.stages import Step
from dlint.model.versions import release
from dlint.parser.dockerfile import ast
from dlint.regex import lazy

_NAMES = {"debian": "Debian", "ubuntu": "Ubuntu"}
_OTHER_SOURCES = lazy(
    r"/etc/apt/(?!apt\.conf|preferences)|sources\.list|(?:add-apt|apt-add)-repository|extrepo|\.deb\b|snapshot\."
)


@rule("removed-apt-package", severity=ERROR, triggers=tuple(f"apt AND {name}" for name in REMOVED), fix="unsafe")
def check(build: Build, report: Report) -> None:
    for install in build.installs:
        root = install.step.stage.root
        version = release(root.os_version)
        if install.manager != "apt" or install.verb != "install" or root.os not in _NAMES or version is None:
            continue
        gone = [(package, found) for package in install.packages if (found := _removed(package, root.os, version))]
        # Packages of other sources may have the same names.
        severity = claim(install.command, ERROR)
        if not gone or severity is None or is_after(build, install.command, "source", _adds_source):
            continue
        for package, removed in gone:
            report(
                package.span,
                f"{_NAMES[root.os]} {root.os_version} has no package {package.name}",
                advice=f"install {removed.replacement}" if removed.replacement else removed.advice,
                severity=severity,
                fix=_fix(install, package, removed),
            )


def _removed(package: Package, os: str, version: tuple[int, ...]) -> Removed | None:
    removed = REMOVED.get(package.name)
    since = removed.since[os] if removed else None
    return removed if since is not None and version >= since else None


def _adds_source(build: Build, step: Step) -> int | None:
    """Return whether packages may come from elsewhere after a step."""
    instruction = step.instruction
    if not isinstance(instruction, ast.Run | ast.Transfer):
        return None
    return BEFORE_ALL if _OTHER_SOURCES.search(build.source.text, instruction.start, instruction.end) else None


def _fix(install: Install, package: Package, removed: Removed) -> Fix | None:
    if (
        removed.replacement is None
        or package.word.value != package.name
        or not install.command.can_be_edited(package.word)
    ):
        return None
    return fix("unsafe", f"install {removed.replacement}", (package.span, removed.replacement))
