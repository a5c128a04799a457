"""What installations download and leave on disk, before they run.

Wheels that a lock lists have their exact sizes; for others the dated table of knowledge/sizes.py has
some. Figures hold for linux/x86_64; for other machines only locks say anything.
"""

from dlint.knowledge import sizes
from dlint.knowledge.wheels import WHEEL_BYTES
from dlint.model.amounts import NOTHING, UNKNOWN, Amount, overlapping
from dlint.model.base_image import has_package
from dlint.model.caches import is_kept_out, is_true
from dlint.model.environment import environment_key
from dlint.model.lockfiles import files_of
from dlint.model.packages import Install, Package, takes_cpu_wheels
from dlint.model.pip_cache import keeps_downloads
from dlint.model.wheels import Target, bytes_taken, target_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from dlint.model.build import Build
    from dlint.model.requirements import Requirement

PYTHON = frozenset({"pip", "uv", "poetry", "pdm", "pipenv"})
_CPU_TORCH = frozenset({"torch", "torchvision", "torchaudio"})
# A wheel of torch for CPUs (pytorch/pytorch#17621 and later reports: 180 to 200 MB), and what it needs.
_CPU_TORCH_BYTES = (180_000_000, 300_000_000)
# No image is made of more stages.
_MAX_CHAIN = 50
_APT_LISTS = "/var/lib/apt/lists"


class Weight:
    """Bytes on disk and in the compressed layer that is pulled."""

    __slots__ = ("disk", "pull")

    def __init__(self, disk: Amount, pull: Amount) -> None:
        self.disk = disk
        self.pull = pull

    def __add__(self, other: "Weight") -> "Weight":
        return Weight(self.disk + other.disk, self.pull + other.pull)

    def at_least(self) -> "Weight":
        """Return the same weight with more that nobody knows."""
        return Weight(self.disk.at_least(), self.pull.at_least())

    def at_most(self) -> "Weight":
        """Return the same weight, or none of it."""
        return Weight(self.disk.at_most(), self.pull.at_most())

    @property
    def is_nothing(self) -> bool:
        """Whether it is certainly no byte."""
        return self.disk.is_nothing and self.pull.is_nothing

    def __repr__(self) -> str:
        return f"Weight({self.disk}, {self.pull})"


NO_WEIGHT = Weight(NOTHING, NOTHING)
UNKNOWN_WEIGHT = Weight(UNKNOWN, UNKNOWN)


def install_weight(build: "Build", install: Install) -> Weight:
    """Return what an installation adds to its layer, the caches it leaves included."""
    if install.manager in PYTHON:
        weight = environment_weight(build, install)
        if keeps_downloads(build, install):
            kept = wheels(build, install)
            weight = weight + Weight(kept, kept)
    elif install.manager == "apt":
        weight = _apt(install)
    else:
        weight = UNKNOWN_WEIGHT
    return weight.at_most() if install.is_conditional else weight


def wheels(build: "Build", install: Install) -> Amount:
    """Return the bytes that an installation of Python packages downloads."""
    return _downloaded(build, install).wheels


def environment_weight(build: "Build", install: Install) -> Weight:
    """Return what an installation of Python packages puts into its environment."""
    found = _downloaded(build, install)
    if install.verb in ("download", "wheel"):
        return Weight(found.wheels, found.wheels)
    return found.weight


def _compiles(install: Install) -> bool:
    """Whether the modules are compiled to bytecode, or may be."""
    if install.manager == "uv":
        is_set = is_true(install.command.setting("UV_COMPILE_BYTECODE"))
        return is_set or install.arguments.has("--compile-bytecode", "--compile")
    return not install.arguments.has("--no-compile")


# Python -----------------------------------------------------------------------------------


class _Downloaded:
    """The wheels an installation downloads, and what is unpacked from them."""

    __slots__ = ("weight", "wheels")

    def __init__(self, wheels: Amount, weight: Weight) -> None:
        self.wheels = wheels
        self.weight = weight


def _downloaded(build: "Build", install: Install) -> _Downloaded:
    return build.once(f"downloaded {id(install)}", lambda: _download(build, install))


def _download(build: "Build", install: Install) -> _Downloaded:
    files = files_of(build, install)
    target = target_of(install.step.stage, build.invocation.platform)
    compiles = _compiles(install)
    new = _new_packages(build).get(id(install), frozenset())
    loose = [package for package in install.packages if id(package) in new]
    found, weight = NOTHING, NO_WEIGHT
    for manifest in files.manifests:
        entries = [entry for entry in manifest.found.entries if id(entry.package) in new]
        if not manifest.found.is_lock:
            loose += [entry.package for entry in entries]
            continue
        for entry in entries:
            pull = _wheel(entry, target)
            pull = pull.at_most() if entry.package.marker else pull
            found = found + pull
            weight = weight + _unpacked(pull, _ratios(entry.package.name), compiles=compiles)
    if loose:
        pulls = list(_closures(install, loose, target))
        found = found + overlapping(pulls)
        parts = [_unpacked(pull, _ratios_of_closure(pull), compiles=compiles) for pull in pulls]
        weight = weight + Weight(overlapping(part.disk for part in parts), overlapping(part.pull for part in parts))
    if compiles and not found.is_nothing:
        more = Amount.table(0, sizes.BYTECODE_BYTES)
        weight = weight + Weight(more, more)
    if install.command.is_partial or not files.is_complete:
        return _Downloaded(found.at_least(), weight.at_least())
    return _Downloaded(found, weight)


