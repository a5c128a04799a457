"""Report torchvision and torchaudio that are pinned for another release of torch."""

from dlint.checks import ERROR, WARNING, Fix, Report, fix, rule
from dlint.model.build import Build
from dlint.model.environment import Request, together
from dlint.text import Span

_COMPANIONS = ("torchvision", "torchaudio")


@rule(
    "torch-family-mismatch",
    severity=ERROR,
    fix="unsafe",
    triggers=("torchvision", "torchaudio", "requirement", ".txt"),
)
def check(build: Build, report: Report) -> None:
    reported = set()
    for request in build.requests:
        if request.name not in _COMPANIONS or not _counts(request):
            continue
        from dlint.knowledge.torch import companion_of

        torch = _torch_beside(build, request)
        wanted = companion_of(request.name, torch.release) if torch and torch.release else None
        found = request.release
        if torch is None or wanted is None or found is None or found[: len(wanted)] == wanted:
            continue
        place = (request.location.path, request.location.span)
        if place in reported:
            continue
        reported.add(place)
        right = ".".join(map(str, wanted))
        report(
            request.span,
            f"{request.name} {request.exact} goes with another release of torch than {torch.exact}{_where(request)}",
            advice=f"pin {request.name}=={right} beside torch {torch.exact}",
            labels=((torch.location, f"torch {torch.exact}"),),
            severity=ERROR if _is_certain(torch, request) else WARNING,
            fix=_repin(request, right),
        )


def _counts(request: Request) -> bool:
    """Whether pip resolves it: conda channels decide for themselves, and --no-deps means somebody else has."""
    install = request.install
    return (
        install.manager in ("pip", "uv")
        and request.release is not None
        and not request.is_conditional
        and not install.arguments.has("--no-deps", "--override", "--overrides")
        and (request.exact or "").partition("+")[0].replace(".", "").isdigit()
    )


def _torch_beside(build: Build, request: Request) -> Request | None:
    """Return the one pinned torch of the same environment; a bare "torch" beside it changes nothing."""
    wanted = [other for other in together(build, request) if other.name == "torch" and other.package.version != ""]
    is_one = len({other.release for other in wanted}) == 1 and all(map(_counts, wanted))
    return wanted[0] if is_one else None


def _is_certain(torch: Request, request: Request) -> bool:
    """Whether both come from PyPI or from the indexes of PyTorch, whose wheels are known."""
    builds = {torch.accelerator, request.accelerator}
    is_known = all(build is None or build == "cpu" or build.startswith("cu") for build in builds)
    is_plain = all(
        each.is_from_default_index or each.accelerator or each.extra_accelerators for each in (torch, request)
    )
    # One command fails; a later one replaces torch, or breaks torchvision.
    return is_known and is_plain and torch.install.command is request.install.command


def _where(request: Request) -> str:
    return f" (in {request.path})" if request.path else ""


def _repin(request: Request, version: str) -> Fix | None:
    """Return the fix that writes the right version, where the pin stands on the command line as it is read."""
    word = request.package.word
    command = request.install.command
    text = word.value
    if request.path or not command.can_be_edited(word) or not text.endswith(f"=={request.exact}"):
        return None
    local = (request.exact or "").partition("+")[2]
    start = word.span.end - len(request.exact or "")
    new = f"{version}+{local}" if local else version
    return fix("unsafe", f"pin {request.name}=={new}", (Span(start, word.span.end), new))
