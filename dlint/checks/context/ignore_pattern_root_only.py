"""Report ignore patterns that match only in the root, though they are meant for every folder."""

from dlint.checks import INFO, WARNING, Report, rule
from dlint.knowledge.files import EVERYWHERE_PATTERNS
from dlint.model.build import Build
from dlint.model.container_paths import transfers
from dlint.parser.dockerfile import ast
from dlint.parser.ignorefile import IgnoreFile, IgnorePattern

_MAX_SHOWN = 3


@rule("ignore-pattern-root-only", severity=WARNING, looks_at="context", triggers=("copy", "add"))
def check(build: Build, report: Report) -> None:
    context = build.context
    ignore_file = context.ignore_file
    if ignore_file is None:
        return
    loose = [pattern for pattern in ignore_file.patterns if _is_loose(pattern, ignore_file)]
    if not loose:
        return
    # BuildKit sends only what a COPY or ADD names.
    below = [
        entry.path
        for step in build.steps(ast.Copy, ast.Add)
        for item in transfers(build, step)
        for entry in context.copied(item.source)
        if "/" in entry.path and any(pattern.matches(entry.name) for pattern in loose)
    ]
    if not below:
        return
    last = {path.rpartition("/")[2] for path in below}
    loose = [pattern for pattern in loose if any(pattern.matches(name) for name in last)]
    names = ", ".join(pattern.written for pattern in loose[:_MAX_SHOWN]) + (" …" if len(loose) > _MAX_SHOWN else "")
    report(
        loose[0].span,
        f"{names} {'matches' if len(loose) == 1 else 'match'} only in the root of the context; {below[0]} is sent "
        f"all the same",
        advice=f"write **/{loose[0].text}",
        source=ignore_file.source,
        severity=WARNING if len(below) > 10 else INFO,
    )


def _is_loose(pattern: IgnorePattern, ignore_file: IgnoreFile) -> bool:
    if pattern.is_exception or pattern.text not in EVERYWHERE_PATTERNS:
        return False
    twin = f"**/{pattern.text}"
    return not any(other.text in (twin, f"{twin}/**", f"{twin}/*") for other in ignore_file.patterns)
