"""dlint: a linter and optimizer for container images of machine learning projects."""

__version__ = "0.1.0"

__all__ = ["__version__", "check", "parse"]

TYPE_CHECKING = False
if TYPE_CHECKING:
    from dlint.api import check, parse


def __getattr__(name: str) -> object:
    if name in ("check", "parse"):
        from dlint import api

        return getattr(api, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return __all__
