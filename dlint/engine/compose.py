"""Compose files to findings: the project, and the Dockerfiles that stand in it."""

from dlint.checks.registry import concerned
from dlint.diagnostic import Diagnostic
from dlint.engine.conclusion import conclude
from dlint.engine.embedded import Embedded, image_line, inline_dockerfile
from dlint.engine.errors import UsageError
from dlint.engine.result import Begun, FileResult, crash, run_rule
from dlint.engine.run import Unfinished
from dlint.model.build import Build
from dlint.parser.dockerfile import parse
from dlint.project.compose import read_project
from dlint.project.discovery import is_compose_name

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from dlint.checks.registry import Entry
    from dlint.engine.run import Checks
    from dlint.engine.settings import Settings
    from dlint.engine.suppression import Suppressions
    from dlint.model.compose.project import ComposeProject
    from dlint.text import Source

# What holds for the image of a service as for that of a FROM.
_ABOUT_IMAGES = frozenset({"pinning", "base-images"})


class UnfinishedProject(Begun):
    """A compose file whose own rules have run, and the Dockerfiles in it."""

    def __init__(self, result: FileResult, settings: "Settings") -> None:
        super().__init__(result, settings)
        self.project: ComposeProject | None = None
        self.found: list[Diagnostic] = []
        self.embedded: list[tuple[Embedded, Unfinished]] = []

    def finish(self) -> FileResult:
        """Return the result, when ShellCheck is through with all files."""
        result, project = self.result, self.project
        if project is None:
            return result
        for embedded, unfinished in self.embedded:
            inner = unfinished.finish()
            self.found += [embedded.translate(each) for each in inner.diagnostics]
            result.silenced += [embedded.translate(each) for each in inner.silenced]
            result.crashes += inner.crashes
            result.judged |= inner.judged

        def suppressions() -> "Suppressions":
            from dlint.engine.compose_suppression import ComposeSuppressions

            return ComposeSuppressions(project.source)

        if any(each.hidden for each in self.found):
            from dlint.engine.secrecy import hide_secrets

            # Also what is told with another file may be a secret of this one.
            hide_secrets(self.found)
        found = [each for each in self.found if _belongs_here(each, project)]
        conclude(found, project.source, self.settings, result, suppressions)
        return result


def begin_project(checks: "Checks", source: "Source", path: str, settings: "Settings") -> UnfinishedProject:
    """Read a compose file with what belongs to it, and run the rules on it."""
    unfinished = UnfinishedProject(FileResult(source.path, source), settings)
    result = unfinished.result
    try:
        project = read_project(source, path, target=settings.value("orchestrator"))
    except Exception:
        result.crashes.append(crash("the reading", source))
        return unfinished
    unfinished.project = project
    result.parts = tuple(f"{file.source.path} ({file.role})" for file in project.files[1:])
    names = concerned("\n".join(file.source.text for file in project.files), has_context=False)
    chosen = settings.selection.by_name("compose")
    result.judged.update(chosen)
    entries = [entry for name, entry in chosen.items() if name in names]
    for entry in entries:
        unfinished.found += run_rule(entry, project, source, settings, result)
    if unfinished.found:
        unfinished.found = _beyond_base(unfinished.found, project, entries, settings)
    try:
        unfinished.embedded = list(_begin_embedded(checks, project, settings))
    except UsageError:
        raise
    except Exception:
        result.crashes.append(crash("the reading of Dockerfiles in it", source))
    return unfinished


def _beyond_base(
    found: list[Diagnostic], project: "ComposeProject", entries: "list[Entry]", settings: "Settings"
) -> list[Diagnostic]:
    """Return what is not said already of the file that this one is merged over."""
    base = next((file for file in project.files if file.role == "base"), None)
    if base is None:
        return found
    result = FileResult(base.source.path, base.source)
    try:
        alone = read_project(base.source, base.path, target=settings.value("orchestrator"))
        told = [each for entry in entries for each in run_rule(entry, alone, base.source, settings, result)]
    except Exception:
        return found
    # What lies in this file is not said there, though the base is read together with it; and a secret that
    # stands in both stands in both.
    messages = {(each.rule, each.message) for each in told if each.location.path == base.source.path}
    return [each for each in found if each.hidden or (each.rule, each.message) not in messages]


def _begin_embedded(
    checks: "Checks", project: "ComposeProject", settings: "Settings"
) -> "Iterator[tuple[Embedded, Unfinished]]":
    """Begin with each Dockerfile that stands in the file, and with each image as if it stood in a FROM."""
    seen = set()
    for service in project.services.values():
        build = service.build
        node = service.image_node if build is None else build.inline
        if node is None or node.source is not project.source or not node.text or node.span in seen:
            continue
        seen.add(node.span)
        embedded = image_line(node) if build is None else inline_dockerfile(node)
        tree = parse(embedded.source)
        known = service.built if build is None else None
        invocation = known.invocation if known else service.invocation
        unfinished = Unfinished(FileResult(embedded.source.path, embedded.source), settings)
        builds = [Build(tree, invocation)]
        yield embedded, checks.begin_builds(unfinished, builds, _ABOUT_IMAGES if build is None else None)


def _belongs_here(diagnostic: Diagnostic, project: "ComposeProject") -> bool:
    """Whether a finding is told with this file; what lies in another compose file is told with that one."""
    path = diagnostic.location.path
    return path == project.source.path or not is_compose_name(path)
