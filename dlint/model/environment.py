"""The Python environments of a build: every package it asks for, wherever that is written.

Command lines and the requirement files they read are one list here, so that rules about packages
need not know where a name stands.
"""

from dlint.diagnostic import Location
from dlint.model.packages import Install, Package
from dlint.model.stages import Stage, Step
from dlint.model.versions import exact, release
from dlint.regex import lazy
from dlint.text import Span

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from dlint.model.build import Build
    from dlint.model.requirements import Requirements

PYTHON_MANAGERS = frozenset({"pip", "uv", "conda", "poetry", "pdm", "pipenv", "conda-lock"})
_BUILD_OF_INDEX = lazy(r"/whl/(?:nightly/|test/)?(cu\d+|cpu|rocm[\d.]+|xpu)(?:/|\Z)")
_INDEX_OPTIONS = ("-i", "--index-url", "--default-index")
_EXTRA_OPTIONS = ("--extra-index-url", "--index", "-f", "--find-links")
_INDEX_VARIABLES = ("PIP_INDEX_URL", "UV_INDEX_URL", "UV_DEFAULT_INDEX")
_EXTRA_VARIABLES = ("PIP_EXTRA_INDEX_URL", "UV_EXTRA_INDEX_URL", "UV_INDEX", "PIP_FIND_LINKS", "UV_FIND_LINKS")


class Request:
    """One Python package that an install command asks for.

    *location* is where it is written; *span* is the place of the Dockerfile to report: the
    argument, or the name of the file that lists it. *path* is that file in the context, None on
    a command line. *is_direct* is false for what a lock names only because something else needs it.
    """

    __slots__ = ("has_hash", "indexes", "install", "is_direct", "location", "manager", "package", "path", "span")

    def __init__(
        self,
        install: Install,
        package: Package,
        location: Location,
        span: Span,
        *,
        path: str | None = None,
        has_hash: bool = False,
        indexes: tuple[str, ...] = (),
        manager: str | None = None,
        is_direct: bool = True,
    ) -> None:
        self.install = install
        self.manager = manager or install.manager
        """Whose name it is: that of the command, or ``pip`` for what an environment.yml leaves to pip."""
        self.is_direct = is_direct
        self.package = package
        self.location = location
        self.span = span
        self.path = path
        self.has_hash = has_hash
        self.indexes = indexes
        """Addresses the file adds to those of the command."""

    @property
    def name(self) -> str:
        """The normalised name of the distribution."""
        return self.package.name

    @property
    def step(self) -> Step:
        """The step that installs it."""
        return self.install.step

    @property
    def is_conditional(self) -> bool:
        """Whether it may not be installed: the command may not run, or a marker decides."""
        return self.install.is_conditional or bool(self.package.marker)

    @property
    def exact(self) -> str | None:
        """The one version that is asked for, local part included, such as ``2.5.1+cu121``."""
        if self.manager == "conda":
            version = (self.package.version or "").strip().lstrip("=").partition("=")[0]
            return version if version[:1].isdigit() and "*" not in version and version.count(".") > 1 else None
        return exact(self.package.version)

    @property
    def release(self) -> tuple[int, ...] | None:
        """The numbers of the exact version."""
        return release(self.exact)

    @property
    def accelerator(self) -> str | None:
        """Which build is certainly taken: ``cpu``, ``cu121``, ``rocm6.2``, ``xpu``; None where nothing says it.

        The local part of the version says it, uv's ``--torch-backend``, or an index that holds
        only such builds.
        """
        local = (self.exact or "").partition("+")[2]
        if local:
            return local
        if self.package.is_url and (self.package.version or "").startswith("@"):
            return None
        backend = self.install.arguments.get("--torch-backend") or self.install.command.setting("UV_TORCH_BACKEND")
        if backend and backend != "auto":
            return backend
        return _build_of(self._setting(_INDEX_OPTIONS, _INDEX_VARIABLES))

    @property
    def extra_accelerators(self) -> frozenset[str]:
        """The builds that further indexes offer beside the main one."""
        addresses = [*_given(self.install, _EXTRA_OPTIONS, _EXTRA_VARIABLES), *self.indexes]
        return frozenset(build for build in map(_build_of, addresses) if build)

    @property
    def addresses(self) -> list[str]:
        """The indexes and pages that are named for it, the main one first; none of them means PyPI."""
        main = _given(self.install, _INDEX_OPTIONS, _INDEX_VARIABLES)
        return [*main, *_given(self.install, _EXTRA_OPTIONS, _EXTRA_VARIABLES), *self.indexes]

    @property
    def has_more_indexes(self) -> bool:
        """Whether there are others beside the main one."""
        return bool(_given(self.install, _EXTRA_OPTIONS, _EXTRA_VARIABLES) or self.indexes)

    @property
    def is_from_default_index(self) -> bool:
        """Whether it surely comes from PyPI itself."""
        if self.package.is_url or self.package.is_local or self.manager == "conda" or self.indexes:
            return False
        options = _given(self.install, (*_INDEX_OPTIONS, *_EXTRA_OPTIONS), (*_INDEX_VARIABLES, *_EXTRA_VARIABLES))
        is_offline = self.install.arguments.has("--no-index") or self.install.command.setting("PIP_NO_INDEX")
        backend = self.install.arguments.get("--torch-backend") or self.install.command.setting("UV_TORCH_BACKEND")
        return not is_offline and not backend and all("pypi.org" in address for address in options)

    def _setting(self, options: tuple[str, ...], variables: tuple[str, ...]) -> str | None:
        found = _given(self.install, options, variables)
        return found[0] if found else None

    def __repr__(self) -> str:
        return f"<Request {self.package!r}>"


