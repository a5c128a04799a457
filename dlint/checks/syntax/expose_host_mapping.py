"""Report EXPOSE with a host address or port."""

from dlint.checks import WARNING, Report, fix, rule
from dlint.model.build import Build
from dlint.parser.dockerfile import ast
from dlint.regex import lazy

_MAPPING = lazy(r"(?:.*):(\d[\d-]*(?:/\w+)?)\Z")


@rule("expose-host-mapping", severity=WARNING, aliases=("ExposeInvalidFormat",), triggers=("expose",), fix="safe")
def check(build: Build, report: Report) -> None:
    for step in build.steps(ast.Expose):
        assert isinstance(step.instruction, ast.Expose)
        for word in step.instruction.words:
            match = _MAPPING.match(word.value) if ":" in word.value and "$" not in word.value else None
            if match:
                report(
                    word.span,
                    f"EXPOSE cannot publish {word.value}; only container port {match[1]} is recorded",
                    advice=f"write EXPOSE {match[1]}, and publish with docker run -p or in compose",
                    fix=fix("safe", f"write {match[1]}", (word.span, match[1])),
                )
