"""Report model weights that are a part of the image."""

from dlint.checks import INFO, WARNING, Report, Saving, Span, rule
from dlint.checks.size._baked import copies, covered_by, large_files, mentions
from dlint.diagnostic import format_bytes
from dlint.knowledge.files import SURE_WEIGHT_SUFFIXES, is_surely_weights, is_weights
from dlint.model.build import Build
from dlint.model.container_paths import Transferred
from dlint.parser.dockerfile import ast

_SHOWN = 3
# From here on a pull takes minutes on a fast network.
_HUGE_BYTES = 2_000_000_000
_FETCHED = "mount them from a volume, or fetch them when the container starts, unless they belong into the image"
_COPIED = (
    "mount them from a volume, or fetch them when the container starts; if they belong into the image, "
    "give them a layer of their own before the code: COPY --link"
)


# Words of which one is in every file that fetches weights.
_FETCHERS = (
    "hf ", "huggingface-cli", "pretrained", "snapshot_download", "hf_hub", "torch.hub", "ollama", "dvc ", "aws ",
    "gsutil", "gcloud", "sentencetransformer", *SURE_WEIGHT_SUFFIXES,
)  # fmt: skip


@rule("model-weights-in-image", severity=INFO, triggers=_FETCHERS, context_triggers=("copy", "add", ".py"))
def check(build: Build, report: Report) -> None:
    for item in copies(build):
        if build.context.is_known:
            found = large_files(build, item, is_weights)
            if found:
                names = ", ".join(entry.path for entry in found[:_SHOWN]) + (" …" if len(found) > _SHOWN else "")
                size = sum(entry.size for entry in found)
                _report(report, item.word.span, names, size, covered=covered_by(build, item))
        elif is_surely_weights(item.source) and not _is_path_file(item):
            _report(report, item.word.span, item.source, None, covered=covered_by(build, item))
    for step in build.steps(ast.Add):
        for word in step.instruction.sources if step.stage in build.runtime_chain else ():  # type: ignore[attr-defined]
            if "://" in word.value and is_surely_weights(word.value.partition("?")[0]):
                _report(report, word.span, word.value.partition("?")[0].rpartition("/")[2], None, advice=_FETCHED)
    # What a script fetches is seen where the script is.
    if not mentions(build, (*_FETCHERS, ".py") if build.context.is_known else _FETCHERS):
        return
    # Only here: most files fetch nothing.
    from dlint.checks.size._fetched import fetches
    from dlint.model.fetches import MODEL

    for fetch in fetches(build, MODEL):
        _report(report, fetch.command.head(1), fetch.name, None, advice=_FETCHED)


def _is_path_file(item: Transferred) -> bool:
    """Whether a .pth file tells Python where modules are."""
    return item.source.endswith(".pth") and "-packages" in (item.destination or "-packages")


def _report(
    report: Report, span: Span, names: str, size: int | None, advice: str = _COPIED, covered: str | None = None
) -> None:
    amount = f" ({format_bytes(size)})" if size else ""
    report(
        span,
        f"the weights of {names}{amount} are a part of the image, and {covered} mounts something over them, so that "
        "nobody sees what a new image brings there"
        if covered
        else f"the weights of {names}{amount} are a part of the image, pulled by every new node and pushed with it",
        advice="leave them out: delete this COPY, and add them to .dockerignore" if covered else advice,
        severity=WARNING if covered or (size and size >= _HUGE_BYTES) else INFO,
        saving=Saving(disk_bytes=size, pull_bytes=None, basis="measured", bound="exact") if size else None,
    )
