"""Report NVIDIA drivers, and what starts containers with GPUs, in images."""

from dlint.checks import WARNING, Report, Saving, rule
from dlint.knowledge.nvidia_packages import CONTAINER_ENGINES, CONTAINER_RUNTIME, DRIVER, WITH_DRIVER
from dlint.model.build import Build
from dlint.model.packages import Package
from dlint.model.stages import Stage
from dlint.model.system_packages import SYSTEM_MANAGERS, system_packages

# nvidia-driver-550 and what it depends on, unpacked, on Ubuntu 24.04.
_SAVING = Saving(disk_bytes=700_000_000, basis="table", bound="at-least")
# The package cuda itself may stand anywhere, but not as a part of an image's name.
_TRIGGERS = ("nvidia-", "libnvidia", "libcuda", "cuda-", *(f"{sign}cuda" for sign in " \t\n=\"'"))
_JETSON = ("l4t", "jetson", "tegra", "dustynv")


@rule("driver-in-image", severity=WARNING, triggers=_TRIGGERS)
def check(build: Build, report: Report) -> None:
    if "driver" in build.invocation.project_path.lower():
        return
    seen = set()
    chain = build.runtime_chain
    for install in build.installs:
        stage = install.step.stage
        if install.manager not in SYSTEM_MANAGERS or stage not in chain or _is_jetson(stage):
            continue
        reported = [package for package in install.packages if _belongs_to_machine(package.name)]
        if not reported:
            continue
        package = reported[0]
        if CONTAINER_RUNTIME.match(package.name):
            if stage in seen or CONTAINER_ENGINES & system_packages(build, stage).keys():
                continue
            seen.add(stage)
            report(
                package.span,
                f"{package.name} belongs on the machine that starts containers, and does nothing in one",
                advice="remove it, and start the container with --gpus",
            )
            continue
        if WITH_DRIVER.match(package.name):
            what, advice = "brings", f"install {_instead(package)}"
        else:
            what, advice = "is part of", "remove it: the container runtime mounts it"
        report(
            package.span,
            f"{package.name} {what} the NVIDIA driver, which a container gets from its machine, in its version",
            advice=advice,
            saving=_SAVING if "driver" in package.name or what == "brings" else None,
        )


def _belongs_to_machine(name: str) -> bool:
    return bool(DRIVER.match(name) or WITH_DRIVER.match(name) or CONTAINER_RUNTIME.match(name))


def _instead(package: Package) -> str:
    version = package.name.removeprefix("cuda-runtime").removeprefix("cuda")
    return f"cuda-toolkit{version}, or cuda-libraries{version} to run programs only"


def _is_jetson(stage: Stage) -> bool:
    return any(word in member.image_text for member in stage.chain for word in _JETSON)