def _unpacked(pull: Amount, ratios: sizes.Unpacked, *, compiles: bool) -> Weight:
    """Return what wheels become on disk, and in a compressed layer: about what they were."""
    if not compiles:
        return Weight(pull.times(ratios.least, ratios.most), pull)
    return Weight(pull.times(ratios.least, ratios.most * ratios.compiled), pull.times(1, ratios.compiled_pull))


def _ratios(name: str) -> sizes.Unpacked:
    if name.startswith("nvidia-"):
        return sizes.UNPACKED_NVIDIA
    return sizes.UNPACKED_TORCH if name == "torch" else sizes.UNPACKED


def _ratios_of_closure(pull: Amount) -> sizes.Unpacked:
    return sizes.UNPACKED_CLOSURE_WITH_CUDA if pull.low >= sizes.CUDA_CLOSURE_BYTES else sizes.UNPACKED


def _new_packages(build: "Build") -> dict[int, frozenset[int]]:
    """Return, by the identity of each installation, the identities of the packages that were not there before."""
    return build.once("new packages", lambda: _find_new_packages(build))


def _find_new_packages(build: "Build") -> dict[int, frozenset[int]]:
    # By stage and environment, what was installed there so far: names and versions.
    present: dict[tuple[int, str], dict[str, set[str | None]]] = {}
    found: dict[int, frozenset[int]] = {}
    for install in build.installs:
        if install.manager not in PYTHON:
            continue
        key = environment_key(install)
        chain = install.step.stage.chain[:_MAX_CHAIN]
        own = present.setdefault((chain[0].index, key), {})
        there = [present[stage.index, key] for stage in chain if (stage.index, key) in present]
        new = []
        for package in _packages(build, install):
            name, version = package.name, package.version
            # A package without a version is content with what is there.
            if any(name in each and (version == "" or version in each[name]) for each in there):
                continue
            new.append(id(package))
            if not install.is_conditional:
                own.setdefault(name, set()).add(version)
        found[id(install)] = frozenset(new)
    return found


def _packages(build: "Build", install: Install) -> "Iterator[Package]":
    yield from (package for package in install.packages if not package.is_local)
    for manifest in files_of(build, install).manifests:
        yield from (entry.package for entry in manifest.found.entries if not entry.package.is_local)


def _wheel(entry: "Requirement", target: Target) -> Amount:
    taken = bytes_taken(entry.files, target)
    if taken is not None:
        return Amount(*taken, "lock-file")
    # Locks of Poetry and Pipenv record no sizes; of another index the wheels are others.
    known = WHEEL_BYTES.get(entry.package.name) if target.machine == "x86_64" and not entry.index else None
    return Amount(int(known * 0.8), None, "table") if known else UNKNOWN


def _closures(install: Install, packages: list[Package], target: Target) -> "Iterator[Amount]":
    """Yield the wheels of packages and of all that they need; one closure may hold another."""
    is_cpu = takes_cpu_wheels(install)
    for package in packages:
        if target.machine != "x86_64" or target.libc == "musl":
            yield UNKNOWN
        # What the image has is left as it is.
        elif not has_package(install.step.stage.root, package.name) or package.version:
            yield closure(package, is_cpu=is_cpu)


def closure(package: Package, *, is_cpu: bool = False) -> Amount:
    """Return the wheels of a package and of all it needs, as the table has them."""
    if package.is_url or package.version is None:
        return UNKNOWN
    is_cpu = is_cpu or "+cpu" in package.version
    if is_cpu and package.name in _CPU_TORCH:
        return Amount.table(*_CPU_TORCH_BYTES)
    size = sizes.closure_bytes(package.name, package.version)
    if size is None or (is_cpu and size >= sizes.CUDA_CLOSURE_BYTES):
        return UNKNOWN
    # Extras add what the table does not have.
    return Amount(size, None, "table") if package.extras else Amount.table(size)


# Everything else --------------------------------------------------------------------------


def _apt(install: Install) -> Weight:
    known = [sizes.APT_BYTES.get(package.name) for package in install.packages]
    amounts = [Amount.table(*size) if size else UNKNOWN for size in known] or [UNKNOWN]
    disk = overlapping(amounts)
    return Weight(disk, disk.times(*sizes.APT_PULL))


def apt_lists(build: "Build", install: Install) -> Weight:
    """Return the package lists that stay in a layer after ``apt-get update``."""
    step = install.step
    if install.manager != "apt" or is_kept_out(step, install.command, _APT_LISTS):
        return NO_WEIGHT
    updates = any(command.has("update") for command in step.named("apt-get", "apt"))
    return (
        Weight(Amount.table(0, 2 * sizes.APT_LISTS_BYTES), Amount.table(0, sizes.APT_LISTS_BYTES))
        if updates
        else NO_WEIGHT
    )
