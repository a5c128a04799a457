"""Report LD_LIBRARY_PATH that drops what the base image has set."""

from dlint.checks import WARNING, Fix, Report, Span, fix, rule
from dlint.model.build import Build
from dlint.parser.dockerfile import ast
from dlint.parser.dockerfile.expansion import UNKNOWN

# Images that set it: nvidia/cuda and pytorch/pytorch to the folders of the driver, NGC's to many more.
_FAMILIES = ("cuda", "pytorch", "ngc")
_NAME = "LD_LIBRARY_PATH"


@rule("ld-library-path-clobbered", severity=WARNING, triggers=("ld_library_path",), fix="unsafe")
def check(build: Build, report: Report) -> None:
    if build.target is None or "/nvidia/lib64" in (build.target.environment.set_value(_NAME) or ""):
        return
    for stage in build.runtime_chain:
        if stage.root.family not in _FAMILIES:
            continue
        for step in stage.instructions(ast.Env):
            for pair in step.instruction.pairs:  # type: ignore[attr-defined]
                if pair.key.value != _NAME or pair.value is None or _NAME in pair.value.value:
                    continue
                if UNKNOWN in build.variables.expand(pair.value, step.environment):
                    continue
                report(
                    pair.span,
                    f"{_NAME} loses the folders that {stage.chain[-1].image_text.partition(':')[0]} has set, "
                    "in which the driver may be mounted",
                    advice=f"keep them: {_NAME}=…:${{{_NAME}}}",
                    fix=_appended(build, pair.value),
                )


def _appended(build: Build, value: ast.Word) -> Fix | None:
    """Return a fix that puts the old value behind the new one."""
    written = build.source.text[value.start : value.end]
    if not written or written != value.value or "'" in written or "\\" in written:
        return None
    end = value.end - (written[-1] == '"')
    separator = "" if written.rstrip('"').endswith(":") else ":"
    return fix("unsafe", f"keep the old {_NAME}", (Span(end, end), f"{separator}${{{_NAME}}}"))
