"""Services that wait for each other in a circle."""

from dlint.model.compose.refused.references import references_of
from dlint.parser.compose.fault import Fault

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from dlint.model.compose.project import ComposeProject
    from dlint.model.compose.refused.references import Reference


def dependency_cycles(project: "ComposeProject") -> "Iterator[Fault]":
    """Yield a fault for each circle, at the entry that closes it; services are followed in the file's order."""
    edges = {
        name: [
            reference
            for reference in references_of(service)
            if reference.is_awaited and reference.name in project.services
        ]
        for name, service in project.services.items()
    }
    done: set[str] = set()
    for start in edges:
        yield from _circles_from(start, edges, done)


def _circles_from(start: str, edges: "dict[str, list[Reference]]", done: set[str]) -> "Iterator[Fault]":
    """Follow the edges from a service that was not seen yet; *done* grows by what was seen."""
    if start in done:
        return
    way: dict[str, None] = {start: None}
    taken: list[Reference] = []
    left = [iter(edges[start])]
    while way:
        reference = next(left[-1], None)
        if reference is None:
            done.add(way.popitem()[0])
            left.pop()
            if taken:
                taken.pop()
        elif reference.name in way:
            names = list(way)
            first = names.index(reference.name)
            yield _circle(names[first:], [*taken[first:], reference])
        elif reference.name not in done:
            way[reference.name] = None
            taken.append(reference)
            left.append(iter(edges[reference.name]))


def _circle(names: list[str], references: "list[Reference]") -> Fault:
    shown = " → ".join([*names, names[0]])
    last = references[-1].node
    labels = tuple(
        (reference.node, f"{name} waits for {reference.name}")
        for name, reference in zip(names, references, strict=True)
        if reference.node is not last
    )
    if len(names) == 1:
        return Fault(last, f"service {names[0]} waits for itself", "delete the entry", labels=labels)
    return Fault(last, f"services wait for each other: {shown}", "delete one of the dependencies", labels=labels)
