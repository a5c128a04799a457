"""Model downloads above the source: so that a change of the source does not fetch gigabytes again."""

import posixpath

from dlint import regex
from dlint.checks.caching.model_download_after_source import downloads_model
from dlint.diagnostic import Edit
from dlint.model.container_paths import absolute, in_context, working_directory
from dlint.regex import lazy
from dlint.rewrites.moving import Source, first_source, moved_below, why_bound
from dlint.rewrites.needs import Unclear, needs_of
from dlint.rewrites.proposal import Declined, Proposal
from dlint.text import Span

TYPE_CHECKING = False
if TYPE_CHECKING:
    from dlint.model.build import Build
    from dlint.model.commands import Command
    from dlint.model.stages import Stage, Step

NAME = "model-order"
_IMPORT = lazy(r"(?m)^[ \t]*(?:from[ \t]+(\.*[\w.]*)[ \t]+import|import[ \t]+([\w., \t]+))")
_STRING = lazy(r"[\"']([\w./-]{1,200})[\"']")
# What a script may read of its folder: anything that opens, reads, runs or finds something.
_READS = lazy(
    r"\bopen\s*\(|\bread_text|\bread_bytes|\bread_csv|\bread_json|\bPath\s*\(|\bsubprocess\b|\bos\.system|\bglob\b|"
    r"__file__|\bsys\.argv|\bargparse\b|\bclick\b|\btyper\b|\bload_dotenv|\byaml\.|\btomllib\b|\bimportlib\b|__import__|"
    r"\bexec\s*\(|\beval\s*\(|\bconfigparser\b|\bhydra\b|\bOmegaConf\b|\bgetcwd|\bchdir|\bsys\.path"
)
# A literal path that is not below the root of the image would land beside the source.
_RELATIVE_TARGET = lazy(r"(?:local_dir|cache_dir|save_pretrained|output|outdir|download_root)\s*[=(]\s*[\"'](?!/)")


def propose(build: "Build") -> Proposal | Declined | tuple[Declined, ...] | None:
    """Move each COPY of the source below the downloads of models that do without it."""
    edits: list[Edit] = []
    declined: list[Declined] = []
    names: list[str] = []
    for stage in build.stages:
        if stage not in build.reachable:
            continue
        answer = _stage(build, stage, names)
        if isinstance(answer, Declined):
            declined.append(answer)
        elif answer:
            edits += answer
    if not edits:
        return tuple(declined) or None
    return Proposal(
        NAME,
        "download models before the source is copied",
        f"Any change of the source repeats {', '.join(dict.fromkeys(names))}, which needs none of it.",
        tuple(edits),
        rules=("model-download-after-source",),
        declined=tuple(declined),
    )


def _stage(build: "Build", stage: "Stage", names: list[str]) -> "list[Edit] | Declined | None":
    source = first_source(build, stage)
    if source is None or not source.item.is_everything or source.item.destination is None:
        return None
    scripts: dict[str, Step] = {}
    last: Step | None = None
    first: Step | None = None
    for step in stage.steps[source.step.index + 1 :]:
        downloads = [command for command in step.commands if downloads_model(command)]
        why = _bound(build, source, step, downloads, scripts)
        if why is not None:
            waiting = _first_download(stage, step)
            if last is None and waiting is not None:
                line = build.source.line_number(step.instruction.start)
                reason = (
                    f"the build context is copied before it, and the {step.instruction.keyword} in line {line} {why}"
                )
                return Declined(NAME, reason, waiting.span)
            break
        if downloads:
            last = step
            names += [_name(command) for command in downloads]
    if last is None:
        return None
    fixed = source.why_fixed()
    if fixed is not None:
        return Declined(NAME, fixed, source.instruction.header)
    needed = [path for path, step in scripts.items() if step.index <= last.index]
    first = next((step for path, step in scripts.items() if path in needed), None)
    place = Span(last.instruction.end, last.instruction.end)
    return moved_below(source, place, before=first, manifests=source.copy_of(needed) if needed else "")


