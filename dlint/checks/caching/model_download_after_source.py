"""Report models that are downloaded again after every change of the source."""

from dlint.checks import WARNING, Report, rule
from dlint.knowledge.files import is_weights
from dlint.model.build import Build
from dlint.model.commands import Command
from dlint.model.container_paths import Transferred, transfers
from dlint.model.downloads import read_download
from dlint.parser.dockerfile import ast
from dlint.regex import lazy

_SCRIPT = lazy(
    r"(^|/)(?:\w+[_-])?(?:download|fetch|get|prefetch|preload|cache)[_-]?(?:\w*[_-])?(?:models?|weights?|checkpoints?|data(?:sets?)?|hf)\w*\.\w\w$"
)
_INLINE = lazy(
    r"snapshot_download|hf_hub_download|from_pretrained\(|torch\.hub\.load|nltk\.download|load_dataset\(|spacy\.cli\.download|SentenceTransformer\("
)


@rule(
    "model-download-after-source", severity=WARNING,
    triggers=("hf", "huggingface", "download", "pretrained", "hub", "dvc", "gsutil", "gdown", "spacy", "nltk",
    "ollama", "wget", "curl", "aria2c", "aws", "kaggle", "dataset", "fetch", "load", "get", "cache", "transformer"),
)  # fmt: skip
def check(build: Build, report: Report) -> None:
    for stage in build.stages:
        if stage not in build.reachable:
            continue
        copied: Transferred | None = None
        for step in stage.steps:
            if isinstance(step.instruction, ast.Transfer):
                copied = copied or next((item for item in transfers(build, step) if item.is_everything), None)
            elif copied and isinstance(step.instruction, ast.Run):
                command = next((command for command in step.commands if downloads_model(command)), None)
                if command is not None:
                    report(
                        command.span,
                        "any change of the source downloads this again",
                        advice="copy only what the download needs, download, then copy the source",
                        labels=((copied.step.instruction.header, "all of the build context is copied here"),),
                    )
                    break


def downloads_model(command: Command) -> bool:
    if command.is_conditional:
        return False
    values = command.values()
    first, second = (*values, "", "")[:2]
    name = command.name
    if name in ("hf", "huggingface-cli"):
        return first == "download"
    if name == "dvc":
        return first in ("pull", "fetch", "get", "import")
    if name == "gsutil":
        return ("cp" in values or "rsync" in values) and _comes_from(command, "gs://")
    if name == "aws":
        return first == "s3" and second in ("cp", "sync") and _comes_from(command, "s3://")
    if name == "kaggle":
        return second == "download"
    if name == "ollama":
        return first == "pull"
    if name in ("gdown", "spacy"):
        return name == "gdown" or first == "download"
    if name == "nltk.downloader":
        return True
    if name in ("curl", "wget", "aria2c"):
        download = read_download(command)
        return (
            download is not None
            and is_weights(download.filename)
            and not download.filename.endswith((".bin", ".index", ".model"))
        )
    return _is_script(command)


def _comes_from(command: Command, scheme: str) -> bool:
    """Whether the first path is the bucket's: what is copied the other way is no download."""
    paths = [value for value in command.values() if "/" in value]
    return bool(paths) and paths[0].startswith((scheme, "$"))


def _is_script(command: Command) -> bool:
    """Whether a script is run whose name says that it downloads, or Python code that does."""
    if command.program and _is_download_name(command.program.value):
        return True
    if command.name not in ("python", "bash", "sh"):
        return False
    values = command.values()
    if "-c" in values:
        return any(_INLINE.search(value) for value in values)
    return any(map(_is_download_name, values[:1]))


def _is_download_name(path: str) -> bool:
    return path.endswith((".py", ".sh")) and _SCRIPT.search(path) is not None
