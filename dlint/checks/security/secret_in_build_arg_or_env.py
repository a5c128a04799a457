"""Report secrets that pass through ARG and ENV."""

from dlint.checks import ERROR, WARNING, Report, rule
from dlint.knowledge.secrets import SECRET_WORDS, is_secret_name
from dlint.model.build import Build
from dlint.model.stages import Step
from dlint.parser.dockerfile import ast
from dlint.parser.dockerfile.expansion import UNKNOWN
from dlint.regex import lazy

_HARMLESS_VALUE = lazy(
    r"(?i)(|true|false|yes|no|none|null|\d+|/[\w./-]*|https?://[^@]*|\$\{?\w+_FILE\}?"
    # Placeholders, as servers without a login want them.
    r"|empty|dummy|fake|test|changeme|change[-_]me|x{3,}|example|placeholder|not[-_]needed|no[-_]?key[-_]?required"
    r"|token[-_]abc123|your\W.*|<.*>)\Z"
)


@rule(
    "secret-in-build-arg-or-env", severity=ERROR, triggers=tuple(sorted(SECRET_WORDS)),
    aliases=("SecretsUsedInArgOrEnv", "DL3064", "DS-0031"),
)  # fmt: skip
def check(build: Build, report: Report) -> None:
    shipped = build.runtime_chain
    for stage in build.stages:
        for step in stage.instructions(ast.Arg, ast.Env):
            instruction = step.instruction
            assert isinstance(instruction, ast.Pairs)
            for pair in instruction.pairs:
                if not is_secret_name(pair.key.value):
                    continue
                if isinstance(instruction, ast.Env):
                    _env(report, step, pair, ships=stage in shipped)
                else:
                    _arg(report, pair, ships=stage in shipped)


def _arg(report: Report, pair: ast.KeyValue, *, ships: bool) -> None:
    name = pair.key.value
    if not _is_harmless(pair):
        message = f"the value of {name} stands here for everyone who can read this file"
    elif pair.value is not None and not pair.value.value.startswith("$") and pair.value.value.strip("\"'"):
        # A default that is a switch or a path says what the argument is for.
        return
    elif ships:
        # Measured: docker history shows it, also where no command names it.
        message = f"{name} is a build argument, so its value stays readable in the image's history"
    else:
        message = f"{name} is a build argument, so the build cache and provenance keep its value"
    report(
        pair.key.span,
        message,
        advice=f"mount it where it is needed: RUN --mount=type=secret,id={name.lower()},env={name} …",
        severity=ERROR if ships or not _is_harmless(pair) else WARNING,
        hidden=(pair.value.span,) if pair.value and not _is_harmless(pair) else (),
    )


def _is_harmless(pair: ast.KeyValue) -> bool:
    """Whether the value is no secret: none at all, a switch, a path, an address, another variable."""
    value = pair.value.value.strip("\"'") if pair.value else ""
    return value.startswith("$") or _HARMLESS_VALUE.match(value) is not None


def _env(report: Report, step: Step, pair: ast.KeyValue, *, ships: bool) -> None:
    value = pair.value.value.strip("\"'") if pair.value else ""
    if _HARMLESS_VALUE.match(value):
        return
    # A variable that is empty leaks nothing, and one of an unknown base image nobody knows.
    name = value.strip("${}")
    if value.startswith("$") and name.isidentifier():
        known = step.environment.get(name)
        if not known or (known == UNKNOWN and not step.environment.declares(name)):
            return
    where = "in the image, where everyone who can pull it can read it" if ships else "in the build cache"
    report(
        pair.key.span,
        f"{pair.key.value} is stored {where}",
        advice="pass it when the container starts (docker run -e, env_file, secrets)"
        if ships
        else "mount it in the RUN that needs it: --mount=type=secret,…",
        severity=ERROR if ships else WARNING,
        hidden=(pair.value.span,) if pair.value and not _is_harmless(pair) else (),
    )
