"""Report Python environments that cannot work where they are copied to."""

import posixpath

from dlint.checks import ERROR, Report, rule
from dlint.model.build import Build
from dlint.model.commands import Command
from dlint.model.container_paths import absolute
from dlint.model.stages import Stage, Step
from dlint.parser.dockerfile import ast
from dlint.regex import lazy
from dlint.text import Span

# conda brings its own Python, and a dotenv file is no environment: neither is among them.
_PACKAGES = frozenset([".local", "site-packages", "dist-packages"])
_LIBRARY = lazy(r"/python(\d\.\d+)/(?:site|dist)-packages")


@rule("copied-env-incompatible", severity=ERROR, triggers=("copy",))
def check(build: Build, report: Report) -> None:
    for use in build.uses:
        instruction = use.step.instruction
        if use.stage is None or not isinstance(instruction, ast.Copy):
            continue
        for word in instruction.sources:
            source = absolute(build.variables.expand(word, use.step.environment), "/")
            destination = absolute(
                build.variables.expand(instruction.destination, use.step.environment), use.step.workdir
            )
            if source and destination:
                _check(report, use.stage, use.step, source, destination, word.span)


def _check(report: Report, origin: Stage, step: Step, source: str, destination: str, span: Span) -> None:
    target = step.stage
    created = _venv_command(origin, source)
    if created is None and posixpath.basename(source) not in _PACKAGES:
        return
    made_with, runs_on = _python(origin, source, created), target.root.python
    if made_with and runs_on and made_with != runs_on:
        report(
            span,
            f"this environment was made with Python {made_with}, and the image it is copied into has {runs_on}",
            advice="build both stages on the same Python",
            labels=(
                (origin.instruction.image.span, f"Python {made_with}"),
                (_root(target).instruction.image.span, f"Python {runs_on}"),
            ),
        )
        return
    if origin.root.libc and target.root.libc and origin.root.libc != target.root.libc:
        report(
            span,
            f"this environment was made for {origin.root.libc}, and the image it is copied into has {target.root.libc}",
            advice="build both stages on the same distribution",
            labels=(
                (_root(origin).instruction.image.span, origin.root.libc),
                (_root(target).instruction.image.span, target.root.libc),
            ),
        )
        return
    if created is not None and destination != source and not created.has("--relocatable"):
        report(
            span,
            f"a virtual environment works only where it was made: at {source}, not at {destination}",
            advice=f"copy it to {source}, or make it at {destination}",
            labels=((created.span, "made here"),),
        )
        return
    if source.endswith("/root/.local") and step.user in ("root", "0"):
        _check_user_site(report, step, destination, span)


def _root(stage: Stage) -> Stage:
    return stage.chain[-1]


def _python(stage: Stage, path: str, created: Command | None) -> str | None:
    """Return the Python an environment is for, None where another one than the stage's may have made it."""
    match = _LIBRARY.search(path)
    if match:
        # A path of another Python than the image has probably does not exist.
        return match[1] if stage.root.python in (None, match[1]) else None
    if created is not None and any(word.value.startswith(("--python", "-p")) for word in created.arguments):
        return None
    return stage.root.python


def _venv_command(stage: Stage, path: str) -> Command | None:
    """Return the command that makes the environment at *path*."""
    for part in stage.chain:
        for step in part.steps:
            for command in step.commands:
                is_uv = command.name == "uv" and command.arguments[:1] and command.arguments[0].value == "venv"
                if command.name not in ("venv", "virtualenv") and not is_uv:
                    continue
                for word in command.arguments:
                    value = command.resolve(word)
                    if value and absolute(value, step.workdir) == path:
                        return command
    return None


def _check_user_site(report: Report, step: Step, destination: str, span: Span) -> None:
    stage = step.stage
    bin_folder = posixpath.join(destination, "bin")
    if stage.user not in (None, "root", "0") and destination.startswith("/root"):
        report(span, f"the user {stage.user} cannot read {destination}", advice="copy it to the home of that user")
    elif not any(bin_folder in value or "local/bin" in value for value in _paths(stage)) and not _uses_modules(stage):
        report(span, f"the programs of this environment are not on PATH", advice=f"add ENV PATH={bin_folder}:$PATH")  # noqa: F541


def _paths(stage: Stage) -> list[str]:
    return [
        pair.value.value
        for part in stage.chain
        for step in part.instructions(ast.Env)
        for pair in step.instruction.pairs  # type: ignore[attr-defined]
        if pair.key.value == "PATH" and pair.value
    ]


def _uses_modules(stage: Stage) -> bool:
    """Whether the container only runs python itself, which finds the packages without PATH."""
    commands = [c for step in stage.instructions(ast.Cmd, ast.Entrypoint) for c in step.commands]
    return not commands or any("python" in (command.name, *command.wrappers) for command in commands)
