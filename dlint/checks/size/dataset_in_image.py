"""Report data sets that are a part of the image."""

from dlint.checks import WARNING, Report, Saving, Span, rule
from dlint.checks.size._baked import copies, covered_by, large_files, mentions
from dlint.diagnostic import format_bytes
from dlint.knowledge.files import LARGE_FILE_BYTES, is_data, is_weights
from dlint.model.build import Build
from dlint.model.container_paths import Transferred
from dlint.model.role import Role

_DATA_FOLDERS = frozenset({"data", "dataset", "datasets", "raw", "corpus", "corpora"})
_PROGRAMS = (".tar", ".zip", ".zst", ".tar.gz", ".tgz", ".7z")
_ADVICE = "mount it where it is used: a bind mount or a volume, read-only"


# Words of which one is in every file that fetches data.
_FETCHERS = ("kaggle", "dvc ", "aws ", "gsutil", "gcloud", "load_dataset", "repo-type")


@rule("dataset-in-image", severity=WARNING, triggers=_FETCHERS, context_triggers=("copy", "add"))
def check(build: Build, report: Report) -> None:
    if build.role is Role.DEVELOPMENT:
        return
    for item in copies(build) if build.context.is_known else ():
        size = _data_bytes(build, item)
        if size >= LARGE_FILE_BYTES:
            _report(report, item.word.span, item.source, size, covered_by(build, item))
    if not mentions(build, _FETCHERS):
        return
    # Only here: most files fetch nothing.
    from dlint.checks.size._fetched import fetches
    from dlint.model.fetches import DATA

    for fetch in fetches(build, DATA):
        _report(report, fetch.command.head(1), fetch.name, None)


def _data_bytes(build: Build, item: Transferred) -> int:
    """Return the bytes of data a copy takes: all below a folder of data but weights, else the large files of data."""
    if not _DATA_FOLDERS.isdisjoint(item.source.lower().split("/")):
        # A package may be called data.
        if any(entry.name == "__init__.py" for entry in build.context.children(item.source)):
            return 0
        files = [entry for entry in build.context.copied(item.source) if not entry.is_folder]
        return sum(entry.size for entry in files if not is_weights(entry.name))
    found = large_files(build, item, lambda name: is_data(name) and not is_weights(name))
    return sum(entry.size for entry in found if not entry.name.lower().endswith(_PROGRAMS))


def _report(report: Report, span: Span, name: str, size: int | None, covered: str | None = None) -> None:
    amount = f" ({format_bytes(size)})" if size else ""
    report(
        span,
        f"{name}{amount} is a part of the image, and {covered} mounts something over it, so that nobody sees what "
        "a new image brings there"
        if covered
        else f"{name}{amount} is a part of the image: every new node pulls the data, and new data means a new image",
        advice=f"leave it out: delete this COPY, and add {name} to .dockerignore" if covered else _ADVICE,
        saving=Saving(disk_bytes=size, basis="measured", bound="exact") if size else None,
    )
