"""Caches of package managers that can be mounted: where they are, what refuses and what empties them.

Sources: docs.docker.com/build/cache/optimize; apk-cache(5), dnf.conf(5), npm-cache(1), "Go Modules Reference"
and "The Cargo Book" (2026-11-23). Hugging Face's cache is not among them: programs read it at run time.
"""

from dlint.model.caches import has_mount_below, has_variable_mount, is_true
from dlint.model.installs import read_install
from dlint.model.quiet_commands import is_quiet
from dlint.model.stages import ROOT_USERS
from dlint.parser.dockerfile import ast

TYPE_CHECKING = False
if TYPE_CHECKING:
    from dlint.model.build import Build
    from dlint.model.commands import Command
    from dlint.model.stages import Stage, Step

# Variables that move a cache or switch it off.
_PLACES = {
    "pip": ("PIP_CACHE_DIR", "XDG_CACHE_HOME"), "uv": ("UV_CACHE_DIR", "XDG_CACHE_HOME"),
    "poetry": ("POETRY_CACHE_DIR", "XDG_CACHE_HOME"), "npm": ("NPM_CONFIG_CACHE", "npm_config_cache"),
    "conda": ("CONDA_PKGS_DIRS",), "apt": (), "apk": (), "dnf": (), "cargo": (),
    "go": ("GOCACHE", "GOMODCACHE"), "pdm": ("PDM_CACHE_DIR", "XDG_CACHE_HOME"),
}  # fmt: skip
_OFF = {"pip": "PIP_NO_CACHE_DIR", "uv": "UV_NO_CACHE", "poetry": "POETRY_NO_CACHE"}


class Cache:
    """How a package manager's cache is mounted.

    *targets* with their options, *refusals* the options that refuse the cache, *emptied* the paths and *cleans*
    the subcommands that empty it, *swap* what one option becomes, *added* an option that is needed to keep anything.
    """

    def __init__(
        self,
        targets: tuple[str, ...],
        *,
        fragments: tuple[str, ...],
        refusals: tuple[str, ...] = (),
        emptied: tuple[str, ...] = (),
        cleans: tuple[tuple[str, ...], ...] = (),
        swap: str = "",
        added: str = "",
    ) -> None:
        self.targets = targets
        self.fragments = fragments
        self.refusals = refusals
        self.emptied = emptied
        self.cleans = cleans
        self.swap = swap
        self.added = added


APT = Cache(
    ("/var/cache/apt,sharing=locked", "/var/lib/apt,sharing=locked"), fragments=("/var/cache/apt", "/var/lib/apt"),
    emptied=("/var/lib/apt/lists", "/var/cache/apt"),
    cleans=(("apt-get", "clean"), ("apt-get", "autoclean"), ("apt-get", "dist-clean"), ("apt-get", "distclean")),
)  # fmt: skip
_APK = Cache(
    ("/etc/apk/cache,sharing=locked",), fragments=("/etc/apk/cache", "/var/cache/apk"), refusals=("--no-cache",),
    emptied=("/var/cache/apk", "/etc/apk/cache"), swap="--update-cache",
)  # fmt: skip
_CONDA = Cache(
    ("/opt/conda/pkgs,sharing=locked",), fragments=("/pkgs",), emptied=("/opt/conda/pkgs",),
    cleans=(("conda", "clean"), ("mamba", "clean")),
)  # fmt: skip


_GO = Cache(("/go/pkg/mod", "/root/.cache/go-build"), fragments=("/go/pkg/mod", "go-build"),
            emptied=("/go/pkg/mod", "/root/.cache/go-build"), cleans=(("go", "clean", "-modcache"),))  # fmt: skip
_CARGO = Cache(("/usr/local/cargo/registry", "/usr/local/cargo/git/db"), fragments=("/cargo/registry",),
               emptied=("/usr/local/cargo/registry", "/usr/local/cargo/git"))  # fmt: skip
_BUILDS = {
    "go": (("build", "install", "mod", "get", "test", "run", "generate", "list", "vet"), "golang"),
    "cargo": (("build", "install", "fetch", "test", "run", "check", "chef", "doc"), "rust"),
}  # fmt: skip


def _dnf(place: str) -> Cache:
    """Return the cache of dnf, which keeps nothing unless it is told to."""
    return Cache((f"{place},sharing=locked",), fragments=("/var/cache/dnf", "/var/cache/libdnf5"),
                 emptied=("/var/cache/dnf", "/var/cache/libdnf5"), cleans=(("dnf", "clean", "all"),),
                 added="--setopt=keepcache=1")  # fmt: skip


def _in_home(folder: str, *, refusals: tuple[str, ...] = (), cleans: tuple[tuple[str, ...], ...] = ()) -> Cache:
    """Return the cache of a tool below the home of root."""
    place = f"/root/{folder}"
    return Cache((place,), fragments=(folder,), refusals=refusals, emptied=(place,), cleans=cleans)


