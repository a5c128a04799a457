"""Report downloads that are used without checking what came."""

from dlint.checks import INFO, WARNING, Report, rule
from dlint.model.build import Build
from dlint.model.downloads import Download, is_verified, read_download
from dlint.model.stages import Stage, Step
from dlint.parser.dockerfile import ast
from dlint.regex import lazy

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

# Files that are run, unpacked or installed.
_ARTIFACT = lazy(
    r"\.(?:tar(?:\.\w+)?|tgz|tbz2?|txz|zip|7z|sh|run|bin|deb|rpm|whl|jar|apk|AppImage|gz|xz|zst|py|pl|exe)$"
)
_PICKLED = lazy(r"\.(?:pt|pth|ckpt|pkl|pickle|joblib)$")
_KEYS = lazy(r"\.(?:asc|gpg|key|pub|list|repo|sources|sig|pem|crt|sha\d+|md5|txt|json|ya?ml|toml|conf)$")

_EXECUTABLE = lazy(r"[0-7]?[1357][0-7]{2}\Z|[ugoa]*[+=][rwXst]*x")
_ADVICE = 'add: echo "SHA256  FILE" | sha256sum -c'

# A commit names its content.
_BY_COMMIT = lazy(
    r"[\"']?https://(?:api\.github\.com|raw\.githubusercontent\.com|codeload\.github\.com|github\.com|gitlab\.com|huggingface\.co)/"
    r".*/[0-9a-f]{40}(?:[/.\"']|$)"
)


@rule("download-unverified", severity=INFO, triggers=("curl", "wget", "aria", "add"))
def check(build: Build, report: Report) -> None:
    seen = set()
    for command in build.commands("curl", "wget", "aria2c"):
        download = read_download(command)
        # A substitution is read where it stands, and again as a part of what it makes.
        if download and download.urls[0].span not in seen:
            seen.add(download.urls[0].span)
            _download(build, download, report)
    for step in build.steps(ast.Add):
        _add(step, report)


def _download(build: Build, download: Download, report: Report) -> None:
    command = download.command
    url = download.urls[0]
    place = url.span
    reader = download.piped_into
    if _BY_COMMIT.match(command.resolve(url) or url.value) or _is_checked(download):
        return
    if download.is_run:
        assert reader is not None
        report(
            place,
            f"whatever this address gives is run by {reader.name}, unseen",
            advice="save it, check its sha256sum, then run it",
            severity=WARNING,
        )
        return
    if reader is not None and reader.name not in ("tar", "bsdtar", "unzip", "dpkg", "gunzip", "xz", "zstd"):
        return
    name = download.filename
    # A package that only adds a repository and its key is checked by the key that is in it.
    if "keyring" in name or is_verified(command.step) or _KEYS.search(name):
        return
    if url.value.startswith("http://") and (_ARTIFACT.search(name) or reader):
        report(
            place,
            f"{name or 'this'} comes over plain HTTP and nothing checks it",
            advice="use https and check its sha256sum",
            severity=WARNING,
        )
    elif _PICKLED.search(name):
        report(
            place,
            f"nothing checks {name}, and loading it runs code from the file",
            advice="check its sha256sum, or use safetensors",
            severity=WARNING,
        )
    elif _ARTIFACT.search(name) or reader:
        what = name if name and "$" not in name else "what is downloaded here"
        report(place, f"nothing checks {what}", advice=_ADVICE)
    elif (command.step.stage, _basename(download.path)) in _executables(build):
        report(place, f"nothing checks {_basename(download.path)}, which is made a program", advice=_ADVICE)


def _executables(build: Build) -> frozenset[tuple[Stage, str]]:
    """Return stage and name of the files that chmod or install makes programs."""
    return build.once("executables", lambda: frozenset(_find_executables(build)))


def _find_executables(build: Build) -> "Iterator[tuple[Stage, str]]":
    for command in build.commands("chmod", "install"):
        words = [word.value for word in command.arguments if not word.value.startswith("-")]
        # chmod MODE FILE..., install [options] FILE... FOLDER
        is_program = command.name == "install" or bool(words and _EXECUTABLE.match(words[0]))
        for path in words[1:] if command.name == "chmod" else words:
            if is_program:
                yield command.step.stage, _basename(path)


def _basename(path: str) -> str:
    return path.rpartition("/")[2]


def _is_checked(download: Download) -> bool:
    """Whether the downloader checks the file itself, or only looks whether it is there."""
    return download.command.has("--spider", "-I", "--head") or any(
        value.startswith("--checksum") for value in download.command.values()
    )


def _add(step: Step, report: Report) -> None:
    instruction = step.instruction
    assert isinstance(instruction, ast.Add)
    if instruction.flag("checksum"):
        return
    for word in instruction.sources:
        value = word.value
        if value.startswith(("http://", "https://")) and ".git" not in value and not _KEYS.search(value):
            if is_verified(step) or "keyring" in value or _BY_COMMIT.match(value):
                continue
            name = value.partition("?")[0].rstrip("/").rpartition("/")[2]
            is_risky = bool(_PICKLED.search(name)) or value.startswith("http://")
            report(
                word.span,
                f"nothing checks {name or 'this download'}",
                advice="write ADD --checksum=sha256:…",
                severity=WARNING if is_risky else INFO,
            )
