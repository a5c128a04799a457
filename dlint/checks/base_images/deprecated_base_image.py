"""Report base images whose publishers gave them up."""

from dlint.checks import WARNING, Fix, Report, fix, rule
from dlint.knowledge.retired_images import Retired, retired
from dlint.model.build import Build
from dlint.model.image_reference import ImageReference
from dlint.model.stages import Stage
from dlint.text import Span

# Tags that are still published under a retired name.
_KEPT = {"openjdk": "-ea", "bitnami/minideb": ""}


@rule(
    "deprecated-base-image",
    severity=WARNING,
    fix="unsafe",
    triggers=(
        "jupyter/", "mambaforge", "openjdk", "centos", "torchserve", "rayproject/", "text-generation-inference",
        "tiangolo/", "tensorrtserver", "nvidia/cuda-", "nvidia/cudagl", "bitnami/", "rapidsai/",
    ),
)  # fmt: skip
def check(build: Build, report: Report) -> None:
    for stage in build.stages:
        found = _state(stage) if stage.image else None
        if found and stage.image:
            report(
                stage.instruction.image.span,
                f"{stage.image.name} {found.state}",
                advice=found.advice,
                fix=_rename(stage, stage.image, found),
            )


def _state(stage: Stage) -> Retired | None:
    image = stage.image
    assert image is not None
    name, tag = image.name, image.tag or "latest"
    kept = _KEPT.get(name)
    if kept is not None and kept in tag:
        return None
    # What base-eol knows better, and the images Bitnami still gives away.
    if (name == "centos" and stage.root.os_version) or (name.startswith("bitnami/") and tag == "latest"):
        return None
    return retired(name)


def _rename(stage: Stage, image: ImageReference, found: Retired) -> Fix | None:
    """Return the fix that writes the new name, where the tag surely exists there too."""
    span = stage.instruction.image.span
    is_moving = image.tag in (None, "latest") and image.digest is None
    if found.rename is None or not (is_moving or image.name.startswith("bitnami/")):
        return None
    if stage.source.text[span.start : span.end] != image.text or not image.text.startswith(image.name):
        return None
    new = found.rename.replace("*", image.name.partition("/")[2])
    return fix("unsafe", f"write {new}", (Span(span.start, span.start + len(image.name)), new))
