"""Models that a build or a container takes from the Hugging Face Hub or a registry like it."""

from dlint.model.commands import Arguments, Command
from dlint.model.container_paths import in_context
from dlint.parser.dockerfile import ast
from dlint.regex import lazy
from dlint.text import Source, Span

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from dlint.model.build import Build

_DOWNLOAD_OPTIONS = frozenset(
    ["--revision", "--include", "--exclude", "--local-dir", "--cache-dir", "--token", "--repo-type", "--max-workers",
     "--local-dir-use-symlinks"]
)  # fmt: skip
_ID = lazy(r"[A-Za-z0-9][\w.-]*/[A-Za-z0-9][\w.-]*\Z")
# First parts of paths that look like the name of an organisation.
_FOLDERS = frozenset({
    "model", "models", "checkpoint", "checkpoints", "ckpt", "ckpts", "weights", "data", "output", "outputs",
    "pretrained", "pretrained_models", "src", "app", "assets", "artifacts", "saved_model", "saved_models", "results",
})  # fmt: skip
_ARGUMENTS = r"\(((?:[^()]|\([^()]{0,200}\)){0,600})\)"
_CALL = lazy(rf"\b(snapshot_download|hf_hub_download|from_pretrained|SentenceTransformer|CrossEncoder){_ARGUMENTS}")
_FIRST = lazy(r"\s*(?:(?:repo_id|pretrained_model_name_or_path|model_name_or_path)\s*=\s*)?\\?['\"]([\w./-]+)\\?['\"]")
_REPOSITORY = lazy(r"\brepo_id\s*=\s*\\?['\"]([\w./-]+)\\?['\"]")
_DECIDED = lazy(r"\brevision\s*=|\blocal_files_only\s*=\s*True|\*\*\w")
_MAX_TEXT = 200_000
# Whoever moves the cache has a place for it in mind: a volume.
_CACHES = ("HF_HOME", "HF_HUB_CACHE", "HUGGINGFACE_HUB_CACHE", "XDG_CACHE_HOME", "TRANSFORMERS_CACHE")
_DOWNLOADERS = ("hf", "huggingface-cli", "git-lfs", "aws", "gsutil", "dvc", "kaggle", "gdown", "aria2c")


class HubDownload:
    """One model or data set that is taken from the Hub.

    *span* is the place of the Dockerfile to report; *where* the place in *source* that names it.
    *has_revision* says whether a revision is given, *is_local* whether it goes to a folder of its own.
    """

    __slots__ = ("command", "has_revision", "is_local", "name", "source", "span", "where")

    def __init__(
        self,
        command: Command,
        name: str,
        span: Span,
        where: Span,
        source: Source,
        *,
        has_revision: bool,
        is_local: bool,
    ) -> None:
        self.command = command
        self.name = name
        self.span = span
        self.where = where
        self.source = source
        self.has_revision = has_revision
        self.is_local = is_local


def is_hub_name(text: str) -> bool:
    """Whether a text names a repository of the Hub, such as ``Qwen/Qwen3-8B``, and no path."""
    return bool(_ID.match(text)) and text.partition("/")[0].lower() not in _FOLDERS


def hub_downloads(build: "Build") -> tuple[HubDownload, ...]:
    """Return what the RUNs of a build take from the Hub, in file order."""
    return build.once("hub_downloads", lambda: tuple(_find(build)))


def may_hold_models(build: "Build") -> bool:
    """Whether the image may hold models, or says where a volume for them goes."""
    for stage in build.runtime_chain:
        for step in stage.steps:
            instruction = step.instruction
            if isinstance(instruction, ast.Volume):
                return True
            if isinstance(instruction, ast.Transfer) and "model" in instruction.arguments.text.lower():
                return True
            if isinstance(instruction, ast.Transfer) and "huggingface" in instruction.arguments.text.lower():
                return True
            if isinstance(instruction, ast.Run) and any(command.name in _DOWNLOADERS for command in step.commands):
                return True
        if any(stage.environment.set_value(name) is not None for name in _CACHES):
            return True
    return bool(hub_downloads(build))


def _find(build: "Build") -> "Iterator[HubDownload]":
    for step in build.steps(ast.Run):
        for command in step.commands:
            if command.name in ("hf", "huggingface-cli"):
                found = _by_client(command)
                if found is not None:
                    yield found
            elif command.name == "python":
                yield from _by_python(build, command)


def _by_client(command: Command) -> HubDownload | None:
    if not command.arguments or command.arguments[0].value != "download":
        return None
    arguments = Arguments(command.arguments[1:], _DOWNLOAD_OPTIONS)
    name = command.resolve(arguments.operands[0]) if arguments.operands else None
    if name is None or not _ID.match(name):
        return None
    span = arguments.operands[0].span
    return HubDownload(
        command, name, span, span, command.step.stage.source,
        has_revision=arguments.has("--revision"), is_local=arguments.get("--local-dir") is not None,
    )  # fmt: skip


def _by_python(build: "Build", command: Command) -> "Iterator[HubDownload]":
    """Yield what inline code, code on standard input, or a script of the context downloads."""
    home = command.step.stage.source
    values = command.values()
    if "-c" in values[:4]:
        word = command.arguments[min(values.index("-c") + 1, len(values) - 1)]
        yield from _in_text(command, home.text, word.span, home, None)
        return
    for redirection in command.redirections:
        if redirection.document is not None:
            yield from _in_text(command, home.text, redirection.document.span, home, None)
            return
    script = next((word for word in command.arguments if not word.value.startswith("-")), None)
    if script is None or not script.value.endswith(".py"):
        return
    path = in_context(build, command, script.value)
    source = build.context.text(path) if path else None
    if source is not None:
        yield from _in_text(command, source.text, Span(0, min(len(source.text), _MAX_TEXT)), source, script.span)


def _in_text(command: Command, text: str, span: Span, source: Source, reported: Span | None) -> "Iterator[HubDownload]":
    for match in _CALL.finditer(text, span.start, span.end):
        line = text[text.rfind("\n", 0, match.start()) + 1 : match.start()]
        if reported is not None and "#" in line:
            continue
        named = _REPOSITORY.search(match[2]) or _FIRST.match(match[2])
        if named is None:
            continue
        name = named[1]
        if not is_hub_name(name) and not (match[1] == "SentenceTransformer" and "/" not in name and "-" in name):
            continue
        where = Span(match.start(), match.end())
        yield HubDownload(
            command, name, reported or where, where, source,
            has_revision=bool(_DECIDED.search(match[2])), is_local="local_dir" in match[2],
        )  # fmt: skip
