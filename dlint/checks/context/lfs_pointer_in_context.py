"""Report Git LFS pointers that are copied in place of the files."""

from dlint.checks import ERROR, Location, Report, rule
from dlint.knowledge.files import LFS_HEAD, LFS_MAX_BYTES, is_data, is_weights
from dlint.model.build import Build
from dlint.model.container_paths import transfers
from dlint.model.context import Entry
from dlint.parser.dockerfile import ast
from dlint.text import Span

_SHOWN = 3


@rule("lfs-pointer-in-context", severity=ERROR, looks_at="context", triggers=("copy", "add"))
def check(build: Build, report: Report) -> None:
    context = build.context
    for step in build.steps(ast.Copy, ast.Add):
        for item in transfers(build, step):
            pointers = [entry for entry in context.copied(item.source) if _is_pointer(build, entry)]
            if pointers:
                names = ", ".join(entry.path for entry in pointers[:_SHOWN]) + (" …" if len(pointers) > _SHOWN else "")
                source = context.text(pointers[0].path)
                assert source is not None
                report(
                    item.word.span,
                    f"{names} {'is a Git LFS pointer' if len(pointers) == 1 else 'are Git LFS pointers'}, not the "
                    f"file itself",
                    advice="run git lfs pull before the build",
                    labels=((Location(source, Span(0, len(LFS_HEAD))), "the pointer"),),
                )


def _is_pointer(build: Build, entry: Entry) -> bool:
    if entry.is_folder or not 0 < entry.size < LFS_MAX_BYTES or not (is_weights(entry.name) or is_data(entry.name)):
        return False
    source = build.context.text(entry.path)
    return source is not None and source.text.startswith(LFS_HEAD)
