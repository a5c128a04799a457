"""What a service is for: serving, training, one job; whether it serves models, and whether it needs a GPU."""

from dlint.model.role import Role
from dlint.parser.yaml import Node

TYPE_CHECKING = False
if TYPE_CHECKING:
    from dlint.model.compose.service import Service


class Reason:
    """What says something about a service: *text* as a part of a sentence (``it runs train.py``), and its place."""

    __slots__ = ("node", "text")

    def __init__(self, text: str, node: Node) -> None:
        self.text = text
        self.node = node

    def __repr__(self) -> str:
        return f"Reason({self.text!r})"


def find_role(service: "Service") -> Role:
    """Return what a service is for, UNKNOWN unless its files say it."""
    raise NotImplementedError


def job_reason(service: "Service") -> Reason | None:
    """Return what says that a service runs to completion."""
    raise NotImplementedError


def is_server(service: "Service") -> bool:
    """Whether a service runs until it is stopped: a known server, an image of one, or published ports."""
    raise NotImplementedError


def is_model_server(service: "Service") -> bool:
    """Whether a service loads a model and answers requests with it."""
    raise NotImplementedError


def gpu_need(service: "Service") -> Reason | None:
    """Return what says that a service cannot do its work without a GPU."""
    raise NotImplementedError


def is_called_after_tests(path: str) -> bool:
    """Whether a path says that a project is for tests or CI."""
    raise NotImplementedError


def is_called_after_development(path: str) -> bool:
    """Whether a path says that a project is for work on the code."""
    raise NotImplementedError
