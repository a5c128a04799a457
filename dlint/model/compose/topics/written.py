"""A compose file as it is written: before aliases, merge keys and variables are resolved and other files join it."""

from dlint.parser.compose.rereading import as_written
from dlint.parser.yaml import Node
from dlint.text import Span

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from dlint.model.compose.project import ComposeProject


def written_root(project: "ComposeProject") -> Node:
    """Return the tree of the file that is checked; an empty table where there is none."""
    root = as_written(project.source)
    return root if root is not None else Node("table", Span(0, 0), source=project.source)


def written_pairs(table: Node | None) -> list[tuple[Node, Node]]:
    """Return the pairs of a table whose keys are texts."""
    return [pair for pair in (table.pairs if table is not None else []) if pair[0].kind == "text"]


def written_services(project: "ComposeProject") -> "Iterator[tuple[Node, Node]]":
    """Yield name and table of each service whose table is written in its own place, and stands for no other's."""
    for name, table in written_pairs(written_root(project).get("services")):
        if name.span.end <= table.span.start:
            yield name, table


def written_value(table: Node, name: str) -> Node | None:
    """Return the value of a key that is written there, and not by an alias somewhere else."""
    for key, value in written_pairs(table):
        if key.text == name:
            return value if key.span.end <= value.span.start else None
    return None
