"""Report environments of the host that replace the image's own."""

from dlint.checks import ERROR, Report, rule
from dlint.checks.context._environments import made_before
from dlint.knowledge.files import ENVIRONMENT_FOLDERS
from dlint.model.build import Build
from dlint.model.container_paths import Transferred, transfers
from dlint.parser.dockerfile import ast


@rule("host-venv-overwrites-image", severity=ERROR, looks_at="context", triggers=("copy", "add"))
def check(build: Build, report: Report) -> None:
    for step in build.steps(ast.Copy, ast.Add):
        for item in transfers(build, step):
            if item.destination is None:
                continue
            for name in ENVIRONMENT_FOLDERS:
                path = f"{item.source}/{name}" if item.source not in ("", "*") else name
                if not _is_copied(build, item, path):
                    continue
                made = made_before(build, item, name)
                if made is not None:
                    report(
                        item.word.span,
                        f"the {path} of this machine replaces the one the image has made",
                        advice=f"add {path} to .dockerignore",
                        labels=((made, "made here"),),
                    )


def _is_copied(build: Build, item: Transferred, path: str) -> bool:
    """Whether a copy takes a folder along with what lies beside it."""
    if "*" in item.source[:-1]:
        return False
    entries = [entry for entry in build.context.find(path) if entry.is_folder]
    return bool(entries) and not build.context.ignores(path) and bool(build.context.children(path))
