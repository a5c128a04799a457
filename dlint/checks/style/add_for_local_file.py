"""Report ADD where COPY does the same."""

from dlint.checks import INFO, Fix, Report, fix, rule
from dlint.model.build import Build
from dlint.model.container_paths import transfers
from dlint.model.stages import Step
from dlint.parser.dockerfile import ast

# What ADD unpacks by what the file is, not by its name; these names are common for it.
_ARCHIVES = (
    ".tar", ".tar.gz", ".tgz", ".tar.bz2", ".tbz2", ".tbz", ".tar.xz", ".txz", ".tar.zst", ".gz", ".bz2", ".xz", ".zst",
    ".Z", ".lzma", ".nemo", ".mar", ".tar.lz",
)  # fmt: skip
_TEXTS = (
    ".py", ".txt", ".toml", ".sh", ".yml", ".yaml", ".json", ".cfg", ".ini", ".conf", ".md", ".lock", ".in", ".ipynb",
    ".html", ".css", ".js", ".ts", ".sql", ".xml", ".env", ".R", ".go", ".rs", ".c", ".cpp", ".h", ".java", ".rb",
    "Pipfile", "Makefile", "Gemfile",
)  # fmt: skip


@rule(
    "add-for-local-file", severity=INFO, default=False, aliases=("DL3020", "DS-0005", "CKV_DOCKER_4"),
    triggers=("add",),
    fix="safe",
)  # fmt: skip
def check(build: Build, report: Report) -> None:
    for step in build.steps(ast.Add):
        instruction = step.instruction
        assert isinstance(instruction, ast.Add)
        sources = transfers(build, step)
        # A URL, a repository, a heredoc or an unknown variable among them: ADD may be needed.
        if len(sources) != len(instruction.sources) or instruction.flag("unpack"):
            continue
        if any(item.source.endswith(_ARCHIVES) for item in sources):
            continue
        report(
            instruction.name.span,
            f"ADD is for addresses and archives; {sources[0].word.value} is neither",
            advice="write COPY",
            fix=_fix(build, step, instruction),
        )


def _fix(build: Build, step: Step, instruction: ast.Add) -> Fix:
    """Return the change to COPY: safe for folders and for what cannot be an archive."""
    is_certain = all(
        item.word.value.endswith(("/", *_TEXTS))
        or item.is_everything
        or any(entry.is_folder for entry in build.context.find(item.source))
        for item in transfers(build, step)
    )
    keyword = "COPY" if instruction.name.value.isupper() else "copy"
    return fix("safe" if is_certain else "unsafe", f"write {keyword}", (instruction.name.span, keyword))
