"""Report arguments that change with every build and stand above an installation."""

from dlint.checks import WARNING, Report, rule
from dlint.model.build import Build
from dlint.model.packages import Install
from dlint.model.stages import Step
from dlint.parser.dockerfile import ast
from dlint.regex import lazy

_VOLATILE = lazy(
    r"(?P<prefix>\w*_)??(?:GIT_?(?:SHA|COMMIT|HASH|REV|REVISION)\w*|COMMIT(?:_?(?:SHA|HASH|ID|REF))?|VCS_REF|REVISION|"
    r"BUILD_?(?:DATE|TIME|TIMESTAMP|ID|NUMBER|NUM|HASH|SHA|REV)|CACHE_?BUST(?:ER)?|SOURCE_COMMIT|DATE_CREATED)\Z"
)


@rule(
    "volatile-arg-before-install", severity=WARNING,
    triggers=("commit", "revision", "vcs_ref", "date_created", "cachebust", "cache_bust",
    *(f"git{sign}{word}" for sign in ("", "_") for word in ("sha", "hash", "rev")),
    *(f"build{sign}{word}" for sign in ("", "_") for word in ("date", "time", "id", "num", "hash", "sha", "rev"))),
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


# Whose commit it is: the project's own, or that of a component it builds.
_OWN = frozenset(
    {"", "APP_", "APPLICATION_", "CI_", "DOCKER_", "GITHUB_", "IMAGE_", "PROJECT_", "REPO_", "SERVICE_", "SOURCE_"}
)
_MOVING = ("", "head", "unknown", "dev", "none", "latest", "local")


def _changes(build: Build, step: Step, pair: ast.KeyValue) -> bool:
    """Whether the value comes with the build: an ARG, or an ENV made of one."""
    if not isinstance(step.instruction, ast.Arg):
        return pair.value is not None and "$" in pair.value.value
    name = pair.key.value
    default = pair.value.value.strip("\"'") if pair.value else build.global_values.get(name, "").strip("\0")
    match = _VOLATILE.match(name)
    if match is not None and (match["prefix"] or "") not in _OWN:
        return pair.value is not None and default.lower() in _MOVING[1:]
    # A full commit as default is a pin of something else.
    return default.lower() in _MOVING


def _affected(build: Build, step: Step, name: str) -> Install | None:
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
