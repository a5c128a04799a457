"""Report Jupyter servers that let everyone in."""

from dlint import regex
from dlint.checks import ERROR, WARNING, Location, Report, rule
from dlint.model.build import Build
from dlint.model.container_paths import transfers
from dlint.parser.dockerfile import ast
from dlint.regex import lazy
from dlint.text import Span

TYPE_CHECKING = False
if TYPE_CHECKING:
    from dlint.parser.yaml import Node

_APPS = r"(?:ServerApp|NotebookApp|LabApp|IdentityProvider)"
_EMPTY_OPTION = lazy(rf"--{_APPS}\.token=(?:''|\"\")?\Z")
_PASSWORD_OPTION = lazy(
    r"--(?:ServerApp|NotebookApp|LabApp|PasswordIdentityProvider)\.(?:hashed_)?password=['\"]?[^'\"]"
)
_EMPTY_LINE = lazy(rf"\bc\.{_APPS}\.token\s*=\s*\\?(?:u?''|\\?\"\\?\")")
_PASSWORD_LINE = lazy(r"\bc\.\w+\.(?:hashed_)?password\s*=\s*u?\\?['\"][^'\"\\]")
_CONFIG_FILE = lazy(r"(?:^|/)jupyter_\w*config\.py\Z")
_MESSAGE = "everyone who reaches this Jupyter may run code, as it asks for no token"
_ADVICE = "leave the token to Jupyter, or give it JUPYTER_TOKEN when the container starts"


@rule("jupyter-auth-disabled", severity=WARNING, triggers=("token", "jupyter"))
def check(build: Build, report: Report) -> None:
    server = build.server
    if server is not None and server.host.span is not None and server.is_loopback:
        return
    evidence = build.invocation.evidence
    if evidence.is_local:
        return
    # Others may run the image as it is, whatever this service runs in it.
    severity = ERROR if evidence.ports and not evidence.replaces_start else WARNING
    span = _option(build)
    labels: "tuple[tuple[Span | Location | Node, str], ...]" = ()
    if span is None:
        span = _line(build)
    if span is None:
        found = _copied(build)
        if found is None:
            return
        span, place = found
        labels = ((place, "the token is empty"),)
    labels += evidence.labels("ports", "published here")
    report(span, _MESSAGE, advice=_ADVICE, severity=severity, labels=labels)


def _option(build: Build) -> Span | None:
    """Return the place of an empty token on the command line that starts Jupyter."""
    for command in build.started:
        values = command.values()
        if any(_PASSWORD_OPTION.match(value) for value in values):
            continue
        for word in command.arguments:
            if _EMPTY_OPTION.match(word.value):
                return word.span
    return None


def _line(build: Build) -> Span | None:
    """Return the place of a line for a configuration file that empties the token."""
    text = build.source.text
    match = _EMPTY_LINE.search(text)
    if match is None or _PASSWORD_LINE.search(text) or not _ships(build, match):
        return None
    return Span(match.start(), match.end())


def _ships(build: Build, match: "regex.Match[str]") -> bool:
    return any(
        instruction.start <= match.start() < instruction.end
        for stage in build.runtime_chain
        for step in stage.steps
        if isinstance(instruction := step.instruction, ast.Run | ast.Transfer)
    ) and not any(comment.start <= match.start() < comment.end for comment in build.dockerfile.comments)


def _copied(build: Build) -> tuple[Span, Location] | None:
    """Return the source of a COPY that is such a configuration file, and the place in it."""
    for stage in build.runtime_chain:
        for step in stage.instructions(ast.Copy, ast.Add):
            for item in transfers(build, step):
                source = build.context.text(item.source) if _CONFIG_FILE.search(item.source) else None
                match = _EMPTY_LINE.search(source.text) if source else None
                if source and match and not _PASSWORD_LINE.search(source.text):
                    line = source.text[source.text.rfind("\n", 0, match.start()) + 1 : match.start()]
                    if "#" not in line:
                        return item.word.span, Location(source, Span(match.start(), match.end()))
    return None
