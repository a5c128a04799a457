"""Report requirements that install only on the machine they were written on."""

from dlint.checks import ERROR, WARNING, Report, rule
from dlint.knowledge.distributions import NOT_FOR_LINUX
from dlint.model.build import Build
from dlint.model.container_paths import in_context
from dlint.model.environment import Request
from dlint.parser.dockerfile import ast

_SHOWN = 3


@rule(
    "requirement-not-portable",
    severity=ERROR,
    triggers=(".txt", "+cu", "+cpu", "+rocm", "pkg", *NOT_FOR_LINUX, "tensorflow_"),
)
def check(build: Build, report: Report) -> None:
    found: dict[object, list[tuple[Request, str]]] = {}
    for request in build.requests:
        why = _why(request)
        if why and not (request.is_conditional or request.step.stage.root.is_windows or _is_in_image(build, request)):
            found.setdefault(request.path or request.span, []).append((request, why))
    for entries in found.values():
        first, why = entries[0]
        more = f", and {len(entries) - 1} more entries like it" if len(entries) > 2 else ""
        more = ", and another entry like it" if len(entries) == 2 else more
        report(
            first.span,
            f"{why}{more}",
            advice="leave it out, give it a marker (; sys_platform == ...), or name a release that PyPI has",
            severity=ERROR if first.is_from_default_index or "file:" in why else WARNING,
            labels=tuple((request.location, reason) for request, reason in entries[:_SHOWN] if request.path),
        )


def _is_in_image(build: Build, request: Request) -> bool:
    """Whether a file: address may name what the build itself has put there."""
    _, scheme, rest = (request.package.version or "").partition("file://")
    path = rest.strip().partition("#")[0].rstrip("/")
    if not scheme or not path.startswith("/"):
        return False
    source = in_context(build, request.install.command, path)
    if source is not None and build.context.exists(source):
        return True
    folder = path.rpartition("/")[0] or path
    return any(
        folder in build.source.text[step.instruction.start : step.instruction.end]
        for stage in request.step.stage.chain
        for step in stage.instructions(ast.Run, ast.Copy, ast.Add)
    )


def _why(request: Request) -> str | None:
    """Return why a requirement cannot be installed in an image, None if it can."""
    package = request.package
    specifier = (package.version or "").strip()
    if request.install.manager not in ("pip", "uv"):
        return None
    if request.path and package.is_url and specifier.startswith("@") and "file:///" in specifier:
        return f"{package.name} comes from {specifier[1:].strip()[:60]}, a file: address of another machine"
    if package.name == "pkg-resources" and specifier.startswith("=="):
        return "pkg-resources is not on PyPI; an old pip freeze of Debian lists it by mistake"
    system = NOT_FOR_LINUX.get(package.name)
    if system and request.is_from_default_index:
        return f"{package.name} exists for {system} only"
    local = (request.exact or "").partition("+")[2]
    if local and package.name in ("torch", "torchvision", "torchaudio") and request.is_from_default_index:
        return f"{package.name} {request.exact} is not on PyPI, and no other index is named"
    return None
