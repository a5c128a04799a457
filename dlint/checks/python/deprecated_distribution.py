"""Report distributions that are retired, placeholders, or something else than their name says."""

from dlint.checks import ERROR, INFO, WARNING, Fix, Report, Severity, fix, rule
from dlint.checks.claims import claim
from dlint.checks.python._requests import is_from_pypi
from dlint.knowledge.distributions import RETIRED, Retired
from dlint.model.base_python import finds_base_python
from dlint.model.build import Build
from dlint.model.environment import Request
from dlint.model.versions import release

_ALLOWS = "SKLEARN_ALLOW_DEPRECATED_SKLEARN_PACKAGE_INSTALL"


@rule(
    "deprecated-distribution",
    severity=WARNING,
    triggers=tuple(RETIRED),
    context_triggers=("install", "sync"),
    fix="unsafe",
)
def check(build: Build, report: Report) -> None:
    seen: set[tuple[str, str]] = set()
    for request in build.requests:
        retired = RETIRED.get(request.name)
        if retired is None or not is_from_pypi(request) or request.package.marker:
            continue
        # Other indexes hold the real one.
        if request.name == "nvidia-tensorrt" and request.addresses:
            continue
        key = (request.name, str(request.location))
        severity = _severity(build, request, retired)
        if severity is None or key in seen:
            continue
        seen.add(key)
        report(
            request.span,
            f"{request.name} {_message(request, retired)}",
            advice=retired.advice,
            labels=((request.location, "asked for here"),) if request.path else (),
            severity=severity,
            fix=_fix(request, retired),
        )


def _severity(build: Build, request: Request, retired: Retired) -> Severity | None:
    """Return an error where the build surely stops, advice where no harm is known."""
    if request.name == "sklearn" and request.install.command.setting(_ALLOWS) is not None:
        return None
    if retired.minor:
        # Python 3.6 had no dataclasses.
        is_needed = request.name == "dataclasses" and request.step.stage.root.python in (None, "3.6")
        return None if is_needed else INFO
    if _fails(build, request, retired):
        return claim(request.install.command, ERROR, is_certain=not request.is_conditional)
    if request.name == "pinecone-client" and request.release:
        return None
    # Who names an old release has it, and it goes on working.
    return INFO if request.release else WARNING


def _fails(build: Build, request: Request, retired: Retired) -> bool:
    """Whether the release that is taken surely stops the build, or the first import."""
    specifier, taken = request.package.version, request.release
    if request.exact == retired.works or specifier is None:
        return False
    if retired.fails is not None and (taken >= retired.fails if taken else "<" not in specifier or not retired.fails):
        # An empty placeholder does no harm to the build.
        return not (request.name == "nvidia-tensorrt" and taken is None)
    python = release(request.step.stage.root.python)
    is_too_new = retired.fails_on is not None and python is not None and python >= retired.fails_on
    return is_too_new and finds_base_python(build, request.install.command)


def _message(request: Request, retired: Retired) -> str:
    if request.exact == retired.works:
        return f"{retired.works} brings the newest {retired.replacement}, and no later release can be installed"
    return retired.message


def _fix(request: Request, retired: Retired) -> Fix | None:
    word = request.package.word
    is_plain = word.value == request.name and not request.package.extras
    if request.path or not retired.replacement or not is_plain or not request.install.command.can_be_edited(word):
        return None
    name = f'"{retired.replacement}"' if "[" in retired.replacement else retired.replacement
    return fix("unsafe", f"ask for {retired.replacement}", (word.span, name))
