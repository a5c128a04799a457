"""What a service says about its image to those who check the Dockerfile."""

from dlint.model.compose.beside import texts_beside
from dlint.model.gpu import is_called_after_gpus
from dlint.model.invocation import Evidence

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import TypeVar

    from dlint.model.compose.project import ComposeProject
    from dlint.model.compose.service import Service

    T = TypeVar("T")

_MAX_RANGE = 100
_GPU_WORDS = ("nvidia", "gpus:", "[gpu]", "- gpu", "/dev/kfd", "/dev/dri", "cuda", "rocm")


def evidence_of(service: "Service") -> Evidence:
    """Return what a service says about its image; only what is certain."""
    return service.once("evidence", lambda: _read_evidence(service))


def _read_evidence(service: "Service") -> Evidence:
    is_on_host = service.network_mode is not None
    user, init, read_only = service.user, service.init, service.read_only
    command, entrypoint = service.command, service.entrypoint
    return Evidence(
        gpu=_gets_gpu(service) if service.gpus else False if runs_without_gpu(service) else None,
        ports=() if is_on_host else _numbers(port.target for port in service.ports if port.protocol == "tcp"),
        is_local=bool(service.ports) and all(port.is_loopback for port in service.ports),
        hides_ports=service.has_hidden_ports or any(port.protocol != "tcp" for port in service.ports),
        exposed=_numbers(ports for _, ports in service.expose),
        healthcheck=_healthcheck(service),
        role=_role_of_name(service),
        environment={variable.name: variable.value for variable in service.environment.values()},
        command=None if command is None else tuple(word.value for word in command),
        entrypoint=None if entrypoint is None else tuple(word.value for word in entrypoint),
        # A user that a variable hides is one all the same; an empty one is that of the image.
        user=None if user is None or user.value == "" else user.value or "$",
        mounts=tuple(mount.target for mount in service.mounts if mount.is_persistent),
        init=init.value if init else None,
        read_only=read_only.value if read_only else None,
        services=(service.name,),
        places={
            "service": (service.key,),
            "ports": tuple(port.node for port in service.ports),
            "gpu": tuple(request.node for request in service.gpus),
            "user": (user.node,) if user else (),
        },
    )


def _gets_gpu(service: "Service") -> bool | None:
    """Whether the GPUs a service gets are for computing; None for /dev/dri alone, with which others decode video."""
    return True if any(request.how != "nodes" or request.driver for request in service.gpus) else None


def _numbers(ranges: "Iterable[tuple[int, int]]") -> tuple[int, ...]:
    found: dict[int, None] = {}
    for first, last in ranges:
        found |= dict.fromkeys(range(first, min(last, first + _MAX_RANGE) + 1))
    return tuple(found)


def _healthcheck(service: "Service") -> bool | None:
    healthcheck = service.healthcheck
    if healthcheck is None:
        return None
    if healthcheck.is_disabled:
        return False
    return True if healthcheck.test is not None else None


def _role_of_name(service: "Service") -> str | None:
    """Return the role where the service's words say one that the Dockerfile cannot know."""
    from dlint.model.compose.purpose import job_by_words

    if service.ports:
        return None
    reason = job_by_words(service)
    return "training" if reason is not None and reason.is_training else None


def runs_without_gpu(service: "Service") -> bool:
    """Whether a service certainly runs without a GPU.

    It publishes ports, so this file is how it is run; nothing in it asks for a GPU in any form
    (``gpus``, ``deploy`` devices, a runtime, devices of the host, ``privileged``, NVIDIA variables), no
    name speaks of one, and no variant does either: it has no profiles, no ``extends``, the project is
    none for tests or development, and no other compose file beside it speaks of GPUs.
    """
    from dlint.model.compose.purpose import gpu_need_by_words

    project = service.project
    if not service.ports or project.is_test or project.is_development or project.problems or project.target == "swarm":
        return False
    for key in ("gpus", "runtime", "devices", "privileged", "profiles", "extends", "device_cgroup_rules"):
        if service.get(key) is not None:
            return False
    if service.get("deploy", "resources", "reservations", "devices") is not None or gpu_need_by_words(service):
        return False
    if service.get("deploy", "resources", "reservations", "generic_resources") is not None:
        return False
    build = service.build
    names = [service.name, project.project_path, *service.environment]
    names += [service.image.text] if service.image else []
    if build is not None:
        target = build.target
        names += [build.name, (target.value or "gpu") if target else "", *build.args]
        names += [entry.value or "" for entry in build.args.values()]
    return not any(map(is_called_after_gpus, names)) and not has_gpu_variant(project)


def has_gpu_variant(project: "ComposeProject") -> bool:
    """Whether another compose file of the folder may be the variant with a GPU, or an override that adds one."""
    texts, is_complete = texts_beside(project)
    return not is_complete or project.once("gpu variant", lambda: any(map(_speaks_of_gpus, texts.items())))


def _speaks_of_gpus(file: tuple[str, str]) -> bool:
    name, text = file[0], file[1].lower()
    return is_called_after_gpus(name) or any(word in text for word in _GPU_WORDS)


def joined_evidence(evidence: list[Evidence]) -> Evidence:
    """Return what several services say about the image they share.

    A GPU if one asks for it, none only if all run without; a check if one has it; the ports of all;
    mounts that all have; everything else where all say the same.
    """
    gpus = [one.gpu for one in evidence]
    checks = [one.healthcheck for one in evidence]
    names = [name for name in evidence[0].environment if all(name in one.environment for one in evidence)]
    return Evidence(
        gpu=True if True in gpus else _agreed(gpus),
        healthcheck=True if True in checks else _agreed(checks),
        ports=tuple(dict.fromkeys(port for one in evidence for port in one.ports)),
        exposed=tuple(dict.fromkeys(port for one in evidence for port in one.exposed)),
        role=_agreed([one.role for one in evidence]),
        environment={name: _agreed([one.environment[name] for one in evidence]) for name in names},
        command=_agreed([one.command for one in evidence]),
        entrypoint=_agreed([one.entrypoint for one in evidence]),
        user=_agreed([one.user for one in evidence]),
        mounts=tuple(path for path in evidence[0].mounts if all(path in one.mounts for one in evidence)),
        init=_agreed([one.init for one in evidence]),
        read_only=_agreed([one.read_only for one in evidence]),
        is_local=all(one.is_local or not one.ports for one in evidence) and any(one.is_local for one in evidence),
        hides_ports=any(one.hides_ports for one in evidence),
        services=tuple(name for one in evidence for name in one.services),
        places={
            what: tuple(node for one in evidence for node in one.places.get(what, ()))
            for what in {what for one in evidence for what in one.places}
        },
    )


def _agreed(values: "list[T]") -> "T | None":
    return values[0] if all(value == values[0] for value in values) else None
