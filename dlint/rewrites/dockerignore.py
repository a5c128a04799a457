"""A .dockerignore from what the build context really holds.

Only paths are named that the build and the program do without: histories, environments and caches of this
machine, and secrets. Folders of data and results are named where nothing that is copied mentions them.
"""

from dlint.checks.context._everything import copies_of_everything, needless
from dlint.diagnostic import Saving, format_bytes
from dlint.knowledge.files import ENVIRONMENT, HISTORY, LARGE_FILE_BYTES, is_data, is_secret_file, is_weights
from dlint.model.container_paths import transfers
from dlint.model.environment import PYTHON_MANAGERS
from dlint.model.invocation import clean_path
from dlint.parser.dockerfile import ast
from dlint.parser.dockerfile.lines import BLANKS
from dlint.parser.ignorefile import IgnoreFile
from dlint.project.discovery import is_dockerfile_name
from dlint.rewrites.proposal import Declined, NewText, Proposal
from dlint.text import Source

TYPE_CHECKING = False
if TYPE_CHECKING:
    from dlint.model.build import Build
    from dlint.model.context import Entry

NAME = "dockerignore"
# Folders that tools make again, wherever they lie, and that no program reads.
_ANYWHERE = frozenset(
    {"__pycache__", ".ipynb_checkpoints", ".pytest_cache", ".mypy_cache", ".ruff_cache", ".tox", ".nox", ".terraform"}
)
# Of the root only, and never part of an image.
_ROOT_ONLY = frozenset({".github", ".gitlab", ".idea", ".vscode", ".DS_Store", ".pre-commit-config.yaml", ".circleci"})
# What tools write and no program reads again: importing wandb mentions no folder.
_WRITTEN = frozenset(
    {"wandb", "lightning_logs", "tb_logs", ".neptune", ".aim", ".clearml", "catboost_info", "multirun"}
)
# Below this, folders of data and results are not worth a line.
_WORTH_BYTES = 1_000_000
_MAX_TEXT_FILES = 2_000
_TEXTS = (
    ".py", ".sh", ".yaml", ".yml", ".toml", ".json", ".cfg", ".ini", ".ipynb", ".js", ".ts", ".r", ".jl", ".go", ".rs",
    ".html", ".conf", ".env", ".txt", ".c", ".cpp", ".h", ".java", ".mk", ".jsx", ".tsx", ".mjs", ".cjs", ".vue",
)  # fmt: skip
_NAMES = ("makefile", "procfile", "dockerfile", "containerfile", "justfile", "compose")


class _Line:
    """A line for the ignore file: the pattern, what it is about, and the bytes it leaves out."""

    def __init__(self, pattern: str, what: str, size: int, *, is_guessed: bool = False) -> None:
        self.pattern = pattern
        self.what = what
        self.size = size
        self.is_guessed = is_guessed
        """Whether only the silence of all texts says that nobody reads it."""


def propose(build: "Build") -> Proposal | Declined | tuple[Declined, ...] | None:
    """Write the ignore file of the context, or complete it."""
    copies = copies_of_everything(build)
    if not copies:
        return None
    context = build.context
    if not context.is_known or context.root is None:
        return Declined(NAME, "the build context is unknown; --context names it")
    if not context.tally().is_complete:
        return Declined(NAME, "the build context has more files than are looked at")
    lines, declined = _lines(build)
    if not lines:
        return tuple(declined) or None
    old = context.ignore_file
    path = old.source.path if old else f"{context.root.rstrip('/')}/.dockerignore"
    text = _written(old.source.text if old else "", [line.pattern for line in lines])
    if not _is_harmless(build, text, lines):
        return Declined(NAME, "the patterns would hide a path that the build copies")
    size = sum(line.size for line in lines)
    is_shipped = any(item.step.stage in build.runtime_chain for item in copies)
    return Proposal(
        NAME,
        "complete .dockerignore" if old else "write a .dockerignore",
        _why(lines, is_new=old is None),
        texts=(NewText(path, text),),
        saving=Saving(disk_bytes=size, basis="measured", bound="exact")
        if size >= _WORTH_BYTES and is_shipped
        else None,
        context_bytes=size or None,
        caution=_caution(lines),
        rules=("dockerignore-missing", "heavy-paths-not-ignored"),
        declined=tuple(declined),
    )


