"""Report servers whose packages uv installs without compiling them."""

from dlint.checks import INFO, Fix, Report, fix, rule
from dlint.model.build import Build
from dlint.model.container_paths import in_context
from dlint.model.packages import Install
from dlint.model.role import Role
from dlint.model.shipping import environments
from dlint.model.stages import Stage
from dlint.parser.dockerfile import ast
from dlint.text import Span

_VERBS = ("sync", "pip install", "pip sync")
_OPTIONS = ("--compile-bytecode", "--compile", "--dry-run")


@rule("bytecode-not-compiled", severity=INFO, triggers=("uv sync", "uv pip", "uv -"), fix="unsafe")
def check(build: Build, report: Report) -> None:
    if not any(install.manager == "uv" for install in build.installs) or build.role is not Role.SERVING:
        return
    for stages in environments(build):
        found = [install for install in build.installs if install.step.stage in stages and _is_of_uv(install)]
        if not found or _may_be_compiled(build, stages) or any(_is_told(build, install) for install in found):
            continue
        last = found[-1]
        is_off = last.step.environment.known("PYTHONDONTWRITEBYTECODE")
        report(
            last.span,
            "uv does not compile what it installs, so every container of this server does it again when it starts"
            + (", as PYTHONDONTWRITEBYTECODE keeps nothing" if is_off else ""),
            advice="add --compile-bytecode, or set UV_COMPILE_BYTECODE=1",
            fix=_fix(found),
        )
        return


def _is_of_uv(install: Install) -> bool:
    if install.manager != "uv" or install.verb not in _VERBS or install.step.stage.root.family is None:
        return False
    # Nobody imports these when a container starts.
    return not install.packages or bool(install.files) or not install.names() <= {"pip", "setuptools", "wheel", "uv"}


def _is_told(build: Build, install: Install) -> bool:
    """Whether a setting may tell uv to compile."""
    if install.arguments.has(*_OPTIONS) or install.is_conditional or install.command.is_partial:
        return True
    if install.command.setting("UV_COMPILE_BYTECODE") or install.step.environment.set_value("UV_COMPILE_BYTECODE"):
        return True
    if any(word.value.startswith("$") for word in install.command.arguments):
        return True
    for name in ("pyproject.toml", "uv.toml"):
        path = in_context(build, install.command, name)
        text = build.context.text(path) if path else None
        if text is not None and "compile-bytecode" in text.text:
            return True
    return False


def _may_be_compiled(build: Build, stages: tuple[Stage, ...]) -> bool:
    """Whether a step runs Python programs, which compiles what they import, or a script that may."""
    for stage in {*stages, *build.runtime_chain}:
        for step in stage.steps:
            for command in step.commands if isinstance(step.instruction, ast.Run) else ():
                if command.name == "compileall" or command.name.endswith((".sh", ".py")):
                    return True
                if command.name == "python" and command.arguments and not command.has("--version", "-V"):
                    return True
                if "uv" in command.wrappers:
                    return True
    return False


def _fix(installs: list[Install]) -> Fix | None:
    edits = []
    for install in installs:
        name = install.verb.rpartition(" ")[2]
        verb = next((word for word in install.command.arguments if word.value == name), None)
        if verb is None or not install.command.can_be_edited(verb):
            return None
        edits.append((Span(verb.span.end, verb.span.end), " --compile-bytecode"))
    return fix("unsafe", "compile the packages in the image", *edits)
