"""Report requests for GPUs that Compose or the engine refuses."""

from dlint.checks import ERROR, Report, rule
from dlint.model.compose.gpu import impossible_requests
from dlint.model.compose.project import ComposeProject
from dlint.model.compose.refused.validity import faults_of


@rule("gpu-reservation-invalid", severity=ERROR, looks_at="compose", triggers=("devices", "gpus"))
def check(project: ComposeProject, report: Report) -> None:
    for fault in faults_of(project):
        if fault.kind == "gpu":
            report(fault.node, fault.message, advice=fault.advice, labels=fault.labels)
    for service in project.services.values():
        for node, message, advice in impossible_requests(service):
            report(node, message, advice=advice)
