"""Report pip installations that leave their downloads in the layer."""

from dlint.checks import INFO, WARNING, Report, fix, rule
from dlint.model.build import Build
from dlint.model.packages import Install
from dlint.model.pip_cache import cache_folder, keeps_downloads
from dlint.text import Span


@rule("pip-cache-in-layer", severity=WARNING, aliases=("DL3042",), triggers=("pip",), fix="safe")
def check(build: Build, report: Report) -> None:
    chain = build.runtime_chain
    for install in build.installs:
        if install.step.stage not in chain or not keeps_downloads(build, install):
            continue
        # Only here: most files keep nothing, and weighing reads locks.
        from dlint.model.amounts import saving
        from dlint.model.install_weight import wheels

        verb = next(word for word in install.command.arguments if word.value == install.verb)
        end = verb.span.end
        folder = cache_folder(install)
        downloads = wheels(build, install)
        report(
            install.span,
            "pip keeps its downloads in this layer" + (f", in {folder}" if folder else ""),
            advice=f"add --no-cache-dir, or --mount=type=cache,target={folder or '…/.cache/pip'} to the RUN",
            severity=INFO if _is_small(install) else WARNING,
            fix=fix("safe", "add --no-cache-dir", (Span(end, end), " --no-cache-dir"))
            if install.command.can_be_edited(verb)
            else None,
            saving=saving(downloads, downloads),
        )


def _is_small(install: Install) -> bool:
    """Whether only tools of a few megabytes are installed."""
    names = install.names()
    return (
        bool(names)
        and not install.files
        and names <= {"pip", "setuptools", "wheel", "poetry", "uv", "pipenv", "pdm", "build", "virtualenv"}
    )
