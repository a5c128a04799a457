"""Report OpenCV with windows in images that show none."""

from itertools import islice

from dlint.checks import WARNING, Report, Saving, rule
from dlint.checks.size._shipping import company, first_of_each, renamed, shipped
from dlint.knowledge.packages import PYTHON_TOOLS
from dlint.knowledge.wheels import NEEDS_OPENCV_GUI
from dlint.model.build import Build
from dlint.model.role import Role
from dlint.model.shared_libraries import missing_libraries
from dlint.parser.dockerfile import ast
from dlint.regex import lazy

# 188 MB against 153 MB unpacked (opencv-python and -headless 5.0.0.93 on PyPI, 2026-11).
_SAVING = Saving(disk_bytes=35_000_000, basis="table", bound="at-least")
_GUI_VARIABLES = lazy(r"DISPLAY|QT_|XAUTHORITY|VNC")
_GUI_TEXT = lazy(r"(?i)\.X11-unix|vnc|xvfb|x11-apps|xauth|\bqt5|pyqt|pyside|libgtk|x-?server|desktop|imshow")
_WINDOW_CALLS = ("imshow(", "namedWindow(", "waitKey(")
# System packages that are there for this build alone.
_LIBRARIES = ("libgl1", "libgl1-mesa-glx", "libsm6", "libxext6", "libxrender1", "libxrender-dev", "mesa-libGL")
_MAX_SCRIPTS = 300


@rule("opencv-gui-build", severity=WARNING, triggers=("opencv",), context_triggers=PYTHON_TOOLS, fix="unsafe")
def check(build: Build, report: Report) -> None:
    requests = first_of_each(request for request in shipped(build) if request.name in NEEDS_OPENCV_GUI)
    if not requests or build.role in (Role.NOTEBOOK, Role.DEVELOPMENT) or _has_windows(build):
        return
    for request in requests:
        names = {other.name for other in company(build, request)}
        if request.is_conditional or request.has_hash or not request.is_from_default_index or not _is_alone(names):
            continue
        # missing-system-library says so, with the same advice.
        if any(missing.request is request for missing in missing_libraries(build)):
            return
        headless = f"{request.name}-headless"
        libraries = _libraries(build)
        where = f" (in {request.path})" if request.path else ""
        report(
            request.span,
            f"{request.name}{where} is the build with windows, which needs X and OpenGL, and nothing here shows one",
            advice=f"install {headless}" + (f"; {', '.join(libraries)} can then go too" if libraries else ""),
            saving=_SAVING,
            fix=renamed(request, headless),
        )
        return


def _is_alone(names: set[str]) -> bool:
    """Whether nothing else in the environment asks for an OpenCV of its own."""
    others = set().union(*NEEDS_OPENCV_GUI.values())
    return others.isdisjoint(names) and not any(name.endswith("-headless") for name in names)


def _has_windows(build: Build) -> bool:
    """Whether the image, or its code as far as it can be seen, may show windows."""
    if _GUI_TEXT.search(build.prose) or any(stage.root.family is None for stage in build.runtime_chain):
        return True
    for step in build.steps(ast.Env, ast.Arg):
        if any(_GUI_VARIABLES.search(pair.key.value) for pair in step.instruction.pairs):  # type: ignore[attr-defined]
            return True
    return any(_opens_window(build, path) for path in _scripts(build))


def _scripts(build: Build) -> list[str]:
    entries = build.context.walk()
    return list(islice((entry.path for entry in entries if entry.path.endswith(".py")), _MAX_SCRIPTS))


def _opens_window(build: Build, path: str) -> bool:
    source = build.context.text(path)
    return source is not None and any(call in source.text for call in _WINDOW_CALLS)


def _libraries(build: Build) -> list[str]:
    names = {
        name
        for install in build.installs
        if install.step.stage in build.runtime_chain and install.manager in ("apt", "dnf")
        for name in install.names()
    }
    return [name for name in _LIBRARIES if name in names]
