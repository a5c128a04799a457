"""Report Python packages that are installed one by one."""

from dlint.checks import INFO, Report, rule
from dlint.model.build import Build
from dlint.model.packages import Install
from dlint.model.stages import Stage

_MANY = 4
_MANAGERS = ("pip", "uv")
# They have to come first, or need what was installed before them.
_TOOLS = frozenset({"pip", "setuptools", "wheel", "uv", "pipenv", "poetry", "pdm", "build", "ninja", "packaging"})


@rule("split-package-installs", severity=INFO, default=False, triggers=("pip", "uv"))
def check(build: Build, report: Report) -> None:
    by_stage: dict[Stage, list[Install]] = {}
    for install in build.installs:
        if _is_plain(install):
            by_stage.setdefault(install.step.stage, []).append(install)
    for installs in by_stage.values():
        steps = list(dict.fromkeys(install.step for install in installs))
        if len(steps) < _MANY:
            continue
        report(
            installs[0].span,
            f"{len(steps)} RUNs install Python packages, each without regard to the others",
            advice="install them together, or from one requirements file, so that their versions are chosen to fit",
            labels=tuple((install.span, "and here") for install in installs[1:6]),
        )


def _is_plain(install: Install) -> bool:
    """Whether it takes packages by name from the usual index, and always."""
    arguments = install.arguments
    if install.manager not in _MANAGERS or install.verb not in ("install", "pip install") or install.is_conditional:
        return False
    if install.files or install.constraints or not install.packages or install.names() <= _TOOLS:
        return False
    if arguments.has("--no-deps", "--no-build-isolation", "--index-url", "-i", "--target", "-t", "--force-reinstall"):
        return False
    return all(not package.is_local and not package.is_url for package in install.packages)
