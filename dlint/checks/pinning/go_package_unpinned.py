"""Report Go programs without a version."""

from dlint.checks import INFO, Report, rule
from dlint.model.build import Build
from dlint.model.commands import Arguments
from dlint.model.stages import Stage
from dlint.parser.dockerfile import ast

_RUN_OPTIONS = frozenset({"-ldflags", "-tags", "-mod", "-modfile", "-gcflags", "-asmflags", "-C", "-exec", "-p"})


@rule(
    "go-package-unpinned",
    severity=INFO,
    aliases=("DL3062",),
    triggers=("go install", "go get", "go run", "go -", "/go"),
)
def check(build: Build, report: Report) -> None:
    sources: dict[Stage, int] = {}
    for install in build.installs:
        if install.manager != "go":
            continue
        stage = install.step.stage
        if install.verb == "get" and _first(sources, stage) <= install.step.index:
            continue
        for package in install.packages:
            # Without @ the module at hand decides; go get takes the newest where there is none.
            if package.is_pinned is False and not package.is_local and (package.version or install.verb == "get"):
                report(
                    package.span,
                    f"{package.name} is whatever is newest at build time",
                    # go get fetches for a module; since Go 1.18 it installs no programs.
                    advice="write go install NAME@VERSION" if install.verb == "get" else "write NAME@VERSION",
                )
    for command in build.commands("go"):
        operands = Arguments(command.arguments, _RUN_OPTIONS).operands
        if len(operands) > 1 and operands[0].value == "run" and operands[1].value.endswith("@latest"):
            word = operands[1]
            report(word.span, f"{word.value} is whatever is newest at build time", advice="write NAME@VERSION")


def _first(sources: dict[Stage, int], stage: Stage) -> int:
    if stage not in sources:
        sources[stage] = _sources(stage)
    return sources[stage]


def _sources(stage: Stage) -> int:
    """Return the index of the first step that brings sources in, and with them perhaps a go.mod."""
    if stage.base:
        return -1
    for step in stage.steps:
        if isinstance(step.instruction, ast.Copy | ast.Add) or step.named("git"):
            return step.index
    return len(stage.steps)