def _given(install: Install, options: tuple[str, ...], variables: tuple[str, ...]) -> list[str]:
    """Return the values of options, else of the variables that stand for them; ARG and ENV put in."""
    found = []
    for value, word in install.arguments.words(*options):
        resolved = install.command.resolve(word)
        # An option and its value may be one word.
        found.append(value if resolved is None or resolved == word.value else resolved.partition("=")[2] or resolved)
    if not found:
        settings = (install.command.setting(name) for name in variables)
        found = [setting for setting in settings if setting]
    return found


def _build_of(address: str | None) -> str | None:
    match = _BUILD_OF_INDEX.search(address.rstrip("/") + "/") if address else None
    return match[1] if match else None


def environment_key(install: Install) -> str:
    """Return what tells the environments of one stage apart: the tool's folder, a name, or a target."""
    return install.step.once(install, lambda: _environment_key(install))


def _environment_key(install: Install) -> str:
    named = install.arguments.get("-t", "--target", "--prefix", "-p", "--python", "-n", "--name")
    if named:
        return named
    if install.verb == "tool install":
        return f"tool {sorted(install.names())}"
    program = install.command.program.value if install.command.program else ""
    active = install.command.setting("VIRTUAL_ENV") or install.command.setting("CONDA_DEFAULT_ENV")
    folder = program.rpartition("/")[0]
    if folder in ("/usr/bin", "/usr/local/bin", "/opt/conda/bin"):
        folder = ""
    return (folder or f"{active}/bin") if active else folder


def is_into_image(build: "Build", request: Request) -> bool:
    """Whether a package surely goes into the Python that the base image brings, not into an environment beside it."""
    install = request.install
    if install.manager not in ("pip", "uv") or environment_key(install) or install.arguments.has("--user", "--root"):
        return False
    if install.verb not in ("install", "pip install"):
        return False
    is_system = install.arguments.has("--system") or install.command.setting("UV_SYSTEM_PYTHON")
    if install.manager == "uv" and not (is_system and install.verb == "pip install"):
        return False
    return request.step.stage.chain[-1] not in build.once("stages_with_environments", lambda: _with_environments(build))


def _with_environments(build: "Build") -> frozenset[Stage]:
    """Return the lowest stages of those in which an environment is made."""
    found = set()
    for command in build.commands():
        values = command.values()
        if command.name in ("venv", "virtualenv") or (command.name == "uv" and values[:1] in (["venv"], ["sync"])):
            found.add(command.step.stage.chain[-1])
    for install in build.installs:
        if install.manager == "conda" and install.verb.endswith("create"):
            found.add(install.step.stage.chain[-1])
    return frozenset(found)


def find_requests(build: "Build") -> tuple[Request, ...]:
    """Return every package that the build's commands ask for, in the order of the file."""
    found: list[Request] = []
    seen: set[tuple[object, ...]] = set()
    for install in build.installs:
        if install.manager not in PYTHON_MANAGERS:
            continue
        source = install.step.stage.source
        found += [
            Request(install, package, Location(source, package.span), package.span) for package in install.packages
        ]
        for span, path, manifest in manifests(build, install):
            found += [
                Request(
                    install, entry.package, Location(entry.source, entry.span), span, path=path,
                    has_hash=entry.has_hash, is_direct=entry.is_direct,
                    indexes=(entry.index,) if entry.index else tuple(manifest.indexes),
                    manager="conda" if entry.manager == "conda" else None if install.manager != "conda" else "pip",
                )
                for entry in manifest.entries
                if not manifest.is_lock or _is_new(seen, install, path, entry.package)
            ]  # fmt: skip
    return tuple(found)


def _is_new(seen: "set[tuple[object, ...]]", install: Install, path: str, package: Package) -> bool:
    """Whether a lock's package was not asked for before: projects are often installed in two steps."""
    key = (install.step.stage.index, environment_key(install), path, package.name, package.version)
    is_new = key not in seen
    seen.add(key)
    return is_new


def manifests(build: "Build", install: Install) -> "Iterator[tuple[Span, str, Requirements]]":
    """Yield the files of the context that an install command reads: the place that names it, its path, its content.

    A file that cannot be seen or read is left out: what it holds is unknown.
    """
    if build.invocation.context is None:
        return
    from dlint.model.lockfiles import files_of

    for manifest in files_of(build, install).manifests:
        yield manifest.span, manifest.path, manifest.found


def together(build: "Build", request: Request) -> tuple[Request, ...]:
    """Return what is asked for in the same environment when the stage of a request ends, itself included.

    What the stages below it ask for counts; what later stages add does not.
    """
    key = environment_key(request.install)
    chain = request.step.stage.chain
    return tuple(
        other for other in build.requests if other.step.stage in chain and environment_key(other.install) == key
    )


def in_stages(build: "Build", stages: tuple[Stage, ...]) -> tuple[Request, ...]:
    """Return what is asked for in these stages."""
    return tuple(request for request in build.requests if request.step.stage in stages)
