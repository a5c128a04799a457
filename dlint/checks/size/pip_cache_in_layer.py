"""Report pip installations that leave their downloads in the layer."""

from dlint.checks import INFO, WARNING, Report, Saving, fix, rule
from dlint.knowledge.sizes import closure_bytes
from dlint.model.base_image import has_package
from dlint.model.build import Build
from dlint.model.caches import (
    has_mount_below,
    has_variable_mount,
    home,
    is_true,
    removes,
    runs_later,
    scripts_may_clean,
)
from dlint.model.container_paths import in_context
from dlint.model.packages import Install, Package, takes_cpu_wheels
from dlint.model.requirements import read_requirements
from dlint.model.stages import Stage
from dlint.text import Span

# Base images that set PIP_NO_CACHE_DIR, or may.
_OPEN = (
    "ngc", "jupyter", "ubi-python", "lambda", "distroless", "l4t", "aws-dlc", "torchserve", "tensorflow-serving",
    "vllm", "sglang", "text-generation-inference", "text-embeddings-inference", "transformers",
)  # fmt: skip


@rule("pip-cache-in-layer", severity=WARNING, aliases=("DL3042",), triggers=("pip",), fix="safe")
def check(build: Build, report: Report) -> None:
    chain = build.runtime_chain
    configured = _configured(build)
    for install in build.installs:
        if install.manager != "pip" or install.verb == "download" or install.step.stage not in chain:
            continue
        root = install.step.stage.root
        if root.family in _OPEN or (root.family is None and not install.step.stage.is_scratch):
            continue
        if _keeps_nothing(install) or not configured.isdisjoint(install.step.stage.chain):
            continue
        verb = next(word for word in install.command.arguments if word.value == install.verb)
        end = verb.span.end
        saving = _saving(build, install)
        folder = _cache_folder(install)
        report(
            install.span,
            "pip keeps its downloads in this layer" + (f", in {folder}" if folder else ""),
            advice=f"add --no-cache-dir, or --mount=type=cache,target={folder or '…/.cache/pip'} to the RUN",
            severity=INFO if _is_small(install) else WARNING,
            fix=fix("safe", "add --no-cache-dir", (Span(end, end), " --no-cache-dir"))
            if install.command.can_be_edited(verb)
            else None,
            saving=saving,
        )


def _cache_folder(install: Install) -> str | None:
    """Return where pip keeps its cache, None where that is not certain."""
    if install.command.setting("XDG_CACHE_HOME"):
        return None
    folder = home(install.step)
    return f"{folder}/.cache/pip" if folder else None


def _keeps_nothing(install: Install) -> bool:
    command, step = install.command, install.step
    if install.arguments.has("--no-cache-dir", "--no-cache", "--cache-dir") or command.has("--no-cache-dir"):
        return True
    given = step.environment.known("HOME")
    if given not in (None, "", "/root", "/") and step.user in ("root", "0"):
        # Measured: pip writes no cache below a folder that belongs to somebody else.
        return True
    if install.arguments.has("--no-index"):
        return True
    setting = command.setting("PIP_NO_CACHE_DIR")
    if (
        is_true(setting)
        or setting in ("0", "off", "false")
        or (step.environment.get("PIP_NO_CACHE_DIR") == "\0" and not step.environment.is_open)
    ):
        # pip before 19 read "0" and "off" as a wish for no cache; nobody sets them to keep it.
        return True
    if command.setting("PIP_CACHE_DIR") or has_variable_mount(step) or has_mount_below(step, ".cache/pip", "/pip"):
        return True
    if removes(step, command, ".cache/pip", "/.cache") or scripts_may_clean(step, command):
        return True
    return runs_later(step, command, ("pip",), "purge")


def _configured(build: Build) -> frozenset[Stage]:
    """Return the stages in which pip is told by its configuration to keep nothing."""
    return frozenset(
        command.step.stage
        for command in build.commands("pip")
        if command.has("config") and command.has("global.no-cache-dir", "install.no-cache-dir")
    )


def _listed(build: Build, install: Install) -> list[Package]:
    """Return what the requirement files hold, as far as they can be seen."""
    found = []
    for word in install.files if build.context.is_known else ():
        value = install.command.resolve(word)
        path = in_context(build, install.command, value) if value else None
        requirements = read_requirements(build.context, path) if path else None
        if requirements:
            found += [entry.package for entry in requirements.entries]
    return found


def _is_small(install: Install) -> bool:
    """Whether only tools of a few megabytes are installed."""
    names = install.names()
    return (
        bool(names)
        and not install.files
        and names <= {"pip", "setuptools", "wheel", "poetry", "uv", "pipenv", "pdm", "build", "virtualenv"}
    )


def _saving(build: Build, install: Install) -> Saving | None:
    packages = [*install.packages, *_listed(build, install)]
    root = install.step.stage.root
    sizes = [closure_bytes(p.name, p.version) for p in packages if not has_package(root, p.name)]
    known = [size for size in sizes if size]
    if not known or takes_cpu_wheels(install):
        return None
    # One closure contains much of the others; the largest is certain.
    return Saving(disk_bytes=max(known), pull_bytes=max(known), basis="table", bound="at-least")