def _name(command: "Command") -> str:
    value = command.values()[0] if command.arguments else ""
    return f"{command.name} {value}" if value and not value.startswith("-") and len(value) < 40 else command.name


def _first_download(stage: "Stage", step: "Step") -> "Command | None":
    for other in stage.steps[step.index :]:
        for command in other.commands:
            if downloads_model(command):
                return command
    return None


def _bound(
    build: "Build", source: Source, step: "Step", downloads: "list[Command]", scripts: "dict[str, Step]"
) -> str | None:
    """Return why a step has to stay below the source; note the scripts it needs."""
    installs = [install for install in build.installs if install.step is step]
    for install in installs:
        try:
            needs = needs_of(build, install)
        except Unclear as error:
            return f"cannot be made without it: {error}"
        if needs.paths or needs.option:
            return "installs what the project lists"
    allowed = {id(each) for each in downloads} | {id(install.command) for install in installs}
    bound = why_bound(build, source, step, lambda command: id(command) in allowed)
    if bound is not None:
        return bound
    for command in downloads:
        why = _script_bound(build, source, command, scripts)
        if why is not None:
            return why
    return None


def _script_bound(build: "Build", source: Source, command: "Command", scripts: "dict[str, Step]") -> str | None:
    """Return why a download may need more of the source than its script, or put something among it."""
    if command.name == "python" and "-c" not in command.values():
        if len(command.arguments) != 1:
            return f"gives {command.name} arguments"
        value = command.resolve(command.arguments[0])
        path = in_context(build, command, value) if value and build.context.is_known else None
        text = build.context.text(path) if path else None
        if path is None or text is None:
            return "runs a script that cannot be seen"
        why = _imports(build, path, text.text)
        if why is not None:
            return why
        scripts[path] = command.step
        return None
    if command.name in ("hf", "huggingface-cli", "wget", "curl", "gdown", "aria2c"):
        return _lands_in(source, command)
    return f"runs {command.name}, which may need it"


def _imports(build: "Build", path: str, text: str) -> str | None:
    """Return why a Python script may need other files of the context."""
    if _READS.search(text):
        return f"runs {path}, which may read other files"
    if _RELATIVE_TARGET.search(text):
        return f"runs {path}, which writes into the folder it runs in"
    for match in _STRING.finditer(text):
        if match[1].strip("./") and build.context.exists(match[1]):
            return f"runs {path}, which names {match[1]}"
    folder = posixpath.dirname(path)
    for match in _IMPORT.finditer(text):
        for name in regex.split(r"[,\s]+", match[1] or match[2]):
            top = name.partition(".")[0]
            if name.startswith("."):
                return f"runs {path}, which imports from its package"
            for place in {folder, ""}:
                if top and any(build.context.exists(posixpath.join(place, each)) for each in (f"{top}.py", top)):
                    return f"runs {path}, which imports {top}"
    return None


def _lands_in(source: Source, command: "Command") -> str | None:
    """Return that a download lands among the source, whose copy would then come after it."""
    words = command.values()
    pairs = [(words[index], words[index + 1]) for index in range(len(words) - 1)]
    if command.name in ("hf", "huggingface-cli"):
        place = next((value for name, value in pairs if name == "--local-dir"), None)
        if place is None:
            return None
    else:
        options = ("-O", "-o", "--output", "--output-document", "-P", "--directory-prefix", "--dir", "-d")
        place = next((value for name, value in pairs if name in options), ".")
    # Folders are merged; only a file of the same name in the context would be put over it.
    where = absolute(place, working_directory(command))
    if where is None:
        return "downloads to a place that nobody knows"
    if f"{where}/".startswith(f"{source.folder.rstrip('/')}/"):
        inner = posixpath.relpath(where, source.folder)
        if inner == "." or source.build.context.exists(inner) or not source.build.context.is_known:
            return "downloads into a folder that the COPY fills too"
    return None
