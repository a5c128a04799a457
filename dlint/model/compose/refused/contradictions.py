"""Keys of one service that Compose does not take together."""

from dlint.model.compose.values import is_null, known_text, texts_of
from dlint.parser.compose.casts import decimal
from dlint.parser.compose.fault import Fault
from dlint.parser.compose.texts import byte_count
from dlint.parser.yaml import Node

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from dlint.model.compose.service import Service

# A key of the service, the place of the same thing in deploy.resources, and how both are read.
_LIMITS: "tuple[tuple[str, str, str, Callable[[str], float | None]], ...]" = (
    ("cpus", "limits", "cpus", decimal),
    ("mem_limit", "limits", "memory", byte_count),
    ("pids_limit", "limits", "pids", decimal),
    ("mem_reservation", "reservations", "memory", byte_count),
)
_FIRST_WORDS = ("CMD", "CMD-SHELL", "NONE")


def contradictions(service: "Service") -> "Iterator[Fault]":
    """Yield what in one service Compose refuses because of something else in it."""
    for check in (_source, _build, _networks, _healthcheck, _scale, _limits, _reservation, _entries, _watch):
        yield from check(service)


def _source(service: "Service") -> "Iterator[Fault]":
    if service.get("build") is not None or service.get("provider") is not None or service.get("extends") is not None:
        return
    image = service.get("image")
    if image is None:
        yield Fault(
            service.key,
            f"service {service.name} has neither `image` nor `build`",
            "name an image, or the folder to build one from",
            path=("services", service.name, "image"),
        )
    elif image.kind == "text" and image.is_known and not image.text and not image.is_plain:
        yield Fault(image, f"service {service.name} has an empty `image`, and no `build`", "name an image")


def _build(service: "Service") -> "Iterator[Fault]":
    inline, file = service.get("build", "dockerfile_inline"), service.get("build", "dockerfile")
    if known_text(inline) and known_text(file) and inline is not None and file is not None:
        yield Fault(
            service.key_at("build", "dockerfile_inline") or inline,
            f"service {service.name} has both `dockerfile` and `dockerfile_inline`",
            "delete one of them",
            labels=((file, "the other one"),),
        )
    platform = service.get("platform")
    built = texts_of(service.get("build", "platforms"))
    name = known_text(platform)
    if platform is not None and name and built and all(text.value is not None and text.value != name for text in built):
        yield Fault(
            platform,
            f"service {service.name} runs on {name}, and is built for {', '.join(str(text.value) for text in built)}",
            f"add {name} to `build.platforms`",
            labels=((built[0].node, "built for"),),
        )


def _networks(service: "Service") -> "Iterator[Fault]":
    mode, networks = service.get("network_mode"), service.get("networks")
    text = known_text(mode)
    if mode is None or networks is None or not text or not (networks.items or networks.pairs):
        return
    yield Fault(
        service.key_at("networks") or networks,
        f"service {service.name} has `networks` beside `network_mode: {text}`, which takes it out of all networks",
        "delete one of the two",
        labels=((mode, "network_mode"),),
    )


def _healthcheck(service: "Service") -> "Iterator[Fault]":
    test = service.get("healthcheck", "test")
    if test is None or test.kind != "list" or not test.items:
        return
    first = test.items[0]
    if first.kind == "text" and first.is_known and first.text not in _FIRST_WORDS and not is_null(first):
        word = known_text(first) or '""'
        yield Fault(
            first,
            f"`healthcheck.test` of service {service.name} is a list beginning with {word}, not with CMD or CMD-SHELL",
            f"write [CMD, {word}, …], or the command as one text",
        )


def _scale(service: "Service") -> "Iterator[Fault]":
    scale, replicas = service.get("scale"), service.get("deploy", "replicas")
    scale_number, replica_number = _number(scale, decimal), _number(replicas, decimal)
    if scale is not None and replicas is not None and None not in (scale_number, replica_number):
        if scale_number != replica_number:
            yield Fault(
                scale,
                f"service {service.name} has `scale: {scale.text}` and `deploy.replicas: {replicas.text}`",
                "delete `scale`",
                labels=((replicas, "deploy.replicas"),),
            )
            return
    name, count = service.get("container_name"), scale if scale is not None else replicas
    number = scale_number if scale is not None else replica_number
    if name is not None and count is not None and number is not None and number > 1:
        yield Fault(
            service.key_at("container_name") or name,
            f"service {service.name} has a `container_name`, which only one can have, and runs {count.text} times",
            "delete `container_name`",
            labels=((count, "how many"),),
        )


