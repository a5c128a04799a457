"""Report commands of the build that ask for a GPU."""

from dlint.checks import ERROR, INFO, WARNING, Report, rule
from dlint.model.build import Build
from dlint.model.commands import Command
from dlint.model.inline_programs import inline_program
from dlint.model.outcomes import is_expected_to_fail, stops_the_build
from dlint.regex import lazy

_TOOLS = ("nvidia-smi", "rocm-smi", "amd-smi", "nvidia-debugdump")
# What fails where there is no GPU, and what only says so.
_FAILING = lazy(
    r"torch\.cuda\.(?:get_device_(?:name|properties|capability)|current_device|init|mem_get_info|synchronize)\s*\("
    r"|jax\.devices\(\s*['\"](?:gpu|cuda|rocm)['\"]\s*\)"
    r"|assert\b[^\n;]*(?:torch\.cuda\.(?:is_available|device_count)\(\)|list_physical_devices\(\s*['\"]GPU['\"])"
    r"|\.cuda\(\)|\.to\(\s*['\"]cuda(?::\d)?['\"]\s*\)"
)
_ASKING = lazy(
    r"print\((?:[^\n;]*[^\w.])?(?:torch\.cuda\.(?:is_available|device_count)\(\)"
    r"|tf\.config\.(?:experimental\.)?list_physical_devices\(\s*['\"]GPU['\"])"
)
_CHOOSES = lazy(r"\bif\b[^\n;]*is_available\(\)|is_available\(\)\s*(?:and|or)\b|\btry\s*:")


@rule(
    "gpu-query-at-build",
    severity=ERROR,
    triggers=("nvidia-smi", "rocm-smi", "amd-smi", "debugdump", ".cuda", "physical_devices", "jax.devices", ".to("),
)
def check(build: Build, report: Report) -> None:
    for command in build.commands(*_TOOLS, "python"):
        if command.step.stage.root.family in (None, "l4t") or _has_device(command):
            continue
        if command.name in _TOOLS:
            if not is_expected_to_fail(command):
                report(
                    command.head(0),
                    f"{command.name} asks the driver, and a build has none",
                    advice="check it when the container starts, in the entrypoint or a HEALTHCHECK",
                    severity=ERROR if command.name == "nvidia-smi" and stops_the_build(command) else WARNING,
                )
            continue
        program = inline_program(command)
        if program is None or is_expected_to_fail(command) or _CHOOSES.search(program):
            continue
        failing = _FAILING.search(program)
        if failing:
            report(
                command.head(0),
                f"{failing[0].strip()} fails here: a build has no GPU",
                advice="check it when the container starts; torch.version.cuda says what torch was built with",
                severity=ERROR if stops_the_build(command) else WARNING,
            )
        elif _ASKING.search(program):
            report(
                command.head(0),
                "this always prints that there is no GPU, as a build has none",
                advice="print torch.version.cuda, which says what torch was built with",
                severity=INFO,
            )


def _has_device(command: Command) -> bool:
    return any(flag.name == "device" for flag in command.step.instruction.flags)
