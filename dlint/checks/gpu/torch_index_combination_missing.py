"""Report versions of torch in CUDA builds that were never published."""

from dlint.checks import ERROR, WARNING, Fix, Report, Span, fix, rule
from dlint.knowledge.packages import PYTHON_TOOLS
from dlint.knowledge.torch import RELEASES
from dlint.model.build import Build
from dlint.model.environment import Request
from dlint.model.versions import minor
from dlint.regex import lazy

_FINAL = lazy(r"\d+(?:\.\d+)*(?:\+cu\d+)?\Z")
_CUDA = lazy(r"cu\d+\Z")


@rule(
    "torch-index-combination-missing",
    severity=ERROR,
    triggers=("torch AND cu1", "torch AND cu9"),
    context_triggers=PYTHON_TOOLS,
    fix="unsafe",
)
def check(build: Build, report: Report) -> None:
    for request in build.requests:
        variant = request.accelerator or ""
        known = RELEASES.get(minor(request.exact) or "")
        if request.name != "torch" or not _CUDA.match(variant) or known is None or not known.variants:
            continue
        if variant in known.variants or not _FINAL.match(request.exact or "") or not _is_official(request):
            continue
        version = str(request.exact).partition("+")[0]
        may_fall_back = "+" not in str(request.exact) and request.has_more_indexes
        is_certain = not (request.is_conditional or may_fall_back)
        offered = ", ".join(sorted(known.variants, key=_number))
        report(
            request.span,
            f"torch {version} was not published for {variant}"
            + (", so another index decides what is installed" if may_fall_back else ""),
            advice=f"use one of its builds: {offered}",
            severity=ERROR if is_certain else WARNING,
            fix=_nearest(request, variant, known.variants),
        )


def _number(variant: str) -> int:
    return int(variant[2:])


def _is_official(request: Request) -> bool:
    """Whether the packages come from PyTorch's indexes: what others hold is unknown."""
    addresses = request.addresses
    return all("pytorch.org/whl/" in each or "pypi.org" in each for each in addresses) and not any(
        part in each for part in ("/nightly", "/test") for each in addresses
    )


def _nearest(request: Request, variant: str, offered: frozenset[str]) -> Fix | None:
    """Return a fix that asks for the nearest build of the same major version, wherever the command names one."""
    major = _number(variant) // 10
    same = [other for other in offered if _number(other) // 10 == major]
    if not same or request.path:
        return None
    chosen = min(same, key=lambda other: (abs(_number(other) - _number(variant)), -_number(other)))
    command = request.install.command
    edits = []
    for word in command.arguments:
        at = word.value.find(variant)
        if at < 0 or (at and word.value[at - 1] not in "+/="):
            continue
        if not command.can_be_edited(word):
            return None
        start = word.span.start + at
        edits.append((Span(start, start + len(variant)), chosen))
    return fix("unsafe", f"take {chosen}", *edits) if edits else None
