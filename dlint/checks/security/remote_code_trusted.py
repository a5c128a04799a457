"""Report models that are allowed to run code of their own."""

from dlint.checks import INFO, WARNING, Report, rule
from dlint.model.build import Build
from dlint.model.caches import is_true
from dlint.parser.dockerfile import ast
from dlint.regex import lazy
from dlint.text import Span

_COMMIT = lazy(r"[0-9a-f]{7,40}\Z")
_OPTIONS = ("--trust-remote-code", "--trust_remote_code")
_REVISIONS = ("--revision", "--code-revision")
_VARIABLES = frozenset(
    {"TRUST_REMOTE_CODE", "VLLM_TRUST_REMOTE_CODE", "HF_TRUST_REMOTE_CODE", "HF_DATASETS_TRUST_REMOTE_CODE"}
)
_EDITORS = frozenset({"echo", "printf", "sed", "grep", "awk"})
_CALL = lazy(r"(?m)^[^#\n]*\b(trust_remote_code\s*=\s*(?:True|1))\b")
_CALL_REVISION = lazy(r"\b(?:code_)?revision\s*=\s*['\"\\]*[0-9a-f]{7,40}\b")
_LOCAL_CALL = lazy(r"(?:from_pretrained|SentenceTransformer|pipeline)\(\s*\\?['\"][./~]")
_MESSAGE = "code from the model's repository runs when it is loaded"
_ADVICE = "leave it out if the model loads without it"


@rule("remote-code-trusted", severity=WARNING, triggers=("trust",))
def check(build: Build, report: Report) -> None:
    _started(build, report)
    _variables(build, report)
    text = build.source.text
    for stage in build.stages:
        for step in stage.instructions(ast.Run) if stage in build.reachable else ():
            start, end = step.instruction.start, step.instruction.end
            match = _CALL.search(text, start, end)
            if match is None or any(command.name in _EDITORS for command in step.commands):
                continue
            if not _LOCAL_CALL.search(text, start, end):
                is_pinned = bool(_CALL_REVISION.search(text, start, end))
                span = Span(match.start(1), match.end(1))
                _report(report, span, is_pinned=is_pinned, revision='revision="COMMIT"')


def _report(report: Report, span: Span, *, is_pinned: bool, revision: str = "--revision COMMIT") -> None:
    advice = _ADVICE if is_pinned else f"{_ADVICE}; else name the commit you read: {revision}"
    report(span, _MESSAGE, advice=advice, severity=INFO if is_pinned else WARNING)


def _started(build: Build, report: Report) -> None:
    server = build.server
    model = server.model.value if server and server.model else None
    if model is not None and model.startswith(("/", ".", "~")):
        return
    for command in build.started:
        values = command.values()
        places = [index + 1 for index, value in enumerate(values[:-1]) if value in _REVISIONS]
        is_pinned = any(_COMMIT.match(values[place]) for place in places)
        for index, word in enumerate(command.arguments):
            name, equals, value = word.value.partition("=")
            following = values[index + 1].lower() if index + 1 < len(values) else ""
            if name in _OPTIONS and (is_true(value) if equals else following not in ("false", "0", "no")):
                _report(report, word.span, is_pinned=is_pinned)
                return


def _variables(build: Build, report: Report) -> None:
    for stage in build.runtime_chain:
        for step in stage.instructions(ast.Env):
            assert isinstance(step.instruction, ast.Env)
            for pair in step.instruction.pairs:
                if pair.key.value in _VARIABLES and pair.value is not None and is_true(pair.value.value):
                    _report(report, pair.span, is_pinned=False)
