"""How long a service needs to stop well, and how long Docker lets it.

Sources: the servers' documentation (collected 2026-11-22): gunicorn ``--graceful-timeout`` (30 s unless set),
vLLM ``--shutdown-timeout`` (requests are aborted unless it is set; since 0.18), Triton ``--exit-timeout-secs``
(30 s unless set); TGI and SGLang end the requests they have begun, however long that takes.
"""

from dlint.model.compose.purpose import Reason
from dlint.model.compose.topics.waiting import label_of
from dlint.model.compose.values import decimal
from dlint.regex import lazy

TYPE_CHECKING = False
if TYPE_CHECKING:
    from dlint.model.compose.service import Service

GRACE = 10.0
"""The seconds between SIGTERM and SIGKILL where nothing is said."""
# Server (knowledge.servers) -> options for the time it takes to stop, and its seconds where none is given.
_TIMEOUTS: dict[str, tuple[tuple[str, ...], float | None]] = {
    "gunicorn": (("--graceful-timeout",), None),
    "vllm": (("--shutdown-timeout",), None),
    "tritonserver": (("--exit-timeout-secs",), 30.0),
    "uvicorn": (("--timeout-graceful-shutdown",), None),
}
_DRAINING = frozenset({"TGI", "SGLang"})
_CHECKPOINT = lazy(r"(?i)(?:^|[^a-z])(?:checkpoints?|ckpts?)(?:[^a-z]|$)|^--?(?:save[-_]steps|save[-_]every)")


class Stop:
    """What a service does when it is told to stop: *seconds* is None where it takes as long as it takes."""

    __slots__ = ("reason", "seconds")

    def __init__(self, seconds: float | None, reason: Reason) -> None:
        self.seconds = seconds
        self.reason = reason


def grace_of(service: "Service") -> float | None:
    """Return the seconds Docker waits before it kills a service, None where a variable hides them."""
    said = service.stop_grace_period
    return GRACE if said is None else said.value


def find_stop(service: "Service") -> Stop | None:
    """Return what a service does that needs time when it is told to stop; None where nothing tells."""
    return _of_server(service) or _of_training(service)


def _of_server(service: "Service") -> Stop | None:
    server = service.server
    if server is not None and server.name in _TIMEOUTS:
        options, default = _TIMEOUTS[server.name]
        for command in (server.command,):
            words = command.arguments
            for place, word in enumerate(words):
                name, equals, value = word.value.partition("=")
                if name in options:
                    text = value if equals else words[place + 1].value if place + 1 < len(words) else ""
                    seconds = decimal(text)
                    node = service.place(word) or service.key
                    if seconds is None:
                        return None
                    what = f"{server.label} takes up to {text} s to end its requests ({name})"
                    return Stop(seconds, Reason(what, node))
        if default is not None:
            node = service.place(server.command) or service.key
            return Stop(default, Reason(f"{server.label} takes up to {default:.0f} s to end its requests", node))
    label = label_of(service)
    if label in _DRAINING:
        node = service.image_node or service.key
        return Stop(None, Reason(f"{label} ends the requests it has begun", node))
    return None


def _of_training(service: "Service") -> Stop | None:
    if service.job is None or not service.job.is_training:
        return None
    for word in service.command or ():
        if _CHECKPOINT.search(word.value):
            return Stop(None, Reason("its checkpoints are written here", service.place(word) or service.key))
    for mount in service.mounts:
        if not mount.is_read_only and _CHECKPOINT.search(mount.target):
            return Stop(None, Reason("its checkpoints are written here", mount.node))
    for variable in service.environment.values():
        if variable.source == "environment" and _CHECKPOINT.search(variable.name.replace("_", "-")):
            return Stop(None, Reason("its checkpoints are written here", variable.node))
    return None
