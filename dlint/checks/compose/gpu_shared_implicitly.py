"""Report services that get the same GPUs without anything that divides them."""

from dlint.checks import INFO, WARNING, Report, rule
from dlint.model.compose.project import ComposeProject
from dlint.model.compose.service import Service
from dlint.model.compose.topics.rendezvous import read_member
from dlint.model.compose.topics.sharing import (
    EVERY,
    common_gpus,
    divides_gpus,
    gpus_of,
    is_capped,
    run_together,
    takes_memory,
)

# They watch GPUs, and compute nothing on them.
_WATCHERS = ("exporter", "dcgm", "nvtop", "gpustat", "monitor")

_DUPLICATE = "give each service device_ids of its own: NCCL refuses two processes of one job on the same GPU"


@rule("gpu-shared-implicitly", severity=INFO, looks_at="compose", triggers=("gpu", "nvidia"))
def check(project: ComposeProject, report: Report) -> None:
    if project.is_test or project.is_development or project.target == "swarm":
        return
    users = [(service, gpus) for service in project.services.values() if (gpus := _gpus(service))]
    for service, gpus in users:
        replicas = service.replicas
        if replicas is not None and replicas.value and replicas.value >= 2 and not is_capped(service):
            _report_replicas(service, gpus, int(replicas.value), report)
            return
    for place, (last, gpus) in enumerate(users):
        others = [
            (other, common)
            for other, theirs in users[:place]
            if run_together(other, last) and (common := common_gpus(gpus, theirs))
        ]
        if others and not all(is_capped(one) for one in _takers([last, *(one for one, _ in others)])):
            _report(last, others, report)
            return


def _gpus(service: Service) -> frozenset[str] | None:
    """Return the GPUs of a service that keeps running and computes on them."""
    image = service.image
    names = f"{service.name} {image.text if image else ''}".lower()
    if (
        (service.is_job is not False and not _is_rank(service))
        or divides_gpus(service)
        or any(word in names for word in _WATCHERS)
    ):
        return None
    return gpus_of(service)


def _is_rank(service: Service) -> bool:
    """Whether a service is one of the processes of a training, which run at the same time."""
    member = read_member(service)
    return member is not None and member.kind == "torch"


def _takers(services: list[Service]) -> list[Service]:
    """Return the servers that take a fixed part of the memory; one empty list makes no excuse."""
    return [service for service in services if takes_memory(service)] or [services[0]]


def _report(last: Service, others: "list[tuple[Service, frozenset[str]]]", report: Report) -> None:
    services = [*(service for service, _ in others), last]
    names = [service.name for service in services]
    takers = [service for service in services if takes_memory(service)]
    greedy = next((service for service in takers if not is_capped(service)), None)
    message = f"{', '.join(names[:-1])} and {names[-1]} all get {_shown([gpus for _, gpus in others])}"
    if len(names) == 2:
        message = message.replace(" all get ", " both get ")
    if greedy is not None:
        message += f", and {greedy.name} takes {takes_memory(greedy)} the memory when it starts"
    elif any(isinstance(request.count, int) for service in services for request in service.gpus):
        message += ": count takes GPUs from the first one on, whoever else has them"
    gpu = last.gpu
    report(
        gpu.node if gpu else last.key,
        message,
        advice=_DUPLICATE if all(map(_is_rank, services)) else _advice(greedy),
        labels=tuple((service.gpus[0].node, f"{service.name} gets it too") for service, _ in others),
        severity=WARNING if len(takers) >= 2 or all(map(_is_rank, services)) else INFO,
    )


def _report_replicas(service: Service, gpus: frozenset[str], replicas: int, report: Report) -> None:
    amount = takes_memory(service)
    gpu = service.gpu
    report(
        gpu.node if gpu else service.key,
        f"{'both' if replicas == 2 else f'all {replicas}'} containers of {service.name} get {_shown([gpus])}"
        + (f", and each takes {amount} the memory when it starts" if amount else ""),
        advice="make it one service for each GPU, with device_ids of its own",
        labels=((service.replicas.node, f"{replicas} containers"),) if service.replicas else (),
        severity=WARNING if amount else INFO,
    )


def _advice(greedy: Service | None) -> str:
    advice = "give each service device_ids of its own"
    if greedy is None or greedy.server is None:
        return f"{advice}; where the host has one GPU, let profiles choose which of them runs"
    option = {"vllm": "--gpu-memory-utilization 0.45", "sglang": "--mem-fraction-static 0.4"}
    return f"{advice}, or cap the memory ({option.get(greedy.server.name, '--cuda-memory-fraction 0.45')})"


def _shown(gpus: list[frozenset[str]]) -> str:
    if EVERY in gpus:
        return "all GPUs"
    ids = sorted(frozenset.union(*gpus))
    return f"GPU {ids[0]}" if len(ids) == 1 else f"the GPUs {', '.join(ids)}"
