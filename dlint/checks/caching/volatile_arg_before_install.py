"""Report arguments that change with every build and stand above an installation."""

from dlint.checks import WARNING, Report, rule
from dlint.model.build import Build
from dlint.model.stages import Step
from dlint.parser.dockerfile import ast
from dlint.regex import lazy

_VOLATILE = lazy(
    r"(?:\w*_)?(?:GIT_?(?:SHA|COMMIT|HASH|REV|REVISION)\w*|COMMIT(?:_?(?:SHA|HASH|ID|REF))?|VCS_REF|REVISION|"
    r"BUILD_?(?:DATE|TIME|TIMESTAMP|ID|NUMBER|NUM|HASH|SHA|REV)|CACHE_?BUST(?:ER)?|SOURCE_COMMIT|DATE_CREATED)\Z"
)


@rule(
    "volatile-arg-before-install", severity=WARNING,
    triggers=("sha", "commit", "ref", "revision", "date", "time", "id", "number", "hash", "cachebust", "bust", "timestamp", "rev", "num"),
)  # fmt: skip
def check(build: Build, report: Report) -> None:
    for stage in build.stages:
        for step in stage.instructions(ast.Arg, ast.Env):
            assert isinstance(step.instruction, ast.Pairs)
            for pair in step.instruction.pairs:
                name = pair.key.value
                if not _VOLATILE.match(name) or not _changes(build, step, pair):
                    continue
                affected = _affected(build, step, name)
                if affected is not None:
                    report(
                        pair.key.span,
                        f"{name} changes with every build, and so everything below is built again",
                        advice="declare it just above the instruction that uses it",
                        labels=((affected.span, "installed again each time"),),
                    )


def _changes(build: Build, step: Step, pair: ast.KeyValue) -> bool:
    """Whether the value comes with the build: an ARG, or an ENV made of one."""
    if isinstance(step.instruction, ast.Arg):
        # A full commit as default is a pin of something else.
        return pair.value is None or len(pair.value.value.strip("\"'")) < 7
    return pair.value is not None and "$" in pair.value.value


def _affected(build: Build, step: Step, name: str):  # type: ignore[no-untyped-def]
    """Return the first installation below that does not use the argument."""
    text = build.source.text
    for later in step.after:
        if not isinstance(later.instruction, ast.Run | ast.Copy):
            continue
        span = later.instruction.span
        if name in text[span.start : span.end]:
            # From here on the argument matters anyway.
            return None
        for install in build.installs:
            if install.step is later:
                return install
    return None
