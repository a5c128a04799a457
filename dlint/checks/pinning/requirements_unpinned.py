"""Report requirement files whose entries are not pinned."""

from dlint.checks import WARNING, Location, Report, Span, rule
from dlint.knowledge.packages import ML_FRAMEWORKS
from dlint.model.build import Build
from dlint.model.container_paths import in_context
from dlint.model.packages import Install
from dlint.model.requirements import Requirement, Requirements, read_requirements

_SHOWN = 3


@rule("requirements-unpinned", severity=WARNING, looks_at="context", triggers=("requirements", "requirement", "txt"))
def check(build: Build, report: Report) -> None:
    seen = set()
    for install in build.installs:
        if install.manager not in ("pip", "uv") or install.constraints or install.command.setting("PIP_CONSTRAINT"):
            continue
        for word in install.files:
            value = install.command.resolve(word)
            path = in_context(build, install.command, value) if value else None
            if path is None or path in seen or path.endswith(".in"):
                continue
            seen.add(path)
            found = read_requirements(build.context, path)
            # Constraints that cannot be read may pin everything.
            if found and not found.missing:
                _report(report, install, found, word.span, path)


def _report(report: Report, install: Install, found: Requirements, span: Span, path: str) -> None:
    loose = [entry for entry in found.entries if not _is_fixed(entry, found)]
    if not loose:
        return
    loose.sort(key=lambda entry: entry.package.name not in ML_FRAMEWORKS)
    names = ", ".join(entry.package.name for entry in loose[:_SHOWN]) + (" …" if len(loose) > _SHOWN else "")
    labels = tuple((Location(entry.source, entry.span), "not pinned") for entry in loose[:_SHOWN])
    verb = "are" if len(loose) > 1 else "is"
    noun = "entries" if len(found.entries) > 1 else "entry"
    report(
        span,
        f"{len(loose)} of {len(found.entries)} {noun} in {path} {verb} not pinned: {names}",
        advice="pin them with ==, or compile a lock: uv pip compile requirements.in -o requirements.txt",
        labels=labels,
    )


def _is_fixed(entry: Requirement, found: Requirements) -> bool:
    return entry.is_pinned or entry.package.is_local or entry.package.name in found.constraints
