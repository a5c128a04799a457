"""Report services whose processes share tensors in the 64 MB that Docker gives, or in more than their memory limit."""

from dlint.checks import INFO, WARNING, Fix, Report, fix, rule
from dlint.checks.compose._edits import add_key
from dlint.model.compose.project import ComposeProject
from dlint.model.compose.service import Service
from dlint.model.compose.topics.parallel import reserved_gpus
from dlint.model.compose.topics.shared_memory import has_shared_memory, needs_shared_memory
from dlint.model.compose.values import Number

_GB = 1024**3
_WANTED = 8
_TRIGGERS = ("shm_size", "gpu", "nvidia", "/dev/kfd", "amd", "ray")


@rule("shm-size-default", severity=WARNING, looks_at="compose", triggers=_TRIGGERS, fix="unsafe")
def check(project: ComposeProject, report: Report) -> None:
    for service in project.services.values():
        limit = service.memory_limit
        size = service.shm_size
        if size is not None:
            _compare(service, size, limit, report)
        elif not has_shared_memory(service):
            _need(service, limit, report)


def _need(service: Service, limit: Number | None, report: Report) -> None:
    reason = needs_shared_memory(service)
    if reason is None:
        return
    wanted = _fitting(limit)
    labels = [(reason.node, reason.text)] if reason.node is not service.key else []
    if limit is not None and limit.value:
        labels.append((limit.node, "what is in /dev/shm counts against this limit"))
    project = service.project
    report(
        service.key,
        f"{service.name} has the 64 MB of /dev/shm that Docker gives for tensors that processes share: {reason.text}",
        advice=f"set shm_size: {wanted}" + _limits(service),
        labels=tuple(labels),
        fix=_fix(service, wanted),
        severity=INFO if project.is_test or project.is_development else None,
    )


def _fitting(limit: Number | None) -> str:
    """Return the size to set: 8 GB, and at most half of the memory limit."""
    if limit is None or not limit.value or limit.value >= 2 * _WANTED * _GB:
        return f"{_WANTED}gb"
    half = int(limit.value / 2)
    return f"{half // _GB}gb" if half >= _GB else f"{max(half // 1024**2, 1)}mb"


def _limits(service: Service) -> str:
    """Return what else NVIDIA's own command line has for containers that train on several GPUs."""
    reserved = reserved_gpus(service)
    if not service.gpus:
        return ""
    if service.get("ulimits") is not None or (reserved is not None and reserved[0] == 1):
        return ""
    return ", and for NCCL ulimits: {memlock: -1, stack: 67108864}"


def _fix(service: Service, size: str) -> Fix | None:
    edit = add_key(service, f"shm_size: {size}")
    return fix("unsafe", f"add shm_size: {size}", edit) if edit else None


def _compare(service: Service, size: Number, limit: Number | None, report: Report) -> None:
    """Report a /dev/shm that cannot fill up before the container is killed."""
    if limit is None or not limit.value or not size.value or size.value < limit.value:
        return
    report(
        size.node,
        f"/dev/shm of {service.name} may grow to {size.node.text}, and counts against the memory limit of "
        f"{limit.node.text}: the container is killed before it is full",
        advice=f"set shm_size to half of the limit ({_fitting(limit)}), or raise the limit",
        labels=((limit.node, "the memory limit"),),
    )
