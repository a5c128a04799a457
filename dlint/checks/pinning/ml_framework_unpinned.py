"""Report frameworks that are installed in whatever version is newest."""

from dlint.checks import WARNING, Report, rule
from dlint.knowledge.distributions import RETIRED
from dlint.knowledge.packages import CONDA_FRAMEWORKS, ML_FRAMEWORKS, PINNED_ALONG
from dlint.model.base_image import has_package
from dlint.model.build import Build
from dlint.model.packages import Install, Package
from dlint.model.role import Role

_MANAGERS = ("pip", "uv", "conda", "poetry", "pdm", "pipenv")


@rule(
    "ml-framework-unpinned",
    severity=WARNING,
    triggers=("pip", "uv", "conda", "mamba", "micromamba", "poetry", "pdm", "pipenv"),
)
def check(build: Build, report: Report) -> None:
    if build.role is Role.DEVELOPMENT:
        return
    pinned = {
        package.name
        for install in build.installs
        if install.manager in _MANAGERS
        for package in install.packages
        if package.is_pinned is not False
    }
    for name, others in PINNED_ALONG.items():
        if name in pinned:
            pinned |= others
    for install in build.installs:
        if install.manager not in _MANAGERS or _is_constrained(install):
            continue
        frameworks = CONDA_FRAMEWORKS if install.manager == "conda" else ML_FRAMEWORKS
        loose = [
            package
            for package in install.packages
            if package.name in frameworks
            and (install.manager == "conda" or package.name not in RETIRED)
            and _is_open(package)
            and package.name not in pinned
            and not _is_in_base(install, package)
        ]
        if not loose:
            continue
        names = list(dict.fromkeys(package.name for package in loose))
        pinned.update(names)
        listed = ", ".join(names[:4]) + (" …" if len(names) > 4 else "")
        operator = "=" if install.manager == "conda" else "=="
        report(
            loose[0].span,
            f"{listed} {'is' if len(names) == 1 else 'are'} not pinned: every rebuild takes the newest release",
            advice=f"write {names[0]}{operator}VERSION, or install from a lock file",
        )


def _is_in_base(install: Install, package: Package) -> bool:
    """Whether the base image has it already, so that nothing is fetched."""
    again = install.arguments.has("-U", "--upgrade", "--force-reinstall", "-I")
    return has_package(install.step.stage.root, package.name) and not again


def _is_open(package: Package) -> bool:
    """Whether nothing keeps the next release out."""
    if package.is_pinned is not False or package.is_local or package.is_url or package.version is None:
        return False
    # "==2.5.*" and the like keep the next series out.
    return "<" not in package.version and "==" not in package.version


def _is_constrained(install: Install) -> bool:
    """Whether a constraint file, a lock or a local index decides the versions."""
    if (
        install.verb in ("sync", "pip sync", "download")
        or install.constraints
        or install.arguments.has("--no-index", "--exclude-newer")
    ):
        return True
    return any(
        install.command.setting(name)
        for name in ("PIP_CONSTRAINT", "UV_CONSTRAINT", "UV_CONSTRAINTS", "PIP_NO_INDEX", "UV_EXCLUDE_NEWER")
    )
