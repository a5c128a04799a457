"""Commands that fetch model weights or data sets while an image is built.

Source: the tools' own help (huggingface_hub 1.1, kaggle 1.7, awscli 2, gsutil 5, dvc 3; 2026-11).
"""

from dlint.knowledge.files import is_surely_weights
from dlint.model.commands import Arguments, Command
from dlint.model.downloads import read_download
from dlint.regex import lazy

MODEL, DATA = "model", "data"
_HUB_OPTIONS = frozenset({
    "--revision", "--include", "--exclude", "--local-dir", "--cache-dir", "--token", "--repo-type", "--max-workers",
    "--local-dir-use-symlinks",
})  # fmt: skip
_KAGGLE_OPTIONS = frozenset({"-p", "--path", "-f", "--file", "-d", "--dataset", "-c", "--competition"})
_MODEL_WORD = lazy(r"(?i)(?<![a-z])(?:models?|weights?|checkpoints?|ckpts?)(?![a-z])")
_DATA_WORD = lazy(r"(?i)(?<![a-z])(?:data|datasets?|corpus|corpora|raw)(?![a-z])")
_INLINE_MODEL = lazy(r"torch\.hub\.load\(")
_INLINE_DATA = lazy(r"(?<![\w.])(?:datasets\.)?load_dataset\(")


class Fetch:
    """One command that fetches weights or data.

    *kind* is ``model`` or ``data``; *name* is what is fetched, for messages; *folder* the path it
    goes to, None where the tool decides.
    """

    __slots__ = ("command", "folder", "kind", "name")

    def __init__(self, command: Command, kind: str, name: str, folder: str | None) -> None:
        self.command = command
        self.kind = kind
        self.name = name
        self.folder = folder


def read_fetch(command: Command) -> Fetch | None:
    """Return what a command fetches, None for other commands and where it is not certain what comes.

    What Python code takes from the Hugging Face Hub is known to ``hub_downloads``.
    """
    if command.name in ("hf", "huggingface-cli"):
        return _hub(command)
    if command.name == "kaggle":
        return _kaggle(command)
    if command.name in ("aws", "gsutil", "gcloud"):
        return _bucket(command)
    if command.name == "dvc":
        return _dvc(command)
    if command.name in ("python", "ipython"):
        return _inline(command)
    if command.name == "ollama" and command.values()[:1] == ["pull"]:
        return Fetch(command, MODEL, " ".join(command.values()[1:2]), None)
    download = read_download(command)
    if download is not None and not download.to_stdout and is_surely_weights(download.filename):
        return Fetch(command, MODEL, download.filename, download.path)
    return None


def _hub(command: Command) -> Fetch | None:
    if command.values()[:1] != ["download"]:
        return None
    arguments = Arguments(command.arguments[1:], _HUB_OPTIONS)
    if not arguments.operands:
        return None
    # Single files may be tokenizers and configurations.
    files = [word.value for word in arguments.operands[1:]]
    if files and not any(is_surely_weights(name) for name in files):
        return None
    kind = DATA if arguments.get("--repo-type") == "dataset" else MODEL
    return Fetch(command, kind, arguments.operands[0].value, arguments.get("--local-dir", "--cache-dir"))


def _kaggle(command: Command) -> Fetch | None:
    if not command.has("download") or not command.has("datasets", "competitions", "d", "c"):
        return None
    arguments = Arguments(command.arguments, _KAGGLE_OPTIONS)
    name = arguments.get("-d", "--dataset", "-c", "--competition")
    operands = [word.value for word in arguments.operands[2:]]
    return Fetch(
        command, DATA, name or (operands[0] if operands else "a data set"), arguments.get("-p", "--path") or "."
    )


def _bucket(command: Command) -> Fetch | None:
    values = command.values()
    paths = [value for value in values if "/" in value and not value.startswith("-")]
    is_folder = "sync" in values or "rsync" in values or any(value in ("-r", "-R", "--recursive") for value in values)
    if len(paths) != 2 or not is_folder or not paths[0].startswith(("s3://", "gs://")):
        return None
    return _named(command, paths[0], paths[1])


def _dvc(command: Command) -> Fetch | None:
    if command.values()[:1] not in (["pull"], ["fetch"]):
        return None
    names = [value for value in command.values()[1:] if not value.startswith("-")]
    return _named(command, names[0], None) if names else None


def _named(command: Command, source: str, folder: str | None) -> Fetch | None:
    """Return a fetch whose kind its names say, None where they say nothing, or both."""
    text = f"{source} {folder or ''}"
    is_model, is_data = bool(_MODEL_WORD.search(text)), bool(_DATA_WORD.search(text))
    if is_model == is_data:
        return None
    return Fetch(command, MODEL if is_model else DATA, source, folder)


def _inline(command: Command) -> Fetch | None:
    values = command.values()
    if "-c" not in values:
        return None
    code = " ".join(values)
    if _INLINE_DATA.search(code):
        return Fetch(command, DATA, "a data set", None)
    return Fetch(command, MODEL, "a model", None) if _INLINE_MODEL.search(code) else None
