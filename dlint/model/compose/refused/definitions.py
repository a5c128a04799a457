"""What Compose refuses in top-level networks, volumes, secrets and configs, and in names of containers."""

from dlint.model.compose.values import flag_at, known_text, texts_of
from dlint.parser.compose.fault import Fault
from dlint.parser.yaml import Node
from dlint.regex import lazy

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from dlint.model.compose.project import ComposeProject
    from dlint.model.compose.service import Service

_SOURCES = {"secrets": ("file", "environment"), "configs": ("file", "environment", "content")}
# What the engine takes (a slash in front is cut off); the schema only asks that two such characters are in it.
_CONTAINER_NAME = lazy(r"/?[a-zA-Z0-9][a-zA-Z0-9_.-]+\Z")
_ANY_TWO = lazy(r"[a-zA-Z0-9][a-zA-Z0-9_.-]+")


def definition_faults(project: "ComposeProject") -> "Iterator[Fault]":
    """Yield what is wrong in the definitions of a project."""
    for section, keys in _SOURCES.items():
        for name, (key, node) in project.elements(section).items():
            if node.kind == "table":
                yield from _source(f"{section.removesuffix('s')} {name}", key, node, keys)
    for name, (_, node) in project.elements("volumes").items():
        yield from _external_volume(name, node)
    for section in ("networks", "volumes", "secrets", "configs"):
        for name, (_, node) in project.elements(section).items():
            yield from _two_names(f"{section.removesuffix('s')} {name}", node)
    yield from _container_names(project)


def is_external(node: Node) -> bool | None:
    """Whether a definition says that somebody else made the thing; None where a variable hides it."""
    external = node.get("external")
    if external is None or external.kind == "table":
        return external is not None
    flag = flag_at(external)
    return None if flag is None or flag.value is None else flag.value


def _source(whose: str, key: Node, node: Node, keys: tuple[str, ...]) -> "Iterator[Fault]":
    given = [(name, value) for name, value in node.pairs if name.text in keys]
    shown = f"`{'`, `'.join(keys[:-1])}` or `{keys[-1]}`"
    if len(given) > 1:
        yield Fault(
            given[1][0],
            f"{whose} comes from `{given[0][0].text}` and from `{given[1][0].text}`",
            "keep one of them",
            labels=((given[0][0], "the first"),),
        )
        return
    is_secret = "content" not in keys
    if given:
        name, value = given[0]
        is_empty = value.kind == "text" and value.is_known and not value.text
        if not (is_secret and name.text == "environment" and is_empty) or is_external(node) is not False:
            return
    elif node.get("external") is not None and (not is_secret or is_external(node) is not False):
        return
    yield Fault(key, f"{whose} says nowhere where it comes from", f"add {shown}, or `external: true`")


def _external_volume(name: str, node: Node) -> "Iterator[Fault]":
    if node.kind != "table" or not is_external(node):
        return
    for key, _ in node.pairs:
        if key.text not in ("name", "external") and not key.text.startswith("x-"):
            external = next(key for key, _ in node.pairs if key.text == "external")
            yield Fault(
                key,
                f"volume {name} is external, so nothing here makes it, and has `{key.text}`",
                f"delete `{key.text}`, or `external`",
                labels=((external, "external"),),
            )
            return


def _two_names(whose: str, node: Node) -> "Iterator[Fault]":
    external, name = node.get("external"), node.get("name")
    inner = external.get("name") if external is not None else None
    if name is not None and inner is not None and inner.is_known and name.is_known and name.text != inner.text:
        yield Fault(
            inner,
            f"{whose} has the names {name.text} and {inner.text}",
            "write `external: true`, and one `name`",
            labels=((name, "the other name"),),
        )


def _container_names(project: "ComposeProject") -> "Iterator[Fault]":
    first: dict[str, list[tuple[Service, Node]]] = {}
    for service in project.services.values():
        node = service.get("container_name")
        name = known_text(node)
        if node is None or name is None:
            continue
        if not _CONTAINER_NAME.match(name) and _ANY_TWO.search(name):
            yield Fault(
                node,
                f'the engine refuses the container name "{name}" of service {service.name}',
                "use only letters, digits, `_`, `.` and `-`, with a letter or digit first",
                kind="container-name",
            )
        other = next((found for found in first.get(name, ()) if _can_meet(service, found[0])), None)
        if other is not None:
            yield Fault(
                node,
                f"services {other[0].name} and {service.name} have the same container name {name}",
                "delete `container_name`, or choose another",
                labels=((other[1], f"service {other[0].name}"),),
                kind="same-container-name",
            )
        first.setdefault(name, []).append((service, node))


def _can_meet(one: "Service", other: "Service") -> bool:
    """Whether two services run together with some profile; variants with profiles of their own do not."""
    profiles = [{text.value for text in texts_of(service.get("profiles"))} for service in (one, other)]
    return not all(profiles) or bool(profiles[0] & profiles[1])
