"""Everything for which Docker Compose 2.40 refuses a project, each cause once."""

from dlint.model.compose.refused.contradictions import contradictions, exclusive_devices
from dlint.model.compose.refused.cycles import dependency_cycles
from dlint.model.compose.refused.definitions import definition_faults
from dlint.model.compose.refused.references import undefined_names
from dlint.parser.compose.fault import Fault
from dlint.parser.compose.schema import check_schema

TYPE_CHECKING = False
if TYPE_CHECKING:
    from dlint.model.compose.project import ComposeProject


_READERS: dict[str, object] = {}


def faults_of(project: "ComposeProject") -> list[Fault]:
    """Return what Compose refuses, without what is in ``project.problems`` already."""
    return project.once("faults", lambda: _faults(project))


def _faults(project: "ComposeProject") -> list[Fault]:
    from dlint.knowledge.compose_schema import SCHEMA

    if project.files[0].root is None:
        return []
    found = [fault for fault in check_schema(project.root, SCHEMA, _readers()) if not _is_told(fault, project)]
    for fault in found:
        if _is_about_gpus(fault.path):
            fault.kind = "gpu"
    known = {(fault.node.source.path, fault.node.span) for fault in found}
    known |= {(problem.source.path, problem.span) for problem in project.problems}
    misspelt = {fault.path[1] for fault in found if _may_mean_image(fault.path)}
    more: list[Fault] = [*definition_faults(project), *undefined_names(project), *dependency_cycles(project)]
    for service in project.services.values():
        more += contradictions(service)
        more += exclusive_devices(service)
    for fault in more:
        mark = (fault.node.source.path, fault.node.span)
        is_misspelt = fault.path[2:] == ("image",) and fault.path[1] in misspelt
        if mark not in known and not is_misspelt:
            known.add(mark)
            found.append(fault)
    return found


def _readers() -> dict[str, object]:
    """Return what reads the values at each place; the tree is the same for all files, and made once."""
    if not _READERS:
        from dlint.knowledge.compose_values import READERS
        from dlint.parser.compose.casts import tree_of

        _READERS.update(tree_of(READERS))
    return _READERS


def _is_told(fault: Fault, project: "ComposeProject") -> bool:
    """Whether reading the files has told a fault: what is wrong with ``include``, and services that are no tables."""
    path = fault.path
    if path[:1] == ("services",) and len(path) <= 2 and fault.node.kind != "table":
        return any("has to be a table" in problem.message for problem in project.problems)
    return path[:1] == ("include",)


def _is_about_gpus(path: tuple[str | int, ...]) -> bool:
    """Whether a path leads into requests for GPUs and other devices."""
    return path[:1] == ("services",) and (
        path[2:3] == ("gpus",) or path[2:6] == ("deploy", "resources", "reservations", "devices")
    )


def _may_mean_image(path: tuple[str | int, ...]) -> bool:
    """Whether a path is that of a key of a service that may be a misspelt ``image`` or ``build``."""
    from dlint.parser.compose.suggestions import nearest

    if len(path) != 3 or path[0] != "services":
        return False
    return (
        path[2] in ("image", "build", "context", "dockerfile") or nearest(str(path[2]), ["image", "build"]) is not None
    )