def _why(lines: list[_Line], *, is_new: bool) -> str:
    listed = sorted(lines, key=lambda line: -line.size)
    names = []
    for line in listed:
        what = f"{line.what}, " if line.what != line.pattern else ""
        names.append(f"{line.pattern} ({what}{format_bytes(line.size)})")
    begin = "There is none, and COPY" if is_new else "COPY still"
    return f"{begin} takes along {', '.join(names)}."


def _caution(lines: list[_Line]) -> str | None:
    secrets = [line.pattern for line in lines if line.what == "secrets"]
    others = [line.pattern for line in lines if line.is_guessed]
    parts = []
    if secrets:
        parts.append(
            f"whether the program reads {', '.join(secrets)} in the container; pass it with env_file or a secret mount"
        )
    if others:
        parts.append(f"whether the program needs {', '.join(others)}, which no text that is copied mentions")
    return "; ".join(parts) or None


def _written(old: str, patterns: list[str]) -> str:
    feed = "\r\n" if "\r\n" in old else "\n"
    if old and not old.endswith("\n"):
        old += feed
    return old + "".join(f"{pattern}{feed}" for pattern in patterns)


# What there is ------------------------------------------------------------------------------


def _lines(build: "Build") -> "tuple[list[_Line], list[Declined]]":
    """Return the lines to add, and what is heavy and stays in."""
    context = build.context
    sizes: dict[str, _Line] = {}
    declined: list[Declined] = []
    texts = _Mentions(build)
    waiting = list(context.children())
    while waiting:
        entry = waiting.pop()
        if context.ignores(entry.path):
            continue
        line = _line(build, entry, texts, declined)
        if line is not None:
            known = sizes.setdefault(line.pattern, _Line(line.pattern, line.what, 0, is_guessed=line.is_guessed))
            known.size += line.size
        elif entry.is_folder:
            waiting += context.children(entry.path)
    return sorted(sizes.values(), key=lambda line: line.pattern.removeprefix("**/")), declined


def _line(build: "Build", entry: "Entry", texts: "_Mentions", declined: list[Declined]) -> _Line | None:
    size = build.context.tally(entry.path).bytes if entry.is_folder else entry.size
    is_root = "/" not in entry.path
    if _is_named(build, entry.path) or _is_let_in(build, entry.path):
        return None
    if not entry.is_folder:
        if is_secret_file(entry.path) and entry.size:
            return _unless(
                texts.of_dockerfiles(entry.name), entry, _Line(_escaped(entry.path), "secrets", size), declined
            )
        if is_root and entry.name in _ROOT_ONLY:
            return _Line(entry.name, "settings of tools", size)
        is_large = entry.size >= LARGE_FILE_BYTES and (is_data(entry.name) or is_weights(entry.name))
        if is_large and not any(f"{entry.path}/".startswith(f"{each}/") for each in texts.kept):
            declined.append(_kept(entry, size, "nobody can tell whether the program reads it"))
        return None
    if is_root and entry.name in _ROOT_ONLY:
        return _Line(entry.name, "settings of tools", size)
    what = needless(build, entry)
    if what is None or not size:
        return None
    if entry.name in _ANYWHERE:
        return _Line(f"**/{entry.name}", what, size)
    if what == HISTORY:
        where = texts.of("rev-parse") or texts.of("git describe")
        return _unless(where, entry, _Line(_escaped(entry.path), what, size), declined)
    if what == ENVIRONMENT or entry.name == "node_modules":
        if not _makes_its_own(build, what):
            declined.append(_kept(entry, size, "the image may use it, as it installs nothing of the kind itself"))
            return None
        return _Line(
            "**/node_modules" if entry.name == "node_modules" and not is_root else _escaped(entry.path), what, size
        )
    if size < _WORTH_BYTES or not is_root:
        return None
    if entry.name in _WRITTEN and f"{entry.name}/" not in build.source.text:
        return _Line(_escaped(entry.path), what, size)
    line = _Line(_escaped(entry.path), what, size, is_guessed=True)
    where = texts.of(entry.name)
    if where is not None:
        texts.kept.append(entry.path)
    return _unless(where, entry, line, declined)


def _unless(where: str | None, entry: "Entry", line: _Line, declined: list[Declined]) -> _Line | None:
    """Return a line unless some text mentions what it is about."""
    if where is None:
        return line
    declined.append(_kept(entry, line.size, f"{where} mentions it"))
    return None


