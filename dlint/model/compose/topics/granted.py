"""Secrets that a service reads, and whether it is given them."""

from dlint.parser.compose.fault import Fault

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from dlint.model.compose.service import Service

_FOLDER = "/run/secrets/"


def missing_secret_files(service: "Service") -> "Iterator[Fault]":
    """Yield a fault for each variable that names a file below /run/secrets that the service does not get."""
    named = {name: variable for name, variable in service.environment.items() if name.endswith("_FILE")}
    if not named or service.has_hidden_mounts or any(mount.covers(_FOLDER) for mount in service.mounts):
        return
    given = _targets(service)
    for name, variable in named.items():
        path = variable.value or ""
        if given is None or not path.startswith(_FOLDER) or path in given:
            continue
        if any(mount.covers(path) for mount in service.mounts):
            continue
        secret = path.removeprefix(_FOLDER)
        is_defined = secret in service.project.elements("secrets")
        advice = f"give it to {service.name}: secrets: [{secret}]"
        if not is_defined:
            advice += f", and define it at the top: secrets: {{{secret}: {{file: ./{secret}.txt}}}}"
        message = f"{name} names {path}, and service {service.name} is not given the secret {secret}"
        yield Fault(variable.value_node, message, advice, kind="reference")


def _targets(service: "Service") -> set[str] | None:
    """Return the paths of the secrets a service is given; None where a variable hides one."""
    node = service.get("secrets")
    found: set[str] = set()
    if node is None:
        return found
    if node.kind != "list" or not node.is_known:
        return None
    for item in node.items:
        target = item.get("target") if item.kind == "table" else None
        target = target or (item.get("source") if item.kind == "table" else item)
        if target is None or target.kind != "text" or not target.is_known:
            return None
        found.add(target.text if target.text.startswith("/") else _FOLDER + target.text)
    return found
