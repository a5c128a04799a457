"""Report releases of torch and OpenCV that cannot use the NumPy 2 they get."""

from dlint.checks import WARNING, Fix, Location, Report, fix, rule
from dlint.model.base_image import has_package
from dlint.model.build import Build
from dlint.model.environment import PYTHON_MANAGERS, Request, environment_key, together
from dlint.model.versions import admits, release
from dlint.text import Span

_NEWEST_NUMPY = "2.2.6"
# The first minor releases that work with NumPy 2; see dlint/knowledge/numpy2.py.
_FIRST_TORCH = (2, 3)
_FIRST_OPENCV = (4, 10)
_OPENCV = tuple(f"opencv{contrib}-python{suffix}" for contrib in ("", "-contrib") for suffix in ("", "-headless"))
_CONSTRAINTS = ("PIP_CONSTRAINT", "UV_CONSTRAINT", "UV_OVERRIDE")


@rule("numpy2-with-old-framework", severity=WARNING, fix="unsafe", triggers=("torch", "opencv", "requirement", ".txt"))
def check(build: Build, report: Report) -> None:
    reported = set()
    for request in build.requests:
        if not _is_old(request) or request.is_conditional or request.install.manager not in ("pip", "uv"):
            continue
        environment_name = (request.step.stage.chain[-1], environment_key(request.install))
        if environment_name in reported:
            continue
        environment = together(build, request)
        numpy = [other for other in environment if other.name == "numpy"]
        is_pinned = bool(numpy) and all((each.release or ()) >= (2,) and not each.is_conditional for each in numpy)
        labels: tuple[tuple[Span | Location, str], ...] = ()
        if is_pinned:
            labels = ((numpy[0].location, f"numpy {numpy[0].exact}"),)
            message = (
                f"{request.name} {request.exact} was built for NumPy 1, and numpy {numpy[0].exact} is pinned beside it"
            )
        elif _gets_newest_numpy(build, request, environment):
            message = f"{request.name} {request.exact} was built for NumPy 1, and nothing keeps NumPy 2 out"
        else:
            continue
        reported.add(environment_name)
        report(
            request.span,
            message + (f" (in {request.path})" if request.path else ""),
            advice='add "numpy<2", or move to a release that works with NumPy 2',
            labels=labels,
            fix=None if is_pinned or numpy else _cap(request),
        )


def _is_old(request: Request) -> bool:
    version = request.release
    if version is None or len(version) < 2:
        return False
    first = _FIRST_TORCH if request.name == "torch" else _FIRST_OPENCV if request.name in _OPENCV else None
    return first is not None and version[:2] < first


def _gets_newest_numpy(build: Build, request: Request, environment: tuple[Request, ...]) -> bool:
    """Whether the environment surely gets NumPy 2: something needs numpy, and all is known that could hold it back."""
    # Only here: hardly any file comes this far.
    from dlint.knowledge.numpy2 import NEEDS_NUMPY, WITHOUT_NUMPY
    from dlint.model.compiling import is_all_seen
    from dlint.model.python_version import python_for

    python = release(python_for(build, request))
    if python is None or python < (3, 9) or has_package(request.step.stage.root, "numpy"):
        return False
    chain = request.step.stage.chain
    for install in build.installs:
        if install.step.stage in chain and install.manager in PYTHON_MANAGERS:
            is_constrained = install.constraints or any(map(install.command.setting, _CONSTRAINTS))
            is_constrained = is_constrained or install.arguments.has("--no-deps", "--override", "--overrides")
            if is_constrained or install.manager not in ("pip", "uv") or not is_all_seen(build, install):
                return False
    needs = False
    for other in environment:
        if other.name == "numpy":
            if not admits(other.package.version, _NEWEST_NUMPY) or other.is_conditional:
                return False
            needs = True
            continue
        is_open = other.package.version == "" or _is_old(other) or (other.name == "torchvision" and other.exact)
        if (other.name in NEEDS_NUMPY or other.name in _OPENCV) and is_open:
            needs = True
        elif other.name not in WITHOUT_NUMPY:
            return False
    return needs


def _cap(request: Request) -> Fix | None:
    """Return the fix that adds the cap behind the package, on the same command line."""
    word = request.package.word
    if request.path or not request.install.command.can_be_edited(word):
        return None
    end = word.span.end
    return fix("unsafe", 'add "numpy<2"', (Span(end, end), ' "numpy<2"'))
