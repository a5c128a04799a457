"""What will run a project: Docker Compose, or a Swarm that ``docker stack deploy`` gives it to."""

from dlint.model.compose.values import is_null
from dlint.parser.yaml import Node

TYPE_CHECKING = False
if TYPE_CHECKING:
    from dlint.model.compose.project import ComposeProject
    from dlint.model.compose.service import Service

COMPOSE, SWARM = "compose", "swarm"
# Keys of ``deploy`` that only a Swarm heeds; people write them for one.
_OF_SWARM = ("placement", "update_config", "rollback_config", "endpoint_mode")
# Keys of a service that ``docker stack deploy`` refuses.
_REFUSED_BY_SWARM = ("gpus", "scale", "extends", "develop", "provider", "models")


class Runner:
    """Who runs a project: *name* is ``compose`` or ``swarm``; *node* says so, None for a setting or a file's name."""

    __slots__ = ("name", "node")

    def __init__(self, name: str, node: Node | None = None) -> None:
        self.name = name
        self.node = node


def find_runner(project: "ComposeProject") -> Runner | None:
    """Return what runs a project, None where neither the configuration nor its files tell."""
    return project.once("runner", lambda: _find(project))


def _find(project: "ComposeProject") -> Runner | None:
    if project.target:
        return Runner(project.target)
    services = project.services.values()
    for service in services:
        node = _swarm_cannot(service)
        if node is not None:
            return Runner(COMPOSE, node)
    if project.project_path.rpartition("/")[2].startswith("docker-stack"):
        return Runner(SWARM)
    for service in services:
        mode = service.text("deploy", "mode")
        if mode is not None and mode.value not in (None, "replicated"):
            return Runner(SWARM, mode.node)
        for key in _OF_SWARM:
            if not is_null(service.get("deploy", key)):
                return Runner(SWARM, service.key_at("deploy", key))
    for name, network in project.elements("networks").values():
        driver = network.get("driver")
        if driver is not None and driver.text == "overlay":
            return Runner(SWARM, name)
    return None


def _swarm_cannot(service: "Service") -> Node | None:
    """Return what ``docker stack deploy`` refuses: no image, conditions of dependencies, devices, newer keys."""
    if service.get("build") is not None and is_null(service.get("image")):
        return service.key_at("build")
    depends_on = service.get("depends_on")
    if depends_on is not None and depends_on.kind == "table":
        return service.key_at("depends_on")
    if not is_null(service.get("deploy", "resources", "reservations", "devices")):
        return service.key_at("deploy", "resources", "reservations", "devices")
    return next((service.key_at(key) for key in _REFUSED_BY_SWARM if not is_null(service.get(key))), None)
