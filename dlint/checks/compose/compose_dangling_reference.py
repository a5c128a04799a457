"""Report names that nothing in a compose project has, and definitions that nothing uses."""

from dlint.checks import ERROR, INFO, WARNING, Report, rule
from dlint.model.compose.project import ComposeProject
from dlint.model.compose.refused.references import is_partial, unused_elements
from dlint.model.compose.refused.validity import faults_of
from dlint.model.compose.topics.addresses import DeadAddress, dead_addresses
from dlint.model.compose.topics.network import networks_of


@rule("compose-dangling-reference", severity=ERROR, looks_at="compose")
def check(project: ComposeProject, report: Report) -> None:
    for fault in faults_of(project):
        if fault.kind == "reference":
            report(fault.node, fault.message, advice=fault.advice, labels=fault.labels)
    if is_partial(project) or not project.services:
        return
    for service in project.services.values():
        for address in dead_addresses(service):
            if address.variable.node.source is project.source:
                _address(address, report)
    for what, key in unused_elements(project):
        if key.source is project.source:
            report(
                key,
                f"no service uses the {what} {key.text}",
                advice="name it in the services that need it, or delete it",
                severity=INFO,
            )


def _address(address: DeadAddress, report: Report) -> None:
    service, meant, variable = address.service.name, address.meant.name, address.variable
    here = f"{variable.name} asks {address.host}:{address.written_port}"
    if address.is_loopback:
        message = f"{here}, which is the container of {service} itself; {meant} is another one"
        advice = f"write {meant}:{address.port}"
    else:
        message = f"{here}, and {service} and {meant} share no network"
        advice = f"put {service} into a network of {meant} ({', '.join(sorted(networks_of(address.meant)))}), too"
    report(
        variable.node,
        message,
        advice=advice,
        labels=((address.meant.key, "this is meant" if address.is_loopback else "it is not reached"),),
        severity=WARNING,
        hidden=(variable.value_node.span,) if address.shows_password else (),
    )
