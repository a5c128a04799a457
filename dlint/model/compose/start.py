"""What a service starts: its entrypoint and command over those of its image, as commands that know their places."""

from dlint.model.build import Build
from dlint.parser.shell.ast import Word
from dlint.parser.yaml import Node

TYPE_CHECKING = False
if TYPE_CHECKING:
    from dlint.model.commands import Command
    from dlint.model.compose.service import Service
    from dlint.model.server import Setting


class Container(Build):
    """The image of a service with what the service says over it. ``started`` are the service's commands."""


def make_container(service: "Service") -> Container:
    """Return the model of what a service runs."""
    raise NotImplementedError


def words_of(node: Node | None) -> tuple[Word, ...] | None:
    """Return the words of a ``command`` or ``entrypoint``: a list, or a text split as Compose does it.

    None where it is absent. A word that a variable hides is not literal.
    """
    raise NotImplementedError


def place_of(service: "Service", what: "Word | Command | Setting") -> Node | None:
    """Return a node at the place of a word, a command or a setting, in the file it is written in."""
    raise NotImplementedError
