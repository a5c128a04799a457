"""What a container needs of the packages that were installed to compile with."""

from dlint.knowledge.runtime_libraries import (
    BRINGS_GOMP,
    BUILD_ONLY,
    PYTHON_BRINGS,
    RECOMMENDS_CERTIFICATES,
    RELEASES,
    RUNTIME_LIBRARIES,
    WHEELS,
)
from dlint.knowledge.system_libraries import NEEDS, THROUGH
from dlint.model.build_tools import is_build_tool
from dlint.model.environment import PYTHON_MANAGERS
from dlint.rewrites.system_text import with_packages

TYPE_CHECKING = False
if TYPE_CHECKING:
    from dlint.model.build import Build
    from dlint.model.packages import Install
    from dlint.model.stages import Stage

_UNSEEN = "what is installed cannot be seen here: see that nothing of it calls a compiler while it runs"


class RuntimePackages:
    """The packages that ship: *tools* stay in the builder, *libraries* are named in their place.

    *caution* says what could not be seen.
    """

    def __init__(self, build: "Build", stage: "Stage") -> None:
        self.build = build
        self.stage = stage
        self.tools: list[str] = []
        self.libraries: list[str] = []
        self.caution: str | None = None

    def run(self, install: "Install") -> str | None:
        """Return the RUN that installs what is needed later of an installation; None if that is nothing."""
        names = [package.name for package in install.packages]
        skips = "no-install-recommends" in install.step.instruction.line.text or (
            "Install-Recommends" in install.step.instruction.line.text
        )
        instead: dict[str, tuple[str, ...]] = {}
        already: set[str] = set()
        for name in names:
            words = self._needed(name)
            if name in RECOMMENDS_CERTIFICATES and "ca-certificates" not in names and not skips:
                words = (*words, "ca-certificates")
            instead[name] = tuple(word for word in words if word not in already)
            already.update(words)
        self.tools += [name for name in names if is_build_tool(name) and name not in self.tools]
        self.libraries += [word for words in instead.values() for word in words if word not in names]
        return with_packages(self.build.source, install, instead) if already else None

    def _needed(self, name: str) -> tuple[str, ...]:
        if name in BRINGS_GOMP and self._wants_gomp():
            return ("libgomp1",)
        if is_build_tool(name) or name in BUILD_ONLY or name in PYTHON_BRINGS:
            return ()
        # Elsewhere the headers stay, which bring their library.
        is_known = self.stage.root.os_version in (None, *RELEASES)
        return RUNTIME_LIBRARIES.get(name, (name,)) if is_known else (name,)

    def _wants_gomp(self) -> bool:
        """Whether something may load the library that the compiler brought: known to, compiled here, or not seen."""
        requests = [request for request in self.build.requests if request.step.stage is self.stage]
        names = {request.name for request in requests}
        names |= {THROUGH[name] for name in names if name in THROUGH}
        if any("libgomp1" in need.packages and not need.at_build for name in names for need in NEEDS.get(name, ())):
            return True
        installs = [each for each in self.build.installs if each.step.stage is self.stage]
        if not all(_is_seen(self.build, each) for each in installs if each.manager in PYTHON_MANAGERS):
            self.caution = _UNSEEN
            return True
        return not {request.name for request in requests if request.is_direct} <= WHEELS


def _is_seen(build: "Build", install: "Install") -> bool:
    """Whether the packages that an installation is asked for are known by name."""
    from dlint.model.compiling import is_all_seen
    from dlint.model.lockfiles import files_of

    if install.verb == "sync":
        return bool(files_of(build, install).manifests) and not _builds_project(build, install)
    return is_all_seen(build, install)


def _builds_project(build: "Build", install: "Install") -> bool:
    """Whether uv builds the project itself, which may compile something."""
    from dlint.model.project_file import read_project

    project = read_project(build, install.command)
    return not install.arguments.has("--no-install-project") and (project is None or "build-system" in project)
