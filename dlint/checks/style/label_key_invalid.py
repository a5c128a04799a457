"""Report label keys that Docker's guidelines do not allow."""

from dlint.checks import INFO, Report, rule
from dlint.model.build import Build
from dlint.parser.dockerfile import ast
from dlint.parser.dockerfile.expansion import UNKNOWN
from dlint.regex import lazy

_KEY = lazy(r"[a-z](?:[a-z0-9]|[./_-](?![./_-]))*(?<=[a-z0-9])\Z")
_RESERVED = ("com.docker.", "io.docker.", "org.dockerproject.")
# Namespaces that Docker gives to others: extensions and Compose.
_GIVEN = ("com.docker.desktop.extension.", "com.docker.extension.", "com.docker.compose.", "com.docker.image.")


@rule("label-key-invalid", severity=INFO, default=False, aliases=("DL3048",), triggers=("label",))
def check(build: Build, report: Report) -> None:
    for step in build.steps(ast.Label):
        assert isinstance(step.instruction, ast.Label)
        for pair in step.instruction.pairs:
            key = build.variables.expand(pair.key, step.environment)
            if not key or UNKNOWN in key:
                continue
            if key.startswith(_RESERVED) and not key.startswith(_GIVEN):
                namespace = ".".join(key.split(".")[:2])
                report(pair.key.span, f"{namespace} is reserved for Docker", advice="use a domain of your own, or none")
            elif not _KEY.match(key):
                report(
                    pair.key.span,
                    f"{key} is not the key of a label as Docker's guidelines want it",
                    advice="write lower-case letters and digits, with single dots, slashes or hyphens between them",
                )
