"""Report base images that exist for another platform only."""

from dlint.checks import WARNING, Report, rule
from dlint.model.build import Build
from dlint.model.stages import Stage
from dlint.parser.dockerfile.expansion import UNKNOWN

# Docker Hub namespaces whose images are of one architecture (docker-library/official-images).
_NAMESPACES = {
    "amd64": "amd64", "arm32v5": "arm", "arm32v6": "arm", "arm32v7": "arm", "arm64v8": "arm64", "i386": "386",
    "ppc64le": "ppc64le", "riscv64": "riscv64", "s390x": "s390x",
}  # fmt: skip
_NAMES = {"x86_64": "amd64", "x86-64": "amd64", "aarch64": "arm64", "armhf": "arm", "armel": "arm"}


@rule("base-image-platform-mismatch", severity=WARNING, aliases=("InvalidBaseImagePlatform",), triggers=("platform",))
def check(build: Build, report: Report) -> None:
    for stage in build.stages:
        asked = _asked(stage)
        if asked is None or stage.image is None:
            continue
        offered = _offered(stage)
        if offered and offered != asked:
            report(
                stage.instruction.image.span,
                f"{stage.image.name} is an image for {offered}, and --platform asks for {asked}",
                advice="use the image of the same name without its prefix, which has all platforms",
            )


def _asked(stage: Stage) -> str | None:
    platform = stage.platform
    if not platform or UNKNOWN in platform:
        return None
    parts = platform.split("/")
    if len(parts) == 1:
        return f"linux/{_NAMES.get(parts[0], parts[0])}" if parts[0] not in ("linux", "windows") else None
    return f"{parts[0]}/{_NAMES.get(parts[1], parts[1])}"


def _offered(stage: Stage) -> str | None:
    assert stage.image is not None
    if stage.image.registry != "docker.io":
        return None
    architecture = _NAMESPACES.get(stage.image.repository.partition("/")[0])
    return f"linux/{architecture}" if architecture else None
