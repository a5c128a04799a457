"""Report the full Python image where the slim one would do."""

from dlint.checks import INFO, Fix, Report, Saving, fix, rule
from dlint.model.build import Build
from dlint.model.role import Role, has_command
from dlint.model.stages import Stage
from dlint.parser.dockerfile import ast
from dlint.text import Span

# python:3.12 takes about 400 MB compressed, python:3.12-slim 43 MB (docker-library/repo-info, 2026-08).
_SAVING = Saving(pull_bytes=300_000_000, basis="table", bound="at-least")
_QUIET_ROLES = (Role.DEVELOPMENT, Role.NOTEBOOK)


@rule("full-python-image", severity=INFO, fix="unsafe", triggers=("python:",))
def check(build: Build, report: Report) -> None:
    chain = build.runtime_chain
    if not chain or build.role in _QUIET_ROLES or not has_command(build):
        return
    root = chain[-1]
    image = root.root
    if image.family != "python" or image.flavour is not None or image.os != "debian" or image.python is None:
        return
    if _uses_more(build, chain):
        return
    slim = _slim(root)
    report(
        root.instruction.image.span,
        f"{root.image_text} brings compilers, headers and Git, and nothing that can be seen here uses them",
        advice=f"use {slim}" if slim else "use the slim variant",
        saving=_SAVING,
        fix=_fix(root, slim),
    )


def _uses_more(build: Build, chain: tuple[Stage, ...]) -> bool:
    """Whether something here needs, or may need, a program or a library that the slim image has not."""
    # Only here: few files come this far.
    from dlint.knowledge.full_image import NEEDS_FULL_IMAGE, TOOLS
    from dlint.model.compiling import BUILDS, RUNS, compiling, is_all_seen
    from dlint.model.environment import in_stages

    if compiling(build, chain) in (RUNS, BUILDS):
        return True
    if any(install.step.stage in chain and not is_all_seen(build, install) for install in build.installs):
        return True
    if any(request.name in NEEDS_FULL_IMAGE for request in in_stages(build, chain)):
        return True
    return any(
        command.name in TOOLS
        for stage in chain
        for step in stage.instructions(ast.Run, ast.Cmd, ast.Entrypoint, ast.Healthcheck)
        for command in step.commands
    )


def _slim(root: Stage) -> str | None:
    """Return the name of the slim image: ``python:3.12-slim-bookworm`` for ``python:3.12-bookworm``."""
    if root.image is None or root.image.tag is None or root.image.digest:
        return None
    version, dash, suite = root.image.tag.partition("-")
    name = root.image.text.removesuffix(root.image.tag)
    return f"{name}{version}-slim{dash}{suite}"


def _fix(root: Stage, slim: str | None) -> Fix | None:
    span = root.instruction.image.span
    if slim is None or root.image is None or root.source.text[span.start : span.end] != root.image.text:
        return None
    return fix("unsafe", f"use {slim}", (Span(span.start, span.end), slim))