def _limits(service: "Service") -> "Iterator[Fault]":
    for key, group, other_key, read in _LIMITS:
        node, table = service.get(key), service.get("deploy", "resources", group)
        if node is None or table is None or table.kind != "table":
            continue
        other = table.get(other_key)
        mine, theirs = _number(node, read), _number(other, read) if other is not None else 0.0
        if not mine or theirs is None or abs(mine - theirs) <= 1e-6 * max(abs(mine), abs(theirs)):
            continue
        dotted = f"deploy.resources.{group}"
        if other is None:
            yield Fault(
                service.key_at(key) or node,
                f"service {service.name} has `{key}` beside `{dotted}`, which has no `{other_key}`",
                f"move it: `{dotted}.{other_key}: {node.text}`",
                labels=((service.key_at("deploy", "resources", group) or table, dotted),),
            )
        else:
            yield Fault(
                node,
                f"service {service.name} has `{key}: {node.text}` and `{dotted}.{other_key}: {other.text}`",
                f"delete `{key}`",
                labels=((other, f"{dotted}.{other_key}"),),
            )


def _reservation(service: "Service") -> "Iterator[Fault]":
    """The engine refuses to create a container that is promised more memory than it may use."""
    limit = service.get("deploy", "resources", "limits", "memory") or service.get("mem_limit")
    promised = service.get("deploy", "resources", "reservations", "memory") or service.get("mem_reservation")
    most, least = _number(limit, byte_count), _number(promised, byte_count)
    if limit is None or promised is None or most is None or least is None or not 0 < most < least:
        return
    yield Fault(
        promised,
        f"service {service.name} reserves {promised.text} of memory, and may use {limit.text}",
        "reserve no more than the limit",
        labels=((limit, "the limit"),),
    )


def _entries(service: "Service") -> "Iterator[Fault]":
    for key, words in (
        ("ports", "port of the container"),
        ("volumes", "path in the container"),
        ("devices", "path in the container"),
    ):
        for item in _tables(service.get(key)):
            target = item.get("target")
            if target is None:
                yield Fault(
                    item.pairs[0][0] if item.pairs else service.key_at(key) or item,
                    f"an entry of `{key}` of service {service.name} has no `target`",
                    f"add `target`, the {words}",
                    path=("services", service.name, key, 0, "target"),
                )
    for item in _tables(service.get("volumes")):
        if known_text(item.get("type")) == "bind" and item.get("source") is None and item.get("target") is not None:
            yield Fault(
                item.pairs[0][0],
                f"a bind mount of service {service.name} has no `source`",
                "add `source`, the path on the host",
            )
    for key, node in (
        ("secrets", service.get("secrets")),
        ("configs", service.get("configs")),
        ("build.secrets", service.get("build", "secrets")),
    ):
        for item in _tables(node):
            if item.get("source") is None:
                yield Fault(
                    item.pairs[0][0] if item.pairs else item,
                    f"an entry of `{key}` of service {service.name} has no `source`",
                    f"add `source`, the name of the {key.rpartition('.')[2].removesuffix('s')}",
                )


def _watch(service: "Service") -> "Iterator[Fault]":
    for item in _tables(service.get("develop", "watch")):
        action = known_text(item.get("action"))
        target = item.get("target")
        is_empty = target is None or (target.kind == "text" and target.is_known and not target.text)
        if action in ("sync", "sync+restart", "sync+exec") and is_empty:
            yield Fault(
                item.get("action") or item,
                f"`develop.watch` of service {service.name} has `action: {action}` without a `target`",
                "add `target`, the path in the container",
            )


def exclusive_devices(service: "Service") -> "Iterator[Fault]":
    """Yield requests for devices that name both how many and which."""
    for path in (("deploy", "resources", "reservations", "devices"), ("gpus",)):
        for item in _tables(service.get(*path)):
            count, ids = item.get("count"), item.get("device_ids")
            if count is not None and ids is not None:
                key = next(key for key, value in item.pairs if value is count)
                yield Fault(
                    key,
                    f"service {service.name} asks for GPUs by `count` and by `device_ids`",
                    "delete `count`: the ids say how many",
                    labels=((ids, "device_ids"),),
                    kind="gpu",
                )


def _tables(node: Node | None) -> list[Node]:
    return [item for item in node.items if item.kind == "table"] if node is not None else []


def _number(node: Node | None, read: "Callable[[str], float | None]") -> float | None:
    """Return the number at a node; None where there is none or a variable hides it."""
    text = known_text(node)
    if text is None or node is None:
        return None
    plain = decimal(text.replace("_", ""))
    return plain if plain is not None else read(text)
