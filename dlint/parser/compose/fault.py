"""What is wrong in a compose file, and where."""

from dlint.parser.yaml import Node


class Fault:
    """Something for which Compose refuses a file: *node* is where it stands.

    *labels* are other nodes that have a part in it, with what they are; *path* leads to the value from the
    top of the project; *kind* says which rule tells it.
    """

    __slots__ = ("advice", "kind", "labels", "message", "node", "path")

    def __init__(
        self,
        node: Node,
        message: str,
        advice: str | None = None,
        *,
        labels: tuple[tuple[Node, str], ...] = (),
        path: tuple[str | int, ...] = (),
        kind: str = "invalid",
    ) -> None:
        self.node = node
        self.message = message
        self.advice = advice
        self.labels = labels
        self.path = path
        self.kind = kind

    def __repr__(self) -> str:
        return f"Fault({self.message!r})"
