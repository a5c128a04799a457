"""Report services that divide their work among more GPUs than they get, or leave some of them idle."""

from dlint.checks import ERROR, INFO, Report, rule
from dlint.model.compose.project import ComposeProject
from dlint.model.compose.topics.parallel import parallelism_of, reserved_gpus

_TRIGGERS = ("parallel", "-tp", "-pp", "-dp", "num-shard", "nproc", "num-processes", "num-gpus")

# These begin only when every process has its GPU.
_SERVERS = ("vllm", "sglang", "text-generation-launcher")


@rule("parallelism-exceeds-gpus", severity=ERROR, looks_at="compose", triggers=_TRIGGERS)
def check(project: ComposeProject, report: Report) -> None:
    for service in project.services.values():
        reserved = reserved_gpus(service)
        split = parallelism_of(service) if reserved else None
        if reserved is None or split is None:
            continue
        count, request = reserved
        options = " and ".join(f"{name} {number}" for name, number in split.parts)
        labels = ((request.node, f"{count} GPU{'s' if count > 1 else ''}"),)
        if split.number > count:
            report(
                split.place,
                f"{options} {_take(split.parts)} {_gpus(split.number)}, and {service.name} gets {count}: "
                + (
                    f"{split.program} does not start"
                    if split.program in _SERVERS
                    else f"{split.number - count} of the processes find none"
                ),
                advice=f"reserve {_gpus(split.number)}, or {_divide(split.parts, count)}",
                labels=labels,
            )
        elif split.number < count:
            report(
                split.place,
                f"{options} {_take(split.parts)} {_gpus(split.number)} of the {count} that {service.name} gets: "
                f"{_idle(count - split.number)}",
                advice=f"reserve {_gpus(split.number)}, or {_divide(split.parts, count)}",
                labels=labels,
                severity=INFO,
            )


def _take(parts: tuple[tuple[str, int], ...]) -> str:
    return "takes" if len(parts) == 1 else "take"


def _divide(parts: tuple[tuple[str, int], ...], count: int) -> str:
    return f"set {parts[0][0]} to {count}" if len(parts) == 1 else f"divide the work among {count}"


def _gpus(number: int) -> str:
    return f"{number} GPU" if number == 1 else f"{number} GPUs"


def _idle(number: int) -> str:
    return f"{number} is idle" if number == 1 else f"{number} are idle"
