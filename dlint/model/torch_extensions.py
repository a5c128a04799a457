"""The CUDA extensions of torch that a build compiles."""

from dlint.knowledge.torch_extensions import EXTENSIONS, Extension
from dlint.model.clones import cloned_at
from dlint.model.commands import Command
from dlint.model.container_paths import in_context
from dlint.model.packages import Install, Package
from dlint.model.python_installs import normalise
from dlint.model.stages import Stage
from dlint.text import Span

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from dlint.model.build import Build

_SETUP_VERBS = ("install", "develop", "build", "bdist_wheel", "build_ext")
_OWN = Extension()
# What a setup.py says that looks for a GPU, or chooses the architectures, itself.
_DECIDES = ("is_available", "gencode", "generate-code", "TORCH_CUDA_ARCH_LIST", "FORCE_CUDA")


class ExtensionBuild:
    """One compilation: *name* of the project, how it is done, and the *command* and *span* that ask for it."""

    __slots__ = ("command", "extension", "has_own_torch", "name", "span")

    def __init__(self, name: str, extension: Extension, command: Command, span: Span, *, has_own_torch: bool) -> None:
        self.name = name
        self.extension = extension
        self.command = command
        self.span = span
        self.has_own_torch = has_own_torch
        """Whether pip compiles it with a torch fetched for that, not the one that is installed."""

    @property
    def stage(self) -> Stage:
        """The stage it is compiled in."""
        return self.command.step.stage


def extension_builds(build: "Build") -> "tuple[ExtensionBuild, ...]":
    """Return the extensions that are compiled from source, in file order; those left out by a setting do not count."""
    return build.once("extension_builds", lambda: tuple(_find(build)))


def _find(build: "Build") -> "Iterator[ExtensionBuild]":
    for request in build.requests:
        if request.install.manager in ("pip", "uv") and request.install.verb not in ("download", "tool install"):
            found = _of_package(build, request.install, request.package)
            if found and not is_left_out(*found, request.install.command):
                yield ExtensionBuild(
                    *found, request.install.command, request.span, has_own_torch=_is_isolated(request.install, found[1])
                )
    for command in build.commands("python"):
        values = command.values()
        if values and values[0].endswith("setup.py") and any(value in _SETUP_VERBS for value in values[1:]):
            found = _at(build, command, values[0].rpartition("/")[0] or ".")
            if found and not is_left_out(*found, command):
                yield ExtensionBuild(*found, command, command.head(1), has_own_torch=False)


def _of_package(build: "Build", install: Install, package: Package) -> "tuple[str, Extension] | None":
    """Return the project that installing a package compiles."""
    if package.is_url:
        address = (package.version or "").partition("#")[0]
        extension = EXTENSIONS.get(package.name)
        return (package.name, extension) if extension and not address.endswith(".whl") else None
    if package.is_local:
        return None if package.name.endswith(".whl") else _at(build, install.command, package.name.partition("[")[0])
    extension = EXTENSIONS.get(package.name)
    if extension is None or extension.wheels not in ("", "own") or install.manager == "conda":
        return None
    has_wheels = install.arguments.has(
        "-f", "--find-links", "--extra-index-url", "-i", "--index-url", "--only-binary", "--no-index"
    )
    return None if has_wheels else (package.name, extension)


def _at(build: "Build", command: Command, folder: str) -> "tuple[str, Extension] | None":
    """Return the project in a folder: a known clone, or a setup.py of the context that has CUDA code compiled."""
    clone = cloned_at(build, command, folder)
    if clone:
        name = normalise(clone.name)
        return (name, EXTENSIONS[name]) if name in EXTENSIONS else None
    path = in_context(build, command, f"{folder}/setup.py") if build.context.is_known else None
    setup = build.context.text(path) if path else None
    if path and setup and "CUDAExtension(" in setup.text and not any(word in setup.text for word in _DECIDES):
        return path, _OWN
    return None


def _is_isolated(install: Install, extension: Extension) -> bool:
    return extension.is_isolated and not (
        install.arguments.has("--no-build-isolation", "--no-build-isolation-package")
        or is_given(install.command, "PIP_NO_BUILD_ISOLATION", "UV_NO_BUILD_ISOLATION")
    )


def is_left_out(name: str, extension: Extension, command: Command) -> bool:
    """Whether a setting keeps the CUDA code of a project from being compiled."""
    if extension.disabled and command.setting(extension.disabled[0]) == extension.disabled[1]:
        return True
    return any(command.setting(variable) == "0" for variable in extension.forced)


def is_given(command: Command, *names: str) -> bool:
    """Whether one of these variables is set for a command in any way, to whatever value."""
    environment = command.step.environment
    words = [*command.assignments, *(command.simple.words if command.wrappers else ())]
    return any(
        environment.set_value(name) is not None or environment.declares(name) or name in command.step.exports
        for name in names
    ) or any(word.value.startswith(f"{name}=") for word in words for name in names)
