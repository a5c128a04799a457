"""Report ports of the host that two services want at the same time."""

from dlint.checks import ERROR, INFO, WARNING, Report, Severity, rule
from dlint.model.compose.project import ComposeProject
from dlint.model.compose.topics.publishing import Clash, find_clashes, published_ports


@rule(
    "compose-host-port-conflict", severity=WARNING, looks_at="compose", aliases=("no-duplicate-exported-ports",),
    triggers=("ports",),
)  # fmt: skip
def check(project: ComposeProject, report: Report) -> None:
    taken = {
        number
        for service in project.services.values()
        for port in published_ports(service)
        for number in port.published or ()
    }
    for clash in find_clashes(project):
        free = next((number for number in range(clash.number + 1, 65536) if number not in taken), None)
        port = clash.port.node.get("published") or clash.port.node
        protocol = " (UDP)" if clash.port.protocol == "udp" else ""
        who = "this service" if clash.service is clash.other else clash.other.name
        report(
            port,
            f"port {clash.number}{protocol} of the host is already taken by {who}: "
            f"{clash.service.name} cannot start beside it",
            advice=_advice(clash, free),
            labels=((clash.other_port.node, f"{who} takes it here"),),
            severity=_severity(clash),
        )


def _severity(clash: Clash) -> Severity:
    if clash.service is clash.other:
        return ERROR
    return INFO if is_variant(clash) else WARNING


def is_variant(clash: Clash) -> bool:
    """Whether two services look like variants of one program, of which people start one."""
    mine, others = clash.service, clash.other
    if clash.port.target != clash.other_port.target:
        return False
    image, other = mine.image, others.image
    if image is not None and other is not None and image.repository == other.repository:
        return True
    short, long = sorted((mine.name, others.name), key=len)
    return long.startswith(short) or long.endswith(short)


def _advice(clash: Clash, free: int | None) -> str:
    if clash.service is clash.other:
        return "delete one of the two entries, or give it another port of the host"
    other = f"take another one (published: {free})" if clash.port.node.kind == "table" else f"take another one ({free})"
    if is_variant(clash):
        return "if only one of them is to run, give each a profile (profiles: [...]); else take another port"
    return f"{other}, or give the two different profiles if only one of them is to run"
