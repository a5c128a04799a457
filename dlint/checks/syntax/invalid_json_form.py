"""Report arguments that look like a JSON array and are none."""

from dlint.checks import ERROR, Report, fix, rule
from dlint.model.build import Build
from dlint.parser.dockerfile import ast
from dlint.parser.dockerfile.words import json_words
from dlint.parser.mapped import MappedText
from dlint.regex import lazy

_KINDS = (ast.Run, ast.Cmd, ast.Entrypoint, ast.Healthcheck, ast.Copy, ast.Add, ast.Volume)
# RUN [ -f x ] is a test; a JSON form has quotes and commas.
_INTENDED = lazy(r"\[\s*(['\"“”‘’])[^'\"“”‘’]*(['\"“”‘’])\s*(,|\]\s*$|['\"“”‘’])")
_QUOTES = str.maketrans("“”‘’'", '"""""')


@rule("invalid-json-form", severity=ERROR, fix="unsafe")
def check(build: Build, report: Report) -> None:
    for step in build.steps(*_KINDS):
        instruction = step.instruction
        if instruction.json is not None:
            continue
        text = instruction.command if isinstance(instruction, ast.Healthcheck) else instruction.arguments
        if not text.text.startswith("[") or not _is_intended(instruction, text.text):
            continue
        span = text.span(0, len(text.text))
        mended = _mend(text.text)
        edit = fix("unsafe", "write valid JSON", (span, mended)) if mended else None
        report(
            span,
            f"this is not valid JSON, so {instruction.keyword} takes it as plain text",
            advice="put every element in double quotes and a comma between them",
            fix=edit,
        )


def _is_intended(instruction: ast.Instruction, text: str) -> bool:
    if isinstance(instruction, ast.Run):
        return bool(_INTENDED.match(text))
    if isinstance(instruction, ast.Volume | ast.Cmd | ast.Entrypoint):
        return not text.startswith(("[ ", "[[")) or bool(_INTENDED.match(text))
    return bool(_INTENDED.match(text))


def _mend(text: str) -> str | None:
    """Return the text with straight double quotes if that makes it JSON."""
    if '"' in text and "'" in text:
        return None
    mended = text.translate(_QUOTES)
    return mended if json_words(MappedText.whole(mended, 0)) else None
