"""Report COPY and mounts from a stage whose name is misspelt."""

from dlint.checks import WARNING, Report, rule
from dlint.knowledge.base_images import OFFICIAL_IMAGES
from dlint.model.build import Build
from dlint.parser.dockerfile.validity import nearest

_MAX_SUGGESTIONS = 100


@rule("copy-from-unknown-stage", severity=WARNING, aliases=("DL3022",), triggers=("from=",))
def check(build: Build, report: Report) -> None:
    names = sorted(stage.name for stage in build.stages if stage.name)
    for use in build.uses:
        name = use.word.value
        # A name with a registry, a tag or a digest is meant to be an image.
        if use.stage or not name.isascii() or any(sign in name for sign in "/:@.$") or name.lower() in OFFICIAL_IMAGES:
            continue
        near = nearest(name.lower(), names) if len(report.diagnostics) < _MAX_SUGGESTIONS else None
        if near:
            report(
                use.word.span,
                f"there is no stage {name}, so Docker looks for an image of that name",
                advice=f"did you mean {near}?",
            )