_IN_HOME = {
    "pip": _in_home(".cache/pip", refusals=("--no-cache-dir",), cleans=(("pip", "cache", "purge"),)),
    "uv": _in_home(
        ".cache/uv", refusals=("--no-cache", "--no-cache-dir", "-n"), cleans=(("uv", "cache", "clean"),)
    ),
    "poetry": _in_home(".cache/pypoetry", refusals=("--no-cache",), cleans=(("poetry", "cache", "clear"),)),
    "pdm": _in_home(".cache/pdm", refusals=("--no-cache",), cleans=(("pdm", "cache", "clear"),)),
    "npm": _in_home(".npm", cleans=(("npm", "cache", "clean"),)),
}  # fmt: skip


class Unfit(Exception):
    """Why a RUN gets no mount: a sentence without a full stop."""


def uses_of(build: "Build", step: "Step") -> "dict[str, list[Command]]":
    """Return the commands of a RUN that download packages, by whose cache they use."""
    found: dict[str, list[Command]] = {}
    for command in step.commands:
        builds = _BUILDS.get(command.name)
        if builds is not None:
            if command.arguments and command.arguments[0].value in builds[0]:
                found.setdefault(command.name, []).append(command)
            continue
        install = read_install(command)
        if install is not None:
            found.setdefault(install.manager, []).append(command)
    return found


def cache_of(build: "Build", step: "Step", manager: str, commands: "list[Command]") -> Cache | None:
    """Return the cache that commands of a RUN use, None where there is nothing to do. Raises Unfit."""
    cache = _known(step.stage, manager, commands)
    if has_mount_below(step, *cache.fragments) or has_variable_mount(step):
        return None
    instruction = step.instruction
    assert isinstance(instruction, ast.Run)
    if instruction.json is not None or step.script is None or step.script.problems:
        raise Unfit("its RUN is not a plain script")
    if step.user not in ROOT_USERS and not (step.user or "").startswith(("root:", "0:")):
        if step.user is None:
            raise Unfit("nobody knows which user runs it")
        raise Unfit(f"it runs as {step.user}, whose number a mount needs")
    if any(target.startswith("/root/") for target in cache.targets) and step.environment.known("HOME") not in (
        None, "/root",
    ):  # fmt: skip
        raise Unfit("HOME is set")
    for command in commands:
        _require_plain(command, manager)
    if manager in _BUILDS:
        _require_thrown_away(build, step.stage, manager)
    return cache


def _known(stage: "Stage", manager: str, commands: "list[Command]") -> Cache:
    root = stage.root
    if manager == "dnf" and all(command.name == "dnf" for command in commands):
        number = int((root.os_version or "").partition(".")[0] or 0)
        if root.os == "fedora" and number:
            return _dnf("/var/cache/libdnf5" if number > 40 else "/var/cache/dnf")
        if root.os in ("rocky", "alma", "rhel", "centos") and 7 < number < 10:
            return _dnf("/var/cache/dnf")
    if manager == "conda" and (
        root.family != "conda" or any(command.name not in ("conda", "mamba") for command in commands)
    ):
        raise Unfit("where conda keeps its packages in this image is not certain")
    if manager == "apk" and root.os != "alpine":
        raise Unfit("the base image is not known")
    if manager in _BUILDS and root.family != _BUILDS[manager][1]:
        raise Unfit("where this image keeps its downloads is not certain")
    cache = {"apt": APT, "apk": _APK, "conda": _CONDA, "go": _GO, "cargo": _CARGO}.get(manager) or _IN_HOME.get(manager)
    if cache is None:
        raise Unfit("where it keeps its downloads is not known for certain")
    return cache


def _require_thrown_away(build: "Build", stage: "Stage", manager: str) -> None:
    """Raise Unfit where somebody may want what is downloaded in the stage itself."""
    if any(stage in other.chain for other in build.runtime_chain) or any(other.base is stage for other in build.stages):
        raise Unfit("what it downloads may be used where no mount is")
    for step in stage.instructions(ast.Run):
        if any(command.name != manager and not is_quiet(command) for command in step.commands):
            raise Unfit("other programs of the stage may read what it downloads")
    places = ("/go/pkg/", "/usr/local/cargo/", "/root/.cache/")
    for use in build.uses:
        for word in getattr(use.step.instruction, "sources", ()) if use.stage is stage else ():
            source = f"{word.value.rstrip('/')}/"
            if any(place.startswith(source) or source.startswith(place) for place in places):
                raise Unfit("another stage copies what it downloads")


def _require_plain(command: "Command", manager: str) -> None:
    for name in _PLACES.get(manager, ()):
        if command.setting(name) or command.step.environment.set_value(name) is not None:
            raise Unfit(f"{name} puts its cache elsewhere")
    off = _OFF.get(manager)
    if off and (is_true(command.setting(off)) or command.step.environment.set_value(off) is not None):
        raise Unfit(f"{off} is set, so it keeps nothing")
    if command.has("--cache-dir", "--cache", "--user-cache-dir") or any(
        word.value.startswith("--cache-dir=") for word in command.arguments
    ):
        raise Unfit("an option puts its cache elsewhere")
    if "sudo" in command.wrappers or command.is_partial:
        raise Unfit("it is started by another command")
