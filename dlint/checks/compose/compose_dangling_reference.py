"""Report names that nothing in a compose project has, and definitions that nothing uses."""

from dlint.checks import ERROR, INFO, Report, rule
from dlint.model.compose.project import ComposeProject
from dlint.model.compose.references import is_partial, unused_elements
from dlint.model.compose.validity import faults_of


@rule("compose-dangling-reference", severity=ERROR, looks_at="compose")
def check(project: ComposeProject, report: Report) -> None:
    for fault in faults_of(project):
        if fault.kind == "reference":
            report(fault.node, fault.message, advice=fault.advice, labels=fault.labels)
    if is_partial(project) or not project.services:
        return
    for what, key in unused_elements(project):
        if key.source is project.source:
            report(
                key,
                f"no service uses the {what} {key.text}",
                advice="name it in the services that need it, or delete it",
                severity=INFO,
            )
