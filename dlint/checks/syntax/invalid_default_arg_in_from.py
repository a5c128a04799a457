"""Report FROM that is no valid image unless a build argument is given."""

from dlint.checks import WARNING, Report, rule
from dlint.model.build import Build
from dlint.model.image_reference import parse_reference
from dlint.model.variables import PLATFORM_ARGUMENTS
from dlint.parser.dockerfile.expansion import UNKNOWN, ExpansionError, expand


@rule(
    "invalid-default-arg-in-from",
    severity=WARNING,
    default=False,
    aliases=("InvalidDefaultArgInFrom",),
    triggers=("arg",),
)
def check(build: Build, report: Report) -> None:
    defaults = dict.fromkeys(PLATFORM_ARGUMENTS, UNKNOWN)
    options = build.variables.options
    declared: set[str] = set()
    try:
        for instruction in build.global_args:
            for pair in instruction.pairs:
                declared.add(pair.key.value)
                if pair.value is not None:
                    defaults[pair.key.value] = expand(pair.value.value, defaults, options).result
        for stage in build.stages:
            word = stage.instruction.image
            if "$" not in word.value:
                continue
            expansion = expand(word.value, defaults, options)
            # Names nobody declares are undefined-arg-in-from.
            if not expansion.is_known or expansion.unmatched - declared:
                continue
            image = expansion.result
            if image != "scratch" and parse_reference(image) is None and stage.base is None:
                shown = f"{image!r}, which is not a valid image" if image else "empty"
                missing = sorted(expansion.unmatched)
                advice = f"give a default: ARG {missing[0]}=value" if missing else None
                report(word.span, f"without build arguments this is {shown}", advice=advice)
    except ExpansionError:
        return
