"""Report secrets that pass through ARG and ENV."""

from dlint.checks import ERROR, Report, rule
from dlint.knowledge.secrets import is_secret_name
from dlint.model.build import Build
from dlint.model.stages import Stage, Step
from dlint.parser.dockerfile import ast
from dlint.parser.dockerfile.expansion import UNKNOWN
from dlint.regex import lazy

_HARMLESS_VALUE = lazy(r"(?i)(|true|false|yes|no|none|null|\d+|/[\w./-]*|https?://[^@]*|\$\{?\w+_FILE\}?)\Z")


@rule(
    "secret-in-build-arg-or-env", severity=ERROR, aliases=("SecretsUsedInArgOrEnv", "DL3064"), triggers=("arg", "env")
)  # fmt: skip
def check(build: Build, report: Report) -> None:
    for stage in build.stages:
        for step in stage.instructions(ast.Arg, ast.Env):
            instruction = step.instruction
            assert isinstance(instruction, ast.Pairs)
            for pair in instruction.pairs:
                name = pair.key.value
                if not is_secret_name(name):
                    continue
                if isinstance(instruction, ast.Env):
                    _env(report, step, pair)
                elif not _is_harmless(pair):
                    report(
                        pair.key.span,
                        f"the value of {name} stands here for everyone who can read this file",
                        advice=f"mount it where it is needed: RUN --mount=type=secret,id={name.lower()},env={name} …",
                    )
                elif _is_used(stage, step, name):
                    report(
                        pair.key.span,
                        f"{name} is a build argument, so its value stays readable in the image's history",
                        advice=f"mount it where it is needed: RUN --mount=type=secret,id={name.lower()},env={name} …",
                    )


def _is_harmless(pair: ast.KeyValue) -> bool:
    """Whether the value is no secret: none at all, a switch, a path, an address, another variable."""
    value = pair.value.value.strip("\"'") if pair.value else ""
    return value.startswith("$") or _HARMLESS_VALUE.match(value) is not None


def _env(report: Report, step: Step, pair: ast.KeyValue) -> None:
    value = pair.value.value.strip("\"'") if pair.value else ""
    if _HARMLESS_VALUE.match(value):
        return
    # A variable that is empty leaks nothing, and one of an unknown base image nobody knows.
    name = value.strip("${}")
    if value.startswith("$") and name.isidentifier():
        known = step.environment.get(name)
        if not known or (known == UNKNOWN and not step.environment.declares(name)):
            return
    report(
        pair.key.span,
        f"{pair.key.value} is stored in the image, where everyone who can pull it can read it",
        advice="pass it when the container starts (docker run -e, env_file, secrets)",
    )


def _is_used(stage: Stage, step: Step, name: str) -> bool:
    """Whether a RUN, ENV or LABEL of the stage uses the argument; RUNs see it in their environment."""
    text = stage.source.text
    for later in step.after:
        if isinstance(later.instruction, ast.Run | ast.Env | ast.Label):
            span = later.instruction.span
            if name in text[span.start : span.end]:
                return True
    return False
