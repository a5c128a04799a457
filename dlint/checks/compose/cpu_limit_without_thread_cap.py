"""Report services that may use some processors and start threads for all of the host's."""

from dlint.checks import WARNING, Fix, Report, fix, rule
from dlint.checks.compose._edits import add_entry
from dlint.model.compose.project import ComposeProject
from dlint.model.compose.purpose import known_service_image
from dlint.model.compose.service import Service
from dlint.model.compose.topics.learning import caps_threads, frameworks, learning

_VARIABLES = {"llama.cpp": "LLAMA_ARG_THREADS", "LocalAI": "LOCALAI_THREADS"}
_INTRA, _OMP = "TF_NUM_INTRAOP_THREADS", "OMP_NUM_THREADS"


@rule(
    "cpu-limit-without-thread-cap", severity=WARNING, looks_at="compose", triggers=("cpus", "cpu_quota"), fix="unsafe",
)  # fmt: skip
def check(project: ComposeProject, report: Report) -> None:
    for service in project.services.values():
        limit = service.cpu_limit
        if limit is None or limit.value is None or limit.value <= 0 or service.cpuset is not None:
            continue
        reason = learning(service)
        if reason is None or caps_threads(service) is not False:
            continue
        count = max(1, int(limit.value))
        variable = _variable(service)
        reserved = f"{limit.value:g} processor{'s' if limit.value != 1 else ''}"
        if variable is None:
            advice = (
                f'bind it to processors instead, which it does see: cpuset: "{"0" if count == 1 else f"0-{count - 1}"}"'
            )
        else:
            advice = f'set {variable}: "{count}" in its environment'
        report(
            limit.node,
            f"service {service.name} may use {reserved}, but starts a thread for each one of the host: "
            f"{reason.text}, and nothing says how many threads it may have",
            advice=advice,
            fix=_fix(service, variable, count),
        )


def _variable(service: Service) -> str | None:
    """Return the variable that says how many threads to start; None for Ollama, which has none."""
    image = known_service_image(service)
    label = image.label if image else ""
    if label == "Ollama":
        return None
    known = frameworks(service)
    is_tensorflow = label == "TensorFlow Serving" or (
        any(name.startswith("tensorflow") for name in known) and "torch" not in known
    )
    return _VARIABLES.get(label, _INTRA if is_tensorflow else _OMP)


def _fix(service: Service, variable: str | None, count: int) -> Fix | None:
    edit = add_entry(service, "environment", variable, str(count)) if variable is not None else None
    return fix("unsafe", f"set {variable}", edit) if edit else None
