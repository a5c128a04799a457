"""Report contexts that are copied whole without an ignore file."""

from dlint.checks import WARNING, Report, Saving, rule
from dlint.checks.context._everything import copies_of_everything, needless
from dlint.diagnostic import format_bytes
from dlint.model.build import Build
from dlint.model.context import MAX_ENTRIES

# Small contexts without hidden folders lose nothing.
_FEW_FILES = 20
_FEW_BYTES = 5_000_000
# Below this the bytes are not what matters.
_WORTH_BYTES = 1_000_000


@rule("dockerignore-missing", severity=WARNING, looks_at="context", triggers=("copy", "add"))
def check(build: Build, report: Report) -> None:
    context = build.context
    if context.ignore_file is not None:
        return
    copies = copies_of_everything(build)
    if not copies:
        return
    total = context.tally()
    heavy = [
        entry
        for entry in context.children()
        if entry.is_folder and (needless(build, entry) or (entry.name.startswith(".") and entry.name != ".git"))
    ]
    if total.is_complete and total.files < _FEW_FILES and total.bytes < _FEW_BYTES and not heavy:
        return
    what = "the context"
    if total.is_complete:
        what = f"all {format_bytes(total.bytes)} of {what}"
    else:
        what = f"all of {what}, more than {MAX_ENTRIES:,} files and folders"
    names = ", ".join(entry.name for entry in heavy[:3])
    wasted = sum(context.tally(entry.path).bytes for entry in heavy)
    report(
        copies[0].word.span,
        f"there is no .dockerignore, so {what}" + (f" ({names} among them)" if names else "") + " are sent and copied",
        advice="add a .dockerignore" + (f" with {names}" if names else ""),
        saving=Saving(disk_bytes=wasted, basis="measured", bound="exact" if total.is_complete else "at-least")
        if wasted >= _WORTH_BYTES
        else None,
    )
