"""A service of a compose project: what will run, with what, and what it asks for."""

from dlint.parser.yaml import Node

TYPE_CHECKING = False
if TYPE_CHECKING:
    from dlint.model.compose.project import ComposeProject


class Service:
    """One service. *key* is its name as a node, *node* the table behind it."""

    def __init__(self, project: "ComposeProject", key: Node, node: Node) -> None:
        self.project = project
        self.name = key.text
        self.key = key
        self.node = node

    def get(self, *path: str) -> Node | None:
        """Return the value at a path of keys: ``get("deploy", "resources", "limits")``; None where there is none."""
        node: Node | None = self.node
        for name in path:
            node = node.get(name) if node is not None else None
        return node

    def __repr__(self) -> str:
        return f"Service({self.name!r})"
