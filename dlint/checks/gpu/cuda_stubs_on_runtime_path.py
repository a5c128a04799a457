"""Report stub libraries of CUDA that are found instead of the driver."""

from dlint.checks import INFO, WARNING, Fix, Report, Severity, Span, fix, rule
from dlint.model.build import Build
from dlint.model.role import Role
from dlint.model.stages import Stage
from dlint.model.toolkit import toolkit_of
from dlint.parser.dockerfile import ast
from dlint.regex import lazy

_STUBS = lazy(r"[^\s:\"'=]*/stubs/?(?=[\s:\"']|\Z)")


@rule("cuda-stubs-on-runtime-path", severity=WARNING, triggers=("/stubs",), fix="unsafe")
def check(build: Build, report: Report) -> None:
    for stage in build.runtime_chain:
        for step in stage.instructions(ast.Env):
            for pair in step.instruction.pairs:  # type: ignore[attr-defined]
                if pair.key.value == "LD_LIBRARY_PATH" and pair.value is not None:
                    _path(build, stage, pair.value, report)
        for step in stage.instructions(ast.Run):
            for command in step.named("echo", "printf"):
                written = [each for each in command.redirections if each.writes and each.target]
                if written and "/ld.so.conf.d/" in (written[-1].target.value if written[-1].target else ""):
                    for word in command.arguments:
                        if "cuda" in word.value and "/stubs" in word.value:
                            report(
                                word.span,
                                "the dynamic linker finds the stub of libcuda here, and may take it for the driver",
                                advice="set LIBRARY_PATH instead, which only the linker of the build reads",
                                severity=WARNING,
                            )


def _path(build: Build, stage: Stage, value: ast.Word, report: Report) -> None:
    # The last value counts: a later ENV may have put it right.
    if build.target is None or "/stubs" not in (build.target.environment.set_value("LD_LIBRARY_PATH") or ""):
        return
    written = build.source.text[value.start : value.end]
    for match in _STUBS.finditer(written):
        span = Span(value.start + match.start(), value.start + match.end())
        report(
            span,
            "what loads libcuda.so finds its stub here before the driver, and then no GPU",
            advice="take it out; for linking, set LIBRARY_PATH",
            severity=_severity(build, stage),
            fix=_without(written, match.start(), match.end(), value.start),
        )


def _severity(build: Build, stage: Stage) -> Severity:
    is_there = toolkit_of(build, stage) is not None
    # Programs linked against libcuda.so.1 find the driver all the same: the folder has no file of that name.
    return WARNING if is_there and build.role is not Role.DEVELOPMENT else INFO


def _without(written: str, start: int, end: int, offset: int) -> Fix | None:
    """Return a fix that takes one folder and one colon out; None where it stands alone."""
    if written[start - 1 : start] == ":":
        start -= 1
    elif written[end : end + 1] == ":":
        end += 1
    else:
        return None
    return fix("unsafe", "take the stubs out of LD_LIBRARY_PATH", (Span(offset + start, offset + end), ""))
