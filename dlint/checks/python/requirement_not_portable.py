"""Report requirements that only the machine they were written on can meet."""

from dlint.checks import ERROR, Report, rule
from dlint.checks.claims import claim
from dlint.checks.python._requests import is_from_pypi
from dlint.knowledge.base_images import WITHOUT_ENVIRONMENT
from dlint.knowledge.platforms_of_packages import (
    CONDA_ONLY_ON,
    FOREIGN_FOLDER,
    NOT_PUBLISHED,
    ONLY_ON,
    TENSORFLOW_INTEL_EMPTY,
)
from dlint.knowledge.torch import RELEASES
from dlint.model.build import Build
from dlint.model.environment import Request
from dlint.model.packages import Package
from dlint.model.versions import minor
from dlint.regex import lazy

_LOCAL_BUILD = lazy(r"\+(cu\d+|cpu|rocm[\d.]+|xpu)\Z")
_LEAVE_OUT = "leave it out"
_SETTINGS = ("pip.conf", "uv.toml", "pip config", ".config/pip", "PIP_CONFIG_FILE", "UV_CONFIG_FILE")


@rule(
    "requirement-not-portable",
    severity=ERROR,
    triggers=(
        "file:", "==0.0.0", "tensorflow-intel", "+cu", "+cpu", "+rocm", "+xpu", "/users/", "/croot/", ":\\", *ONLY_ON,
        *CONDA_ONLY_ON,
    ),
    context_triggers=("install", "sync", "conda", "mamba"),
)  # fmt: skip
def check(build: Build, report: Report) -> None:
    seen: set[str] = set()
    for request in build.requests:
        stage = request.step.stage
        found = None if stage.root.is_windows or request.package.marker else _problem(build, request)
        if found is None:
            continue
        problem, advice = found
        severity = claim(request.install.command, ERROR, is_certain=not request.is_conditional)
        key = f"{request.path}{request.name}{request.location}"
        if severity is None or key in seen:
            continue
        seen.add(key)
        report(
            request.span,
            problem,
            advice=advice,
            labels=((request.location, "asked for here"),) if request.path else (),
            severity=severity,
        )


def _problem(build: Build, request: Request) -> tuple[str, str] | None:
    """Return what cannot be met, and what to do."""
    package, name = request.package, request.name
    if request.install.manager == "conda":
        system = CONDA_ONLY_ON.get(name)
        return (f"{name} is a package for {system}, and conda does not find it", _LEAVE_OUT) if system else None
    folder = _foreign_folder(package)
    if folder is not None and not _is_brought(build, request, folder):
        return (
            f"{_shown(package)} comes from {folder}, a folder of the machine that wrote the list",
            "write its version, name==VERSION: pip list --format=freeze shows them",
        )
    if not is_from_pypi(request):
        return None
    system = ONLY_ON.get(name)
    if system is None and name == "tensorflow-intel" and request.exact and request.exact != TENSORFLOW_INTEL_EMPTY:
        system = "Windows"
    if system:
        return f"{name} is for {system} only, and cannot be installed on Linux", _marker(name, system)
    if NOT_PUBLISHED.get(name) is not None and request.exact in (NOT_PUBLISHED[name], None):
        return f"{name} is no distribution: pip freeze of Debian and Ubuntu prints it by mistake", _LEAVE_OUT
    return _local_version(build, request)


def _marker(name: str, system: str) -> str:
    return f"leave it out, or write {name}; sys_platform == '{'win32' if system == 'Windows' else 'darwin'}'"


def _shown(package: Package) -> str:
    return package.name if not package.is_local else "the requirement"


def _foreign_folder(package: Package) -> str | None:
    """Return the folder of another machine that a requirement points to."""
    version = package.version or ""
    if package.is_url and "file:" in version:
        path = version.partition("file:")[2].partition("#")[0]
        path = "/" + path.lstrip("/")
    elif package.is_local:
        path = package.name
    else:
        return None
    return path.rstrip("/") if FOREIGN_FOLDER.match(path) or (package.is_local and _is_home(path)) else None


def _is_home(path: str) -> bool:
    return path.startswith(("/Users/", "C:", "c:", "D:", "d:"))


def _is_brought(build: Build, request: Request, folder: str) -> bool:
    """Whether the build itself names the folder somewhere else, so that it may well be there."""
    parts = folder.strip("/").split("/")
    times = build.source.text.count(f"/{'/'.join(parts[:2])}")
    return bool(parts[1:]) and times > (0 if request.path else 1)


def _local_version(build: Build, request: Request) -> tuple[str, str] | None:
    """Return what is wrong with a version such as ``2.5.1+cu121`` that no index at hand has."""
    match = _LOCAL_BUILD.search(request.exact or "")
    if match is None or not request.is_from_default_index or request.step.stage.root.family not in WITHOUT_ENVIRONMENT:
        return None
    if request.install.arguments.has("--no-deps") or any(part in build.source.text for part in _SETTINGS):
        return None
    known = RELEASES.get(minor(request.exact) or "")
    is_cuda = request.name == "torch" and match[1].startswith("cu")
    if is_cuda and known and known.variants and match[1] not in known.variants:
        # It was never published, and another rule says so.
        return None
    project = build.context.text("pyproject.toml")
    if project is not None and "[tool.uv" in project.text:
        return None
    others = build.once("local builds", lambda: _by_name(build))
    chain = request.step.stage.chain
    # It may be there already, from the right index or as a file.
    if any(
        other is not request and other.step.stage in chain
        for name in (request.name, ".whl")
        for other in others.get(name, ())
    ):
        return None
    return (
        f"{request.name} {request.exact} is not on PyPI, and no other index is named",
        f"pass --extra-index-url https://download.pytorch.org/whl/{match[1]}",
    )


def _by_name(build: Build) -> dict[str, list[Request]]:
    """Return what is asked for by name, and wheels under ``.whl``."""
    found: dict[str, list[Request]] = {}
    for request in build.requests:
        name = ".whl" if request.package.name.endswith(".whl") else request.name
        found.setdefault(name, []).append(request)
    return found
