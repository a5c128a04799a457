"""Report published ports that name no address of the host."""

from dlint.checks import INFO, Report, fix, rule
from dlint.checks.compose._ports import bound_to_this_machine, shown
from dlint.model.compose.project import ComposeProject


@rule(
    "port-without-host-address", severity=INFO, default=False, looks_at="compose", triggers=("ports",), fix="unsafe",
    aliases=("no-unbound-port-interfaces",),
)  # fmt: skip
def check(project: ComposeProject, report: Report) -> None:
    for service in project.services.values():
        # In the network of the host or of another container, nothing is published.
        for port in service.ports if service.network_mode is None else ():
            if port.host_ip is not None:
                continue
            edit = bound_to_this_machine(port) if port.node.source is project.source else None
            report(
                port.node,
                f"{service.name} is reachable on every address of this host, past the host's firewall",
                advice=f"name the address it is for: {shown(port)} for this machine only",
                fix=fix("unsafe", "publish for this machine only", edit) if edit else None,
            )
