"""Whether pip leaves its downloads in the layer."""

from dlint.model.caches import (
    has_mount_below,
    has_variable_mount,
    home,
    is_true,
    removes,
    runs_later,
    scripts_may_clean,
)
from dlint.model.packages import Install
from dlint.model.stages import Stage

TYPE_CHECKING = False
if TYPE_CHECKING:
    from dlint.model.build import Build

# Base images that set PIP_NO_CACHE_DIR, or may.
_OPEN = (
    "ngc", "jupyter", "ubi-python", "lambda", "distroless", "l4t", "aws-dlc", "torchserve", "tensorflow-serving",
    "vllm", "sglang", "text-generation-inference", "text-embeddings-inference", "transformers",
)  # fmt: skip


def keeps_downloads(build: "Build", install: Install) -> bool:
    """Whether an installation by pip certainly leaves the wheels it downloads in its layer."""
    if install.manager != "pip" or install.verb == "download":
        return False
    stage = install.step.stage
    root = stage.root
    if root.family in _OPEN or (root.family is None and not stage.is_scratch):
        return False
    return not _keeps_nothing(install) and _configured(build).isdisjoint(stage.chain)


def cache_folder(install: Install) -> str | None:
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


def _configured(build: "Build") -> frozenset[Stage]:
    """Return the stages in which pip is told by its configuration to keep nothing."""
    return build.once(
        "pip configured",
        lambda: frozenset(
            command.step.stage
            for command in build.commands("pip")
            if command.has("config") and command.has("global.no-cache-dir", "install.no-cache-dir")
        ),
    )
