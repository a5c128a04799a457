"""Report containers that install packages when they start."""

from dlint.checks import WARNING, Location, Report, rule
from dlint.model.build import Build
from dlint.model.commands import Command
from dlint.model.installs import read_install
from dlint.model.programs import entry_script
from dlint.model.role import Role, is_for_development
from dlint.model.start import main_command
from dlint.text import Span

_MANAGERS = frozenset({"pip", "uv", "conda", "apt", "apk", "dnf", "npm", "yarn", "pnpm", "poetry", "pipenv", "pdm"})
_LOCAL = ("--no-deps", "--no-index", "--no-build-isolation", "--offline", "--prefer-offline")


@rule(
    "install-at-start", severity=WARNING,
    triggers=("install", "git", ".sh", "entrypoint", "apk", "sync", "npm ci"),
)  # fmt: skip
def check(build: Build, report: Report) -> None:
    if build.role in (Role.DEVELOPMENT, Role.NOTEBOOK) or is_for_development(build):
        return
    if build.invocation.evidence.replaces_start:
        return
    main = main_command(build)
    for command in build.started:
        found = _fetches(command)
        # An image that is there to install or clone does what it is there for.
        if found is not None and command is not main and not command.is_conditional:
            report(found[0], f"{found[1]} runs at every start of the container", advice=_ADVICE)
            return
    script = entry_script(build)
    for command in script.commands if script else ():
        found = _fetches(command)
        if script and found is not None and not command.is_conditional and script.command.program is not None:
            report(
                script.command.program.span,
                f"{found[1]} runs at every start of the container, in {script.source.path.rpartition('/')[2]}",
                advice=_ADVICE,
                labels=((Location(script.source, found[0]), "here"),),
            )
            return


_ADVICE = "install it in a RUN, with a version"


def _fetches(command: Command) -> tuple[Span, str] | None:
    """Return place and name of a command that fetches software."""
    if command.name == "git" and command.arguments and command.arguments[0].value in ("clone", "pull"):
        return command.head(1), f"git {command.arguments[0].value}"
    install = read_install(command)
    if install is None or install.manager not in _MANAGERS or install.arguments.has(*_LOCAL):
        return None
    if install.packages and all(package.is_local for package in install.packages):
        return None
    if install.manager == "uv" and install.verb in ("sync", "tool install") and install.arguments.has("--frozen"):
        return None
    return install.span, f"{install.tool} {install.verb}"
