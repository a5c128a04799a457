"""Report images that come from other registries than those a team trusts."""

from dlint.checks import WARNING, Report, rule
from dlint.knowledge.base_images import OFFICIAL_IMAGES
from dlint.model.build import Build
from dlint.model.image_reference import DOCKER_HUB, ImageReference
from dlint.text import Span

_HUB_NAMES = ("hub.docker.com", "index.docker.io", "registry-1.docker.io", "registry.hub.docker.com")


@rule(
    "untrusted-registry", severity=WARNING, default=False, aliases=("DL3026",), triggers=("from",),
    options={"trusted-registries": ()},
)  # fmt: skip
def check(build: Build, report: Report) -> None:
    trusted = report.options["trusted-registries"]
    assert isinstance(trusted, tuple | list)
    if not trusted:
        return
    patterns = [_pattern(str(pattern)) for pattern in trusted]
    found = [(stage.instruction.image.span, stage.image) for stage in build.stages]
    found += [(use.word.span, use.image) for use in build.uses]
    for span, image in found:
        if image is not None and not _is_built_here(image) and not _is_trusted(image, patterns):
            _report(report, span, image, trusted)


def _report(report: Report, span: Span, image: ImageReference, trusted: "tuple[str, ...] | list[str]") -> None:
    listed = ", ".join(map(str, trusted[:4])) + (" …" if len(trusted) > 4 else "")
    report(
        span,
        f"{image.name} comes from {image.registry}, which is not trusted",
        advice=f"take it from {listed}" if len(trusted) == 1 else f"take it from one of {listed}",
    )


def _pattern(text: str) -> str:
    registry, slash, rest = text.lower().rstrip("/").partition("/")
    return f"{DOCKER_HUB if registry in _HUB_NAMES else registry}{slash}{rest}"


def _is_built_here(image: ImageReference) -> bool:
    """Whether Docker Hub has no image of that name: it is a named context, or an image on the machine."""
    return image.repository.startswith("library/") and image.official not in OFFICIAL_IMAGES


def _is_trusted(image: ImageReference, patterns: list[str]) -> bool:
    from fnmatch import fnmatchcase

    registry = image.registry.lower()
    names = {f"{registry}/{image.repository}", f"{registry}/{image.name}" if registry == DOCKER_HUB else ""}
    for pattern in patterns:
        if "/" not in pattern:
            if fnmatchcase(registry, pattern):
                return True
        elif any(fnmatchcase(name, wanted) for name in names for wanted in (pattern, f"{pattern}/*")):
            return True
    return False
