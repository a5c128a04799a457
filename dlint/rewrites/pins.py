"""Versions of packages on command lines, from the lock that lies in the build context; never invented."""

import posixpath

from dlint.diagnostic import Edit
from dlint.model.environment import PYTHON_MANAGERS
from dlint.model.manifests import read_manifest
from dlint.model.python_installs import normalise
from dlint.model.versions import exact
from dlint.rewrites.proposal import Proposal
from dlint.text import Span

TYPE_CHECKING = False
if TYPE_CHECKING:
    from dlint.model.build import Build
    from dlint.model.packages import Install, Package

NAME = "pins"
_LOCKS = (
    "uv.lock", "poetry.lock", "pdm.lock", "pylock.toml", "Pipfile.lock", "requirements.lock", "requirements.txt",
    "constraints.txt",
)  # fmt: skip


def propose(build: "Build") -> Proposal | None:
    """Add the versions that a lock names to packages that pip and uv are asked for by name."""
    wanted = [
        (install, package)
        for install in build.installs
        if install.manager in ("pip", "uv") and install.manager in PYTHON_MANAGERS and _is_installing(install)
        for package in install.packages
        if _is_bare(build, install, package)
    ]
    if not wanted:
        return None
    known = _locked(build)
    edits, names = [], []
    for _, package in wanted:
        version, path = known.get(normalise(package.name), (None, None))
        if version is None or path is None:
            continue
        place = _place(build, package)
        edits.append(Edit(Span(place, place), f"=={version}"))
        names.append(f"{package.name} {version} ({path})")
    if not edits:
        return None
    return Proposal(
        NAME,
        "install the versions that the lock names",
        f"What is installed by name here is whatever is newest on the day of the build; known is {', '.join(names)}.",
        tuple(edits),
        caution="whether the lock is of the same Python and platform",
        rules=("pip-package-unpinned", "ml-framework-unpinned"),
    )


def _is_installing(install: "Install") -> bool:
    return install.verb in ("install", "pip install") and not install.files and not install.constraints


def _is_bare(build: "Build", install: "Install", package: "Package") -> bool:
    """Whether a package is asked for by its name alone, in a word that can be added to."""
    written = build.source.text[package.word.span.start : package.word.span.end]
    behind = build.source.text[package.word.span.end :][:1]
    return (
        package.version == ""
        and not package.is_local
        and not package.is_url
        and not package.marker
        and package.word.is_literal
        and install.step.instruction.json is None
        and written.strip("\"'") == package.word.value
        and len(written) - len(package.word.value) in (0, 2)
        # name>=2 without quotes is a name and a redirection.
        and (not behind or behind in " \t\r\n;&|")
        and not install.arguments.has("-U", "--upgrade")
    )


def _place(build: "Build", package: "Package") -> int:
    """Return where a version goes: inside of the quotes."""
    end = package.word.span.end
    return end - 1 if build.source.text[end - 1] in "\"'" else end


def _locked(build: "Build") -> dict[str, tuple[str | None, str | None]]:
    """Return the one version that all locks of the context's root agree on, by name."""
    found: dict[str, tuple[str | None, str | None]] = {}
    for name in _LOCKS:
        if not build.context.exists(name):
            continue
        listed = read_manifest(build, name)
        for entry in listed.entries if listed and not listed.problem else ():
            version = exact(entry.package.version)
            key = normalise(entry.package.name)
            if entry.manager != "pip" or version is None:
                continue
            if found.get(key, (version, None))[0] != version or entry.package.marker:
                found[key] = (None, posixpath.basename(name))
            else:
                found.setdefault(key, (version, name))
    return found
