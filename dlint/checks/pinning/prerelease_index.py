"""Report installations of nightly builds and pre-releases."""

from dlint.checks import INFO, WARNING, Report, rule
from dlint.model.build import Build
from dlint.model.environment import Request, manifests
from dlint.model.packages import Install
from dlint.model.role import Role
from dlint.regex import lazy
from dlint.text import Span

_NIGHTLY = lazy(r"download(?:-r2)?\.pytorch\.org/whl/(nightly|test)\b")
_INDEX_OPTIONS = ("-i", "--index-url", "--extra-index-url", "--index", "--default-index", "-f", "--find-links")
_VARIABLES = (
    "PIP_INDEX_URL",
    "PIP_EXTRA_INDEX_URL",
    "UV_INDEX_URL",
    "UV_INDEX",
    "UV_EXTRA_INDEX_URL",
    "UV_DEFAULT_INDEX",
)
_MANAGERS = ("pip", "uv")
_PRE = "pre-releases"


@rule("prerelease-index", severity=WARNING, triggers=("nightly", "--pre", "whl/test", "requirement", ".txt"))
def check(build: Build, report: Report) -> None:
    if build.role is Role.DEVELOPMENT or _is_about_nightlies(build):
        return
    requests: dict[Install, list[Request]] = {}
    for request in build.requests:
        requests.setdefault(request.install, []).append(request)
    for install in build.installs:
        if install.manager not in _MANAGERS or install.step.stage not in build.reachable:
            continue
        found = _found(build, install)
        wanted = requests.get(install, [])
        # A pinned build is what people mean; it just has to be kept somewhere.
        if found is None or (wanted and all(request.exact or request.package.is_url for request in wanted)):
            continue
        span, what = found
        names = ", ".join(dict.fromkeys(request.name for request in wanted[:3])) or "packages"
        report(
            span,
            f"{names} {'come' if len(wanted) != 1 else 'comes'} from {what}: every build gets "
            + ("the newest of them" if what == _PRE else "another one"),
            # Some packages have nothing but pre-releases, and PyPI keeps those.
            advice="write ==VERSION, or take a release if there is one"
            if what == _PRE
            else "install a release, or pin the exact build and keep its wheel",
            severity=INFO if install.is_conditional else WARNING,
        )


def _found(build: Build, install: Install) -> tuple[Span, str] | None:
    """Return what lets pre-releases in, and its place."""
    for value, word in install.arguments.words(*_INDEX_OPTIONS):
        match = _NIGHTLY.search(install.command.resolve(word) or value)
        if match:
            return word.span, _index(match[1])
    for name in _VARIABLES:
        match = _NIGHTLY.search(install.command.setting(name) or "")
        if match:
            return install.span, f"{_index(match[1])} ({name})"
    for option, given, word, _ in install.arguments.options:
        if option == "--pre" or (option == "--prerelease" and given == "allow"):
            return word.span, _PRE
    for span, path, manifest in manifests(build, install):
        match = next(filter(None, map(_NIGHTLY.search, manifest.indexes)), None)
        if match:
            return span, f"{_index(match[1])} (in {path})"
    return None


def _index(name: str) -> str:
    return "PyTorch's nightly index" if name == "nightly" else "PyTorch's index of release candidates"


def _is_about_nightlies(build: Build) -> bool:
    """Whether the file or the image it starts from says that nightly builds are the point."""
    names = [build.invocation.project_path, *(stage.image_text for stage in build.stages)]
    names += [stage.name or "" for stage in build.stages]
    return any("nightly" in name.lower() for name in names)
