"""Report environments whose modules every container compiles again."""

from dlint.checks import INFO, WARNING, Fix, Report, Severity, fix, rule
from dlint.model.build import Build
from dlint.model.caches import is_true
from dlint.model.commands import Command
from dlint.model.packages import Install
from dlint.model.role import Role, has_command
from dlint.model.shipping import shipped_stages
from dlint.model.stages import ROOT_USERS
from dlint.text import Span

_UV_VERBS = ("sync", "pip install", "pip sync", "add")
_QUIET_ROLES = (Role.DEVELOPMENT, Role.NOTEBOOK)
_TOOLS = frozenset({"pip", "uv", "setuptools", "wheel", "cmake", "ninja", "build", "hatch", "poetry", "meson"})
_COMPILERS = ("compileall", "py_compile")


@rule("bytecode-not-compiled", severity=INFO, triggers=("uv ", "uv\"", "uv\t", "uv\\", "no-compile", "no_compile", "pyc"), fix="unsafe")
def check(build: Build, report: Report) -> None:
    if build.role in _QUIET_ROLES or not has_command(build):
        return
    stages = shipped_stages(build)
    if any(command.step.stage in stages for command in build.commands(*_COMPILERS)):
        return
    for install in build.installs:
        reason = _reason(install) if install.step.stage in stages else None
        if reason:
            report(
                install.span,
                f"{reason}: every container compiles what it imports when it starts",
                advice="pass --compile-bytecode, or set ENV UV_COMPILE_BYTECODE=1 before"
                if install.manager == "uv"
                else "leave it out: pip compiles by default",
                severity=_severity(build),
                fix=_fix(install),
            )
            return
    for command in build.commands("find"):
        if command.step.stage in stages and _deletes_bytecode(command):
            report(
                command.head(),
                "the compiled modules are deleted: every container compiles what it imports when it starts",
                advice="keep *.pyc and __pycache__ of the installed packages",
                severity=_severity(build),
            )
            return


def _reason(install: Install) -> str | None:
    """Return what says that the packages come without bytecode, as a part of a sentence."""
    if install.manager == "uv" and install.verb in _UV_VERBS:
        if install.arguments.has("--compile-bytecode", "--compile", "--dry-run") or not _brings_much(install):
            return None
        is_set = install.command.step.environment.set_value("UV_COMPILE_BYTECODE") is not None
        if is_set or install.command.setting("UV_COMPILE_BYTECODE") is not None:
            return None
        return "uv does not compile what it installs"
    if install.manager == "pip" and install.verb == "install":
        if install.arguments.has("--no-compile"):
            return "--no-compile leaves the packages without bytecode"
        if is_true(install.command.setting("PIP_NO_COMPILE")):
            return "PIP_NO_COMPILE leaves the packages without bytecode"
    return None


def _brings_much(install: Install) -> bool:
    """Whether more than build tools and the project itself are installed, on a base that sets nothing unseen."""
    if install.step.stage.root.family is None:
        return False
    others = [package for package in install.packages if not package.is_local and package.name not in _TOOLS]
    return bool(others or install.files) or install.verb == "sync"


def _deletes_bytecode(command: Command) -> bool:
    values = command.values()
    is_bytecode = any("__pycache__" in value or ".pyc" in value or ".py[co]" in value for value in values)
    deletes = "-delete" in values or "rm" in values
    # What lies in the working directory is the project's own.
    place = values[0] if values else ""
    return is_bytecode and deletes and place.startswith(("/usr", "/opt", "/root", "/", "$"))


def _severity(build: Build) -> Severity:
    """Return a warning for servers that can never keep what they compile."""
    target = build.target
    if target is None or build.role is not Role.SERVING:
        return INFO
    is_kept_out = is_true(target.environment.known("PYTHONDONTWRITEBYTECODE"))
    return WARNING if is_kept_out or (target.user or "root").partition(":")[0] not in ROOT_USERS else INFO


def _fix(install: Install) -> Fix | None:
    if install.manager != "uv":
        return None
    verb = install.verb.rpartition(" ")[2]
    word = next((word for word in install.command.arguments if word.value == verb), None)
    if word is None or not install.command.can_be_edited(word):
        return None
    return fix("unsafe", "compile the packages", (Span(word.span.end, word.span.end), " --compile-bytecode"))
