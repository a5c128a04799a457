"""Report EXPOSE with a protocol in capitals."""

from dlint.checks import INFO, Report, fix, rule
from dlint.model.build import Build
from dlint.parser.dockerfile import ast


@rule(
    "expose-protocol-uppercase", severity=INFO, default=False, aliases=("ExposeProtoCasing",), triggers=("expose",),
    fix="safe"
)  # fmt: skip
def check(build: Build, report: Report) -> None:
    for step in build.steps(ast.Expose):
        assert isinstance(step.instruction, ast.Expose)
        for word in step.instruction.words:
            port, slash, protocol = word.value.partition("/")
            if slash and "$" not in protocol and protocol != protocol.lower():
                lower = f"{port}/{protocol.lower()}"
                report(
                    word.span,
                    f"the protocol {protocol} is written in capitals",
                    advice=f"write {lower}",
                    fix=fix("safe", "write the protocol in lower case", (word.span, lower)),
                )
