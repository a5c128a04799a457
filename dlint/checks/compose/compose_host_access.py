"""Report services that can take over the host they run on."""

from dlint.checks import INFO, WARNING, Report, Severity, rule
from dlint.model.compose.project import ComposeProject
from dlint.model.compose.service import Service
from dlint.model.compose.topics.host_access import Access, host_access


@rule(
    "compose-host-access", severity=WARNING, looks_at="compose",
    triggers=("privileged", "network-mode", "pid", "ipc", "docker.sock", "containerd.sock", "podman.sock", "cap-add",
              "/:/", "source: /"),
)  # fmt: skip
def check(project: ComposeProject, report: Report) -> None:
    seen = set()
    groups: dict[tuple[str, ...], list[tuple[Service, list[Access]]]] = {}
    for service in project.services.values():
        found = host_access(service)
        if not found:
            continue
        # Services that take it over from one place are told of once.
        place = (id(found[0].node.source), found[0].node.span)
        if place in seen:
            continue
        seen.add(place)
        key = tuple(access.text for access in found)
        groups.setdefault((service.name, *key) if found[0].is_grave else key, []).append((service, found))
    for group in groups.values():
        _report(project, group, report)


def _report(project: ComposeProject, group: "list[tuple[Service, list[Access]]]", report: Report) -> None:
    """Report one service, or all that do the same, where that is no more than advice."""
    (service, found), *more = group
    first, *others = found
    report(
        first.node,
        f"{service.name} {'; it '.join(access.text for access in found[:3])}",
        advice=first.advice,
        labels=(
            *((access.node, access.label) for access in others),
            *((theirs[0].node, f"{other.name} too") for other, theirs in more),
        ),
        severity=_severity(project, first),
    )


def _severity(project: ComposeProject, access: Access) -> Severity:
    return INFO if project.is_test or project.is_development or not access.is_grave else WARNING
