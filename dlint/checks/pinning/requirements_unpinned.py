"""Report requirement files and conda environments whose entries are not pinned."""

from dlint.checks import WARNING, Location, Report, rule
from dlint.knowledge.packages import CONDA_FRAMEWORKS
from dlint.model.build import Build
from dlint.model.lockfiles import Manifest, files_of
from dlint.model.manifests import format_of
from dlint.model.requirements import Requirement, Requirements

_SHOWN = 3
_FORMATS = ("requirements", "environment")
# Every environment lists them, and nothing depends on which release it gets.
_TOOLS = frozenset({"pip", "setuptools", "wheel"})
_ADVICE = {
    "requirements": "pin them with ==, or compile a lock: uv pip compile requirements.in -o requirements.txt",
    "environment": "pin them with =, or make a lock: conda-lock -f {path}",
}


@rule(
    "requirements-unpinned", severity=WARNING, looks_at="context",
    triggers=("requirement", "txt", ".yml", ".yaml", "conda env", "mamba env"),
)  # fmt: skip
def check(build: Build, report: Report) -> None:
    seen = set()
    for install in build.installs:
        if install.manager not in ("pip", "uv", "conda"):
            continue
        if install.constraints or install.command.setting("PIP_CONSTRAINT"):
            continue
        for manifest in files_of(build, install).manifests:
            if manifest.path in seen or manifest.path.endswith(".in") or format_of(manifest.path) not in _FORMATS:
                continue
            seen.add(manifest.path)
            # Constraints that cannot be read may pin everything.
            if not manifest.found.missing and not manifest.found.is_lock:
                _report(report, manifest)


def _report(report: Report, manifest: Manifest) -> None:
    found, path = manifest.found, manifest.path
    loose = [entry for entry in found.entries if not _is_fixed(entry, found)]
    if not loose:
        return
    loose.sort(key=lambda entry: entry.package.name not in CONDA_FRAMEWORKS)
    names = ", ".join(entry.package.name for entry in loose[:_SHOWN]) + (" …" if len(loose) > _SHOWN else "")
    labels = tuple((Location(entry.source, entry.span), "not pinned") for entry in loose[:_SHOWN])
    verb = "are" if len(loose) > 1 else "is"
    noun = "entries" if len(found.entries) > 1 else "entry"
    report(
        manifest.span,
        f"{len(loose)} of {len(found.entries)} {noun} in {path} {verb} not pinned: {names}",
        advice=_ADVICE[format_of(path)].format(path=path),
        labels=labels,
    )


def _is_fixed(entry: Requirement, found: Requirements) -> bool:
    if entry.manager == "conda" and entry.package.name in _TOOLS:
        return True
    return entry.is_pinned or entry.package.is_local or entry.package.name in found.constraints
