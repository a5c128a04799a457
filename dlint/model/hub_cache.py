"""Where the libraries of Hugging Face put the models they download."""

from dlint.model.server import runtime_variable

TYPE_CHECKING = False
if TYPE_CHECKING:
    from dlint.model.build import Build
    from dlint.model.commands import Command

# The folder models go to, by the variable that names it, the first that is set.
_VARIABLES = (
    ("HF_HUB_CACHE", ""), ("HUGGINGFACE_HUB_CACHE", ""), ("HF_HOME", "/hub"), ("XDG_CACHE_HOME", "/huggingface/hub"),
)  # fmt: skip


class CacheFolder:
    """The folder a variable names; *path* is None where it is hidden or relative."""

    __slots__ = ("path",)

    def __init__(self, path: str | None) -> None:
        self.path = path


def named_cache(build: "Build", command: "Command") -> CacheFolder | None:
    """Return the folder for models that a variable of the container names; None where none does."""
    for name, below in _VARIABLES:
        setting = runtime_variable(build, command, name)
        if setting is not None:
            value = setting.value or ""
            return CacheFolder(value.rstrip("/") + below if value.startswith("/") else None)
    return None