def _makes_its_own(build: "Build", what: str) -> bool:
    """Whether the build installs what an environment of this machine holds."""
    managers = PYTHON_MANAGERS if what == ENVIRONMENT else ("npm", "yarn", "pnpm")
    return any(install.manager in managers for install in build.installs)


def _kept(entry: "Entry", size: int, why: str) -> Declined:
    return Declined(NAME, f"{entry.path} ({format_bytes(size)}) stays in: {why}")


def _escaped(path: str) -> str:
    """Return the pattern for exactly this path."""
    for character in "\\*?[":
        path = path.replace(character, f"\\{character}")
    return f"\\{path}" if path.startswith(("#", "!")) else path


# What the build uses ------------------------------------------------------------------------


def _is_named(build: "Build", path: str) -> bool:
    """Whether the Dockerfile takes a path, or something in it or above it but the whole context, by its name."""
    for step in build.steps(ast.Copy, ast.Add, ast.Run):
        instruction = step.instruction
        if isinstance(instruction, ast.Run):
            sources = [clean_path(mount.source or "") for mount in instruction.mounts if mount.type == "bind"]
            if any(mount.type == "bind" and mount.from_ is None and not mount.source for mount in instruction.mounts):
                return True
        else:
            sources = [item.source for item in transfers(build, step) if not item.is_everything]
        for source in sources:
            plain = source.partition("*")[0].partition("?")[0].partition("[")[0].rstrip("/")
            if f"{plain}/".startswith(f"{path}/") or f"{path}/".startswith(f"{plain}/"):
                return True
    return False


def _is_let_in(build: "Build", path: str) -> bool:
    """Whether the ignore file has an exception for a path or something in it."""
    ignore_file = build.context.ignore_file
    return ignore_file is not None and any(
        pattern.is_exception and (pattern.matches(path) or pattern.text.startswith(f"{path}/"))
        for pattern in ignore_file.patterns
    )


class _Mentions:
    """Names of folders in the texts of the context: programs, scripts, settings, Dockerfiles."""

    def __init__(self, build: "Build") -> None:
        self.build = build
        self.kept: list[str] = []
        """Folders that are mentioned, and stay in whole."""
        self._sources: list[Source] | None = None

    def of(self, name: str) -> str | None:
        """Return the path of a text that mentions a name, None if there is none."""
        from dlint import regex

        pattern = regex.compile(rf"(?<![\w-]){regex.escape(name)}(?![\w-])")
        if pattern.search(self.build.source.text):
            return self.build.source.path
        for source in self._texts():
            if pattern.search(source.text):
                return source.path
        return "one of very many files" if len(self._texts()) >= _MAX_TEXT_FILES else None

    def of_dockerfiles(self, name: str) -> str | None:
        """Return the path of a Dockerfile of the context that mentions a name."""
        for source in self._texts():
            if is_dockerfile_name(source.path) and name in source.text:
                return source.path
        return None

    def _texts(self) -> "list[Source]":
        if self._sources is None:
            self._sources = []
            for entry in self.build.context.walk():
                if len(self._sources) >= _MAX_TEXT_FILES:
                    break
                if not entry.is_folder and _is_text(entry) and not _is_in_environment(entry.path):
                    source = self.build.context.text(entry.path)
                    if source is not None:
                        self._sources.append(source)
        return self._sources


def _is_text(entry: "Entry") -> bool:
    lower = entry.name.lower()
    return lower.endswith(_TEXTS) or lower.startswith(_NAMES) or "." not in lower


def _is_in_environment(path: str) -> bool:
    return any(part in ("node_modules", ".venv", "venv", ".git", "site-packages") for part in path.split("/"))


def _is_harmless(build: "Build", text: str, lines: list[_Line]) -> bool:
    """Whether what the Dockerfile names is sent as before."""
    new = IgnoreFile(Source(text.strip(BLANKS) + "\n"))
    context = build.context
    for step in build.steps(ast.Copy, ast.Add):
        for item in transfers(build, step):
            if item.is_everything:
                continue
            if any(new.ignores(entry.path) and not context.ignores(entry.path) for entry in context.find(item.source)):
                return False
    return not any(new.ignores(path) for path in _manifests(build) if not context.ignores(path)) and bool(lines)


def _manifests(build: "Build") -> list[str]:
    """Return the files that installations read."""
    return list(dict.fromkeys(request.path for request in build.requests if request.path))
