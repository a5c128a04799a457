"""A .dockerignore that is checked by name: what the Dockerfiles it works for have to say about it."""

import os

from dlint.diagnostic import Diagnostic
from dlint.engine.conclusion import conclude
from dlint.engine.result import Begun, FileResult, crash, read_source, run_rule
from dlint.model.build import Build
from dlint.parser.dockerfile import parse
from dlint.project.contexts import default_invocation
from dlint.project.discovery import Discovery, is_dockerfile_name

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from dlint.engine.run import Checks
    from dlint.engine.settings import Settings
    from dlint.engine.suppression import Suppressions
    from dlint.text import Source

MAX_DOCKERFILES = 100


def begin_ignore_file(checks: "Checks", source: "Source", path: str, settings: "Settings") -> Begun:
    """Report what the rules about build contexts find in an ignore file."""
    begun = Begun(FileResult(source.path, source), settings)
    result = begun.result
    found: dict[tuple[str, int, int], Diagnostic] = {}
    here = os.path.realpath(path)
    chosen = settings.selection.entries("context")
    result.judged.update(entry.name for entry in chosen)
    try:
        builds = list(_builds(path))
    except Exception:
        result.crashes.append(crash("the reading", source))
        return begun
    for build in builds:
        result.context = build.invocation.context
        for entry in chosen:
            for each in run_rule(entry, build, build.source, settings, result):
                if os.path.realpath(each.location.path) == here:
                    each.location.source.path = source.path
                    found.setdefault((each.rule, *each.location.span), each)

    def suppressions() -> "Suppressions":
        from dlint.engine.line_suppression import LineSuppressions

        return LineSuppressions(source)

    for each in found.values():
        each.location.source = source
    conclude(list(found.values()), source, settings, result, suppressions)
    return begun


def _builds(path: str) -> "Iterator[Build]":
    """Yield the builds an ignore file works for: of the Dockerfile it is named after, or those with its context."""
    folder = os.path.dirname(path) or "."
    name = os.path.basename(path).rpartition(".")[0]
    names = [os.path.join(folder, name)] if name else _dockerfiles(folder)
    for dockerfile in names[:MAX_DOCKERFILES]:
        source = read_source(dockerfile, dockerfile)
        if isinstance(source, str):
            continue
        tree = parse(source)
        build = Build(tree, default_invocation(dockerfile, tree))
        ignore_file = build.context.ignore_file if build.invocation.context is not None else None
        if ignore_file is not None and os.path.realpath(ignore_file.source.path) == os.path.realpath(path):
            yield build


def _dockerfiles(folder: str) -> list[str]:
    from dlint.project.discovery import Filters

    everything = Filters(os.path.abspath(folder), exclude=(".git", "node_modules", ".venv", "venv"))
    return [path for path in Discovery(lambda _: everything).find([folder]) if is_dockerfile_name(path)]
