"""Report services that can take over the host they run on."""

from dlint.checks import INFO, WARNING, Report, Severity, rule
from dlint.model.compose.host_access import Access, host_access
from dlint.model.compose.project import ComposeProject


@rule(
    "compose-host-access", severity=WARNING, looks_at="compose",
    triggers=("privileged", "network-mode", "pid", "ipc", "docker.sock", "containerd.sock", "podman.sock", "cap-add",
              "/:/", "source: /"),
)  # fmt: skip
def check(project: ComposeProject, report: Report) -> None:
    seen = set()
    for service in project.services.values():
        found = host_access(service)
        if not found:
            continue
        first, *others = found
        # Services that take it over from one place are told of once.
        place = (id(first.node.source), first.node.span)
        if place in seen:
            continue
        seen.add(place)
        report(
            first.node,
            f"{service.name} {' and '.join(access.text for access in found[:3])}",
            advice=first.advice,
            labels=tuple((access.node, access.label) for access in others),
            severity=_severity(project, first),
        )


def _severity(project: ComposeProject, access: Access) -> Severity:
    return INFO if project.is_test or project.is_development or not access.is_grave else WARNING
