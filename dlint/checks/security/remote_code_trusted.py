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
_CALL = lazy(r"\btrust_remote_code\s*=\s*(?:True|1)\b")
_CALL_REVISION = lazy(r"\b(?:code_)?revision\s*=\s*['\"\\]*[0-9a-f]{7,40}\b")
_LOCAL_CALL = lazy(r"(?:from_pretrained|SentenceTransformer|pipeline)\(\s*\\?['\"][./~]")
_MESSAGE = "code from the model's repository runs when it is loaded"
_ADVICE = "leave it out if the model loads without it; else name the commit you read: --revision COMMIT"


@rule("remote-code-trusted", severity=WARNING, triggers=("trust",))
def check(build: Build, report: Report) -> None:
    _started(build, report)
    _variables(build, report)
    text = build.source.text
    for stage in build.stages:
        for step in stage.instructions(ast.Run) if stage in build.reachable else ():
            instruction = step.instruction
            if any(command.name in ("echo", "printf", "sed", "grep") for command in step.commands):
                continue
            for match in _CALL.finditer(text, instruction.start, instruction.end):
                whole = text[instruction.start : instruction.end]
                if _LOCAL_CALL.search(whole) or any(c.start <= match.start() < c.end for c in instruction.comments):
                    continue
                _report(report, Span(match.start(), match.end()), is_pinned=bool(_CALL_REVISION.search(whole)))
                break


def _report(report: Report, span: Span, *, is_pinned: bool) -> None:
    report(span, _MESSAGE, advice=_ADVICE, severity=INFO if is_pinned else WARNING)


def _started(build: Build, report: Report) -> None:
    server = build.server
    model = server.model.value if server and server.model else None
    if model is not None and model.startswith(("/", ".", "~")):
        return
    for command in build.started:
        values = command.values()
        is_pinned = any(
            value in _REVISIONS and _COMMIT.match(following)
            for value, following in zip(values, values[1:], strict=False)
        )
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
