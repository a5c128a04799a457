"""Report Go programs without a version."""

from dlint.checks import INFO, Report, rule
from dlint.model.build import Build
from dlint.model.commands import Arguments
from dlint.model.packages import Install
from dlint.parser.dockerfile import ast

_RUN_OPTIONS = frozenset({"-ldflags", "-tags", "-mod", "-modfile", "-gcflags", "-asmflags", "-C", "-exec", "-p"})


@rule(
    "go-package-unpinned",
    severity=INFO,
    aliases=("DL3062",),
    triggers=("go install", "go get", "go run", "go -", "/go"),
)
def check(build: Build, report: Report) -> None:
    for install in build.installs:
        if install.manager != "go" or (install.verb == "get" and _has_module(install)):
            continue
        for package in install.packages:
            # Without @ the module at hand decides; go get takes the newest where there is none.
            if package.is_pinned is False and not package.is_local and (package.version or install.verb == "get"):
                report(
                    package.span,
                    f"{package.name} is whatever is newest at build time",
                    advice="write NAME@VERSION",
                )
    for command in build.commands("go"):
        operands = Arguments(command.arguments, _RUN_OPTIONS).operands
        if len(operands) > 1 and operands[0].value == "run" and operands[1].value.endswith("@latest"):
            word = operands[1]
            report(word.span, f"{word.value} is whatever is newest at build time", advice="write NAME@VERSION")


def _has_module(install: Install) -> bool:
    """Whether sources were brought in before, and with them perhaps a go.mod."""
    step = install.step
    earlier = step.stage.steps[: step.index]
    return (
        bool(step.stage.base)
        or any(isinstance(other.instruction, ast.Copy | ast.Add) for other in earlier)
        or any(other.named("git") for other in (*earlier, step))
    )
