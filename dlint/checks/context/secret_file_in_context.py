"""Report secret files that end up in the image."""

from dlint.checks import ERROR, WARNING, Report, Span, rule
from dlint.knowledge.files import (
    KEY_SUFFIXES,
    SECRET_FOLDERS,
    SECRET_NAMES,
    SECRET_SUFFIXES,
    SECRETS_BY_CONTENT,
    TEST_FOLDERS,
    is_secret_file,
)
from dlint.model.build import Build
from dlint.model.container_paths import transfers
from dlint.parser.dockerfile import ast
from dlint.regex import lazy

TYPE_CHECKING = False
if TYPE_CHECKING:
    from dlint.model.context import Entry

_SECRET_LINE = lazy(
    r"(?im)^\s*(?:export\s+|//\S*:)?\w*(?:token|secret|password|passwd|api_?key|access_?key|private_?key)\w*\s*[=:]\s*[\"']?(?!\$|<|your|change|xxx|example|placeholder)[^\s\"'#]{6,}"
)
_PRIVATE_KEY = "PRIVATE KEY-----"
_SHOWN = 3


@rule(
    "secret-file-in-context",
    severity=ERROR,
    triggers=(*sorted(SECRET_NAMES | SECRET_FOLDERS), *SECRET_SUFFIXES, "service-account", "serviceaccount"),
    context_triggers=("copy", "add"),
)
def check(build: Build, report: Report) -> None:
    for step in build.steps(ast.Copy, ast.Add):
        for item in transfers(build, step):
            if build.context.is_known:
                found = [
                    entry
                    for entry in build.context.copied(item.source)
                    if not entry.is_folder and _is_secret(build, entry)
                ]
                if found:
                    _report(build, report, item.word.span, found)
            elif is_secret_file(item.source) and "*" not in item.source and item.source not in SECRETS_BY_CONTENT:
                report(
                    item.word.span,
                    f"{item.source} is named like a file of secrets, and becomes part of the image",
                    advice="mount it where it is needed: RUN --mount=type=secret, or env_file when the container "
                    "starts",
                    severity=WARNING,
                )


def _is_secret(build: Build, entry: "Entry") -> bool:
    if not entry.size:
        return False
    if is_secret_file(entry.path):
        return entry.name not in SECRETS_BY_CONTENT or _holds_secret(build, entry)
    if entry.name.lower().endswith(KEY_SUFFIXES) and TEST_FOLDERS.isdisjoint(entry.path.split("/")):
        source = build.context.text(entry.path)
        return source is not None and _PRIVATE_KEY in source.text
    return False


def _report(build: Build, report: Report, span: Span, found: "list[Entry]") -> None:
    confirmed = [entry for entry in found if _holds_secret(build, entry)]
    shown = confirmed or found
    names = ", ".join(entry.path for entry in shown[:_SHOWN]) + (" …" if len(shown) > _SHOWN else "")
    report(
        span,
        f"{names} {'is' if len(shown) == 1 else 'are'} copied into the image"
        + (" with the secrets in it" if confirmed else ""),
        advice=f"add {_pattern(build, shown[0])} to .dockerignore, and pass it with env_file or a secret mount",
        severity=ERROR if confirmed else WARNING,
    )


def _pattern(build: Build, entry: "Entry") -> str:
    """Return what an ignore file needs: one in which the name stands already matches it only in the root."""
    ignore_file = build.context.ignore_file
    stands = ignore_file is not None and any(pattern.text == entry.name for pattern in ignore_file.patterns)
    return f"**/{entry.name}" if stands else entry.path


def _holds_secret(build: Build, entry: "Entry") -> bool:
    """Whether the content confirms what the name says; it is never printed."""
    source = build.context.text(entry.path)
    if source is None:
        return False
    return (
        _PRIVATE_KEY in source.text
        or bool(_SECRET_LINE.search(source.text))
        or entry.name in ("kaggle.json", ".netrc", ".git-credentials")
    )
