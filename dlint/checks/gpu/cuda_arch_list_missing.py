"""Report CUDA extensions that are compiled without naming the GPUs they are for."""

from dlint.checks import WARNING, Report, rule
from dlint.knowledge.torch_extensions import EXTENSIONS
from dlint.model.build import Build
from dlint.model.toolkit import toolkit_of
from dlint.model.torch_extensions import ExtensionBuild, extension_builds, is_given

_GPUS = {"TORCH_CUDA_ARCH_LIST": '"8.0 8.6 9.0+PTX"', "TCNN_CUDA_ARCHITECTURES": '"80;86;90"'}


@rule("cuda-arch-list-missing", severity=WARNING, triggers=(*EXTENSIONS,), context_triggers=("pip", "setup.py"))
def check(build: Build, report: Report) -> None:
    for compiled in extension_builds(build):
        variable = compiled.extension.architectures
        stage = compiled.stage
        if not variable or is_given(compiled.command, variable) or stage.root.family == "ngc":
            continue
        if stage.is_unknown or toolkit_of(build, stage) is None or _has_device(compiled):
            continue
        forced = compiled.extension.forced
        is_forced = is_given(compiled.command, *forced)
        if forced and not is_forced:
            effect = "so it is built without CUDA"
        elif compiled.extension.stops:
            effect = "so it cannot be built"
        else:
            effect = "so its CUDA code is left out"
        also = f" and {forced[0]}=1" if forced and not is_forced and variable not in forced else ""
        report(
            compiled.span,
            f"{compiled.name} is compiled without {variable}, and a build sees no GPU to ask, {effect}",
            advice=f"name the GPUs: {variable}={_GPUS[variable]}{also}",
        )


def _has_device(compiled: ExtensionBuild) -> bool:
    return any(flag.name == "device" for flag in compiled.command.step.instruction.flags)
