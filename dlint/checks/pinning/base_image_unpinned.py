"""Report a base image without a tag, or with one that moves."""

from dlint.checks import INFO, WARNING, Report, rule
from dlint.knowledge.base_images import FLOATING_WORDS


@rule("base-image-unpinned", severity=WARNING, aliases=("DL3006", "DL3007"), triggers=("from",))
def check(build, report: Report) -> None:
    for stage in build.stages:
        image = stage.image
        if image is None or image.digest:
            continue
        if image.tag is None:
            report(stage.instruction.image.span, f"{image.text} has no tag", alias="DL3006")
