"""Report published ports that do not stand in ascending order."""

from dlint.checks import INFO, Report, rule
from dlint.checks.style._order import dashes, first_misplaced, sorting
from dlint.model.compose.ports import Port, read_ports
from dlint.model.compose.project import ComposeProject
from dlint.model.compose.topics.written import written_services, written_value
from dlint.parser.yaml import Node


@rule(
    "ports-unordered", severity=INFO, default=False, looks_at="compose",
    aliases=("service-ports-alphabetical-order",), triggers=("ports",), fix="safe",
)  # fmt: skip
def check(project: ComposeProject, report: Report) -> None:
    for service, table in written_services(project):
        node = written_value(table, "ports")
        if node is not None:
            _service(service, node, report)


def _service(service: Node, node: Node, report: Report) -> None:
    ports = read_ports(node)
    if len(ports) != len(node.items):
        return
    ranks = [(port.published or port.target, port.target) for port in ports]
    misplaced = first_misplaced(ranks)
    if misplaced is None:
        return
    late, early = misplaced
    # Which of two ports of the host comes first matters to nobody unless they lead to the same one.
    places = None if _share_targets(ports) else dashes(node.items)
    report(
        ports[late].node,
        f"service {service.text} publishes port {ranks[late][0][0]} behind {ranks[early][0][0]}",
        advice="sort the ports by those of the host",
        labels=((ports[early].node, "it belongs before this one"),),
        fix=sorting(places, ranks, f"sort the ports of {service.text}") if places else None,
    )


def _share_targets(ports: tuple[Port, ...]) -> bool:
    targets = [(port.target, port.protocol) for port in ports]
    return len(set(targets)) != len(targets) or any(first != last for (first, last), _ in targets)
