"""The CUDA compiler of a stage."""

from dlint.model.stages import Stage
from dlint.model.system_packages import system_packages
from dlint.regex import lazy
from dlint.text import Span

TYPE_CHECKING = False
if TYPE_CHECKING:
    from dlint.model.build import Build

_PACKAGE = lazy(r"cuda-(?:(?:toolkit|nvcc|compiler|minimal-build|command-line-tools)-)?(\d+)-(\d+)\Z")
_WITHOUT_VERSION = frozenset({"nvidia-cuda-toolkit", "cuda-toolkit", "cuda-nvcc", "cuda"})


class Toolkit:
    """A CUDA toolkit with its compiler: *version* is ``12.8``, None where it is unknown; *span* is what brings it."""

    __slots__ = ("name", "span", "version")

    def __init__(self, name: str, version: str | None, span: Span) -> None:
        self.name = name
        """The image or the package."""
        self.version = version
        self.span = span


def toolkit_of(build: "Build", stage: Stage) -> Toolkit | None:
    """Return the CUDA toolkit a stage compiles with, None where none can be seen.

    It comes with the base image or with packages; where there are several, the version is unknown.
    """
    return build.once(f"toolkit of {stage.index}", lambda: _find_toolkit(build, stage))


def _find_toolkit(build: "Build", stage: Stage) -> Toolkit | None:
    found = []
    root = stage.root
    bottom = stage.chain[-1]
    if root.flavour == "devel" and root.accelerator == "cuda" and bottom.image:
        version = ".".join((root.cuda or "").split(".")[:2]) or None
        found.append(Toolkit(bottom.image.text, version, bottom.instruction.image.span))
    for name, package in system_packages(build, stage).items():
        match = _PACKAGE.match(name)
        if match:
            found.append(Toolkit(name, f"{match[1]}.{match[2]}", package.span))
        elif name in _WITHOUT_VERSION:
            found.append(Toolkit(name, None, package.span))
    if not found:
        return None
    home = (stage.environment.set_value("CUDA_HOME") or "/usr/local/cuda").rstrip("/")
    is_usual = home in ("/usr/local/cuda", f"/usr/local/cuda-{found[0].version}")
    if len({toolkit.version for toolkit in found}) > 1 or not is_usual:
        return Toolkit(found[0].name, None, found[0].span)
    return found[0]
