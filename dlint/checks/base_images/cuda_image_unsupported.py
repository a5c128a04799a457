"""Report nvidia/cuda images that are gone, or that NVIDIA keeps up no longer."""

from dlint.checks import ERROR, INFO, WARNING, Report, Severity, rule
from dlint.knowledge.cuda_images import (
    CUDA_13_RELEASED,
    END_OF_DRIVER,
    LAST_OF_CUDA_11,
    POINT_RELEASES,
    REMAINING_BEFORE_12,
    UBUNTU,
    WITHOUT_CUDNN,
)
from dlint.model.base_image import BaseImage
from dlint.model.build import Build
from dlint.model.versions import minor, release

TYPE_CHECKING = False
if TYPE_CHECKING:
    Finding = tuple[Severity, str, str]

_NVIDIA = ("nvidia/cuda", "nvcr.io/nvidia/cuda")
_MONTHS_KEPT = 6
_PICK = "take one of the tags NVIDIA lists as supported"


@rule("cuda-image-unsupported", severity=WARNING, triggers=("nvidia/cuda",))
def check(build: Build, report: Report) -> None:
    for stage in build.stages:
        if stage.image is None or stage.root.family != "cuda":
            continue
        found = _missing(stage.root) or _over(stage.root, report.today) or _superseded(stage.root, report.today)
        if found:
            severity, message, advice = found
            if severity == ERROR and "$" in stage.instruction.image.value:
                # Who builds it may give another tag.
                severity = WARNING
            report(stage.instruction.image.span, message, advice=advice, severity=severity)


def _missing(image: BaseImage) -> "Finding | None":
    """Return what is wrong with a tag that cannot be pulled; mirrors and digests may have what NVIDIA deleted."""
    reference = image.reference
    if reference is None or reference.digest or reference.name not in _NVIDIA:
        return None
    if reference.tag in (None, "latest"):
        return ERROR, f"{reference.name} has no latest tag", _PICK
    numbers = release(image.cuda)
    if numbers is None:
        return None
    name = f"{reference.name}:{reference.tag}"
    if numbers < (12,) and image.cuda not in REMAINING_BEFORE_12:
        return ERROR, f"{name} is gone: NVIDIA deleted the images of CUDA {image.cuda}", _PICK
    if len(numbers) < 3:
        return ERROR, f"{name} does not exist: tags have all three numbers of the version", _PICK
    first, last = UBUNTU.get(image.os_version or "", (None, None)) if image.os == "ubuntu" else (None, None)
    if (first and numbers < first) or (last and numbers[: len(last)] > last):
        return ERROR, f"{name} does not exist: there is no CUDA {image.cuda} on Ubuntu {image.os_version}", _PICK
    return None


def _over(image: BaseImage, today: str) -> "Finding | None":
    toolkit = minor(image.cuda) or ""
    end, branch = END_OF_DRIVER.get(toolkit, ("9", ""))
    advice = "move to a supported release of CUDA 12 or 13"
    if end < today:
        message = f"images of CUDA {toolkit} get no updates since driver branch {branch} ended on {end}"
        return WARNING, f"{message}, and their tags may be deleted", advice
    if toolkit == LAST_OF_CUDA_11 and today > CUDA_13_RELEASED:
        return INFO, "NVIDIA supports two major releases of CUDA, and 13 is out: CUDA 11 gets no updates", advice
    return None


def _superseded(image: BaseImage, today: str) -> "Finding | None":
    releases = [
        (version, month)
        for version, month in POINT_RELEASES.get(minor(image.cuda) or "", ())
        if (month or "") <= today and not (image.cudnn and version in WITHOUT_CUDNN)
    ]
    versions = [version for version, _ in releases]
    if image.cuda not in versions or image.cuda == versions[-1]:
        return None
    successor, month = releases[versions.index(image.cuda) + 1]
    due = _later(month, _MONTHS_KEPT) if month else None
    message = f"CUDA {image.cuda} images are not kept up since {successor} came out"
    if due and due < today:
        return WARNING, f"{message}, and their tags have been due for deletion since {due}", f"use {versions[-1]}"
    return INFO, f"{message}, and their tags may be deleted", f"use {versions[-1]}"


def _later(month: str, months: int) -> str:
    """Return the month some months later: ``2025-10`` and 6 give ``2026-04``."""
    year, number = month.split("-")
    total = int(year) * 12 + int(number) - 1 + months
    return f"{total // 12}-{total % 12 + 1:02}"
