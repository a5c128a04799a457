"""Report images without a tag, or with a tag that moves."""

from dlint.checks import INFO, WARNING, Location, Report, Severity, rule
from dlint.knowledge.base_images import FLOATING_WORDS, OFFICIAL_IMAGES
from dlint.model.build import Build
from dlint.model.image_reference import ImageReference
from dlint.model.role import Role
from dlint.parser.dockerfile import ast
from dlint.regex import lazy
from dlint.text import Span

# A date, a commit or a long number in a tag fixes it, whatever the other words are.
_FIXED = lazy(r"\d{8}|\d{4}-\d\d|(?:^|[-_.])[0-9a-f]{7,40}(?:$|[-_.])")
_RELEASE = lazy(r"v?\d+\.\d+\.\d+")
_VERSION = lazy(r"\d")
# What a tag says about an image but its version.
_VARIANTS = frozenset({"slim", "alpine", "apache", "fpm", "cli", "perl", "management"})


# What trivy and checkov call both.
_BOTH = ("DS-0001", "CKV_DOCKER_7")
# And dclint, of images that services run.
_OF_SERVICES = ("service-image-require-explicit-tag",)


@rule("base-image-unpinned", severity=WARNING, aliases=("DL3006", "DL3007", *_BOTH, *_OF_SERVICES), triggers=("from",))
def check(build: Build, report: Report) -> None:
    for stage in build.stages:
        if stage.image:
            _check(build, report, stage.image, stage.instruction.image.span, _argument(build, stage.instruction.image))
    for use in build.uses:
        if use.image:
            _check(build, report, use.image, use.word.span, ())


def _check(
    build: Build, report: Report, image: ImageReference, span: Span, labels: tuple[tuple[Span | Location, str], ...]
) -> None:
    if image.digest or image.registry.partition(":")[0] in ("localhost", "127.0.0.1") or _is_built_here(image):
        return
    severity: Severity = INFO if build.role is Role.DEVELOPMENT else WARNING
    others = (*_BOTH, *_OF_SERVICES) if build.source.path.endswith((".yml", ".yaml")) else _BOTH
    # The image of a service is a FROM alone.
    is_pulled = bool(build.invocation.evidence.services) and not any(stage.steps for stage in build.stages)
    if image.tag is None:
        report(
            span,
            f"{image.text} has no tag, so it is whatever latest means on the day "
            f"{'it is pulled' if is_pulled else 'of the build'}",
            advice="pin a version, or a digest",
            alias=("DL3006", *others),
            severity=severity,
            labels=labels,
        )
    elif _is_floating(image, image.tag):
        report(
            span,
            f"the tag {image.tag} moves from one image to the next",
            advice="pin a version, or a digest",
            alias=("DL3007", *others),
            severity=severity,
            labels=labels,
        )


def _is_built_here(image: ImageReference) -> bool:
    """Whether the name can only be an image that was built on the spot."""
    return "/" not in image.text and image.official is not None and image.official not in OFFICIAL_IMAGES


def _is_floating(image: ImageReference, tag: str) -> bool:
    if _FIXED.search(tag):
        return False
    words = tag.lower().split("-")
    if words[-1] not in ("latest", "nightly") and any(_RELEASE.match(word) for word in words[1:]):
        return False
    if words[0] in FLOATING_WORDS or words[-1] in ("latest", "nightly", "main", "master"):
        # "3.2-dev" and the like are series; a first word such as "stable" is not.
        return not _VERSION.match(words[0]) or words[-1] in ("latest", "nightly")
    # python:slim and nextcloud:apache have no version either.
    return image.official in OFFICIAL_IMAGES and all(word in _VARIANTS for word in words)


def _argument(build: Build, word: ast.Word) -> tuple[tuple[Span | Location, str], ...]:
    """Point at the ARG whose default makes the tag."""
    for instruction in build.global_args:
        for pair in instruction.pairs:
            if pair.value and f"{{{pair.key.value}" in word.value.replace(f"${pair.key.value}", f"${{{pair.key.value}"):
                return ((pair.span, "the default comes from here"),)
    return ()
