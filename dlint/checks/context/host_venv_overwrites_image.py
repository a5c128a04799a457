"""Report environments of the host that replace the image's own."""

import posixpath

from dlint.checks import ERROR, Report, rule
from dlint.knowledge.files import ENVIRONMENT_FOLDERS
from dlint.model.build import Build
from dlint.model.container_paths import Transferred, absolute, transfers
from dlint.model.packages import Install
from dlint.parser.dockerfile import ast
from dlint.text import Span


@rule("host-venv-overwrites-image", severity=ERROR, looks_at="context", triggers=("copy", "add"))
def check(build: Build, report: Report) -> None:
    for step in build.steps(ast.Copy, ast.Add):
        for item in transfers(build, step):
            if item.destination is None:
                continue
            for name in ENVIRONMENT_FOLDERS:
                path = f"{item.source}/{name}" if item.source not in ("", "*") else name
                if not _is_copied(build, item, path):
                    continue
                made = _made_before(build, item, name)
                if made is not None:
                    report(
                        item.word.span,
                        f"the {path} of this machine replaces the one the image has made",
                        advice=f"add {path} to .dockerignore",
                        labels=((made, "made here"),),
                    )


def _is_copied(build: Build, item: Transferred, path: str) -> bool:
    """Whether a copy takes a folder along with what lies beside it."""
    if "*" in item.source[:-1]:
        return False
    entries = [entry for entry in build.context.find(path) if entry.is_folder]
    return bool(entries) and not build.context.ignores(path) and bool(build.context.children(path))


def _made_before(build: Build, item: Transferred, name: str) -> Span | None:
    """Return where the image makes an environment at the place the copy writes to."""
    assert item.destination is not None
    place = posixpath.join(item.destination, name)
    for stage in item.step.stage.chain:
        for step in stage.steps:
            if stage is item.step.stage and step.index >= item.step.index:
                break
            for install in build.installs:
                if install.step is step and _environment(install) == place:
                    return install.span
            for command in step.commands:
                is_maker = command.name in ("venv", "virtualenv") or (command.name == "uv" and command.has("venv"))
                if is_maker and any(absolute(word.value, step.workdir) == place for word in command.arguments):
                    return command.span
    return None


def _environment(install: Install) -> str | None:
    """Return the folder of the environment a project manager makes beside the project."""
    if install.manager == "uv" and install.verb == "sync":
        return absolute(install.command.setting("UV_PROJECT_ENVIRONMENT") or ".venv", install.step.workdir)
    if install.manager == "poetry" and install.command.setting("POETRY_VIRTUALENVS_IN_PROJECT") in ("1", "true"):
        return absolute(".venv", install.step.workdir)
    if install.manager == "pdm":
        return absolute(".venv", install.step.workdir)
    if install.manager in ("npm", "yarn", "pnpm") and not install.arguments.has("-g", "--global"):
        return absolute("node_modules", install.step.workdir)
    return None
