"""Report CUDA extensions that are compiled with another CUDA than torch was built with."""

from dlint.checks import ERROR, INFO, WARNING, Report, rule
from dlint.knowledge.packages import PINNED_ALONG
from dlint.knowledge.torch_extensions import EXTENSIONS, FORCED_BUILDS
from dlint.model.base_image import has_package
from dlint.model.build import Build
from dlint.model.environment import PYTHON_MANAGERS, Request
from dlint.model.gpu import cuda_of_torch
from dlint.model.stages import Stage
from dlint.model.system_packages import system_packages
from dlint.model.toolkit import Toolkit, toolkit_of
from dlint.model.torch_extensions import ExtensionBuild, extension_builds, is_given
from dlint.model.versions import release

# torch 2.15, the newest, needs Python 3.10; older systems bring an older one.
_NEW_ENOUGH = {"ubuntu": 22.04, "debian": 12.0}
_HOLDS_TORCH = frozenset({*PINNED_ALONG, "torchvision", "torchaudio", "triton"}) - {"torch"}


@rule("cuda-extension-toolkit-mismatch", severity=ERROR, triggers=(*EXTENSIONS,), context_triggers=("devel", "cuda-"))
def check(build: Build, report: Report) -> None:
    every = [(request, cuda_of_torch(request)) for request in build.requests if request.name in ("torch", "pytorch")]
    torches: dict[Stage, Request | None] = {}
    for compiled in extension_builds(build):
        forced = compiled.extension.forced
        if compiled.has_own_torch or (forced and not is_given(compiled.command, *forced)):
            continue
        stage = compiled.stage
        toolkit = toolkit_of(build, stage)
        if toolkit is None or toolkit.version is None:
            continue
        if stage not in torches:
            torches[stage] = _torch(build, stage, every)
        torch = torches[stage]
        if torch and _comes_before(torch, compiled):
            # One finding a stage is enough.
            torches[stage] = None
            _compare(compiled, toolkit, torch, report)


def _compare(compiled: ExtensionBuild, toolkit: Toolkit, torch: Request, report: Report) -> None:
    cuda = cuda_of_torch(torch)
    assert toolkit.version is not None
    if cuda in (None, "none", toolkit.version):
        return
    is_minor = str(cuda).partition(".")[0] == toolkit.version.partition(".")[0]
    if is_minor and torch.exact is None:
        return
    downloads = compiled.extension.wheels == "own" and not is_given(compiled.command, FORCED_BUILDS[compiled.name])
    is_certain = torch.exact and not (downloads or compiled.command.is_conditional or torch.is_conditional)
    which = f"torch {torch.exact.partition('+')[0]} is" if torch.exact else "the newest torch is"
    compiles = "compiles, if there is no wheel for it," if downloads else "is compiled"
    report(
        compiled.span,
        f"{compiled.name} {compiles} with CUDA {toolkit.version}, and {which} built with CUDA {cuda}"
        + ("" if is_minor else ": torch refuses another major version"),
        advice=f"install a torch built with CUDA {toolkit.version}, or take a devel image of CUDA {cuda}",
        severity=INFO if is_minor else ERROR if is_certain else WARNING,
        labels=((toolkit.span, f"CUDA {toolkit.version}"), (torch.span, f"CUDA {cuda}")),
    )


def _torch(build: Build, stage: Stage, every: list[tuple[Request, str | None]]) -> Request | None:
    """Return the torch of a stage, None where it or its CUDA is not certain."""
    chain = stage.chain
    found = [(request, cuda) for request, cuda in every if request.step.stage in chain]
    if len({cuda for _, cuda in found}) != 1:
        return None
    torch = found[0][0]
    if torch.accelerator is None and "arm" in (build.invocation.platform or stage.platform or ""):
        return None
    return torch if torch.exact or _is_newest(build, stage, torch) else None


def _comes_before(request: Request, compiled: ExtensionBuild) -> bool:
    if request.step is compiled.command.step:
        return compiled.command.follows(request.install.command)
    return request.step.stage is not compiled.stage or request.step.index < compiled.command.step.index


def _is_newest(build: Build, stage: Stage, torch: Request) -> bool:
    """Whether a torch without a version is surely the newest: nothing else brings one, and Python is new enough."""
    if has_package(stage.root, "torch") or not _has_new_python(build, stage):
        return False
    chain = stage.chain
    for install in build.installs:
        if install.manager in PYTHON_MANAGERS and install.step.stage in chain:
            hides = install.files or install.constraints or any(package.is_local for package in install.packages)
            comes_later = install.step is torch.step and install.command.follows(torch.install.command)
            if hides and not comes_later and install.step.index <= torch.step.index:
                return False
    return not any(
        request.name in _HOLDS_TORCH and request.package.version != "" and request.step.stage in chain
        for request in build.requests
    )


def _has_new_python(build: Build, stage: Stage) -> bool:
    installed = [name for name in system_packages(build, stage) if name.startswith("python3.")]
    others = any(install.manager == "conda" for install in build.installs) or any(
        command.has("--python", "-p") for command in build.commands("uv")
    )
    if installed or others:
        return False
    if stage.root.python:
        return (release(stage.root.python) or (0,)) >= (3, 10)
    oldest = _NEW_ENOUGH.get(stage.root.os or "")
    numbers = release(stage.root.os_version)
    return bool(oldest and numbers and float(".".join(map(str, numbers[:2]))) >= oldest)
