"""Report COPY of the whole file system of another stage or image."""

from dlint.checks import WARNING, Report, rule
from dlint.model.base_image import recognise
from dlint.model.build import Build
from dlint.model.container_paths import absolute
from dlint.model.image_reference import parse_reference
from dlint.parser.dockerfile import ast


@rule(
    "whole-stage-copied",
    severity=WARNING,
    aliases=("DL3067",),
    triggers=(" / ", "\t/", " /\t", " /\\", " /* ", " /. ", '"/'),
)
def check(build: Build, report: Report) -> None:
    for step in build.steps(ast.Copy):
        instruction = step.instruction
        assert isinstance(instruction, ast.Copy)
        # On an empty image it is how stages are flattened into one layer.
        flag = instruction.from_flag
        if flag is None or step.stage.root.family == "scratch" or not _is_system(build, flag.value or ""):
            continue
        target = absolute(build.variables.expand(instruction.destination, step.environment), step.workdir)
        source = next((word for word in instruction.sources if word.value in ("/", "/*", "/.")), None)
        if source is None or target != "/":
            continue
        report(
            source.span,
            f"everything in {flag.value} is copied over everything here, and both are kept",
            advice=f"copy what is needed, or build on it: FROM {flag.value}",
        )


def _is_system(build: Build, name: str) -> bool:
    """Whether a stage or image holds a whole system; some are made to be copied like this."""
    stage = build.stage_named(name)
    image = parse_reference(name) if stage is None else None
    root = stage.root if stage else recognise(image) if image else None
    return root is not None and root.os is not None
