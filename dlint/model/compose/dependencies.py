"""What a service waits for, and the services it names otherwise."""

from dlint.model.compose.values import flag_at, items_of, known_text, pairs_of, text_at
from dlint.parser.yaml import Node

STARTED, HEALTHY, COMPLETED = "service_started", "service_healthy", "service_completed_successfully"


class Dependency:
    """One entry of ``depends_on``: *condition* is one of the three above, None where a variable hides it."""

    __slots__ = ("condition", "condition_node", "is_required", "is_short", "name", "node")

    def __init__(
        self,
        name: str,
        node: Node,
        condition: str | None = STARTED,
        *,
        condition_node: Node | None = None,
        is_short: bool = True,
        is_required: bool = True,
    ) -> None:
        self.name = name
        self.node = node
        self.condition = condition
        self.condition_node = condition_node or node
        self.is_short = is_short
        self.is_required = is_required

    def __repr__(self) -> str:
        return f"Dependency({self.name!r}, {self.condition!r})"


def read_dependencies(node: Node | None) -> tuple[Dependency, ...]:
    """Return what ``depends_on`` names, in both its forms."""
    found = []
    for item in items_of(node):
        name = known_text(item)
        if name is not None:
            found.append(Dependency(name, item))
    for name, key, value in pairs_of(node):
        condition = text_at(value.get("condition"))
        required = flag_at(value.get("required"))
        found.append(
            Dependency(
                name,
                key,
                condition.value if condition else STARTED,
                condition_node=condition.node if condition else key,
                is_short=False,
                is_required=required is None or required.value is not False,
            )
        )
    return tuple(found)


def read_links(node: Node | None) -> tuple[tuple[Node, str, str], ...]:
    """Return node, service and alias of each link (``db:database``)."""
    found = []
    for item in items_of(node):
        text = known_text(item)
        if text:
            name, _, alias = text.partition(":")
            found.append((item, name, alias or name))
    return tuple(found)
