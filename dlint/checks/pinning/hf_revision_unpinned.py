"""Report models that are taken from the Hub in whatever state they are."""

from dlint.checks import INFO, WARNING, Location, Report, rule
from dlint.model.build import Build
from dlint.model.commands import Command
from dlint.model.hub import HubDownload, hub_downloads, is_hub_name
from dlint.model.role import Role

_OPTIONS = ("--revision", "--code-revision", "--hf-revision")
_ADVICE = "name a commit of its repository: {}"


@rule(
    "hf-revision-unpinned", severity=WARNING,
    triggers=("hf ", "huggingface-cli", "download", "pretrained", "sentencetransformer", "crossencoder", "ollama",
    "vllm", "sglang", "text-generation", "text-embeddings"), context_triggers=(".py",),
)  # fmt: skip
def check(build: Build, report: Report) -> None:
    if build.role is Role.DEVELOPMENT:
        return
    reported: set[object] = set()
    for download in hub_downloads(build):
        if download.has_revision or download.command.step.stage not in build.reachable:
            continue
        # One report for a model and one for a place are enough.
        if download.span in reported or download.name in reported:
            continue
        reported |= {download.span, download.name}
        _download(build, report, download)
    for command in build.commands("ollama"):
        _ollama(command, report)
    _server(build, report)


def _download(build: Build, report: Report, download: HubDownload) -> None:
    is_client = download.command.name != "python"
    labels = ((Location(download.source, download.where), "no revision is given"),)
    report(
        download.span,
        f"{download.name} is taken as it is at build time: its files can change under the same name",
        advice=_ADVICE.format("--revision COMMIT" if is_client else 'revision="COMMIT"'),
        labels=labels if download.source is not build.source else (),
        severity=INFO if download.command.is_conditional else WARNING,
    )


def _ollama(command: Command, report: Report) -> None:
    values = command.values()
    if values[:1] != ["pull"] or len(values) < 2:
        return
    word = command.arguments[1]
    tag = word.value.rpartition("/")[2].partition(":")[2]
    if word.is_literal and tag in ("", "latest") and not word.value.startswith("-"):
        report(
            word.span,
            f"{word.value} is whatever its tag latest is at build time",
            advice="name a tag: its size and quantization at least",
            severity=INFO,
        )


def _server(build: Build, report: Report) -> None:
    """Report the model that a server downloads when it starts."""
    server = build.server
    model = server.model if server else None
    if server is None or model is None or model.value is None or model.span is None:
        return
    if not is_hub_name(model.value) or server.arguments.get(*_OPTIONS) or server.command.has(*_OPTIONS):
        return
    if server.facts.model_variables and build.target and build.target.environment.set_value("REVISION"):
        return
    if server.name == "llama-server" or any(download.name == model.value for download in hub_downloads(build)):
        return
    report(
        model.span,
        f"{model.value} is taken as it is when the container starts: two containers may serve different weights",
        advice=_ADVICE.format("--revision COMMIT"),
        severity=INFO,
    )
