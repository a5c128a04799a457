"""Report dependencies of services that do not stand in alphabetical order."""

from dlint.checks import INFO, Report, rule
from dlint.checks.style._order import alphabetical, dashes, first_misplaced, sorting
from dlint.model.compose.project import ComposeProject
from dlint.model.compose.topics.written import written_pairs, written_services, written_value
from dlint.parser.yaml import Node


@rule(
    "dependencies-unordered", severity=INFO, default=False, looks_at="compose",
    aliases=("service-dependencies-alphabetical-order",), triggers=("depends_on",), fix="safe",
)  # fmt: skip
def check(project: ComposeProject, report: Report) -> None:
    for service, table in written_services(project):
        node = written_value(table, "depends_on")
        if node is not None:
            _service(service, node, report)


def _service(service: Node, node: Node, report: Report) -> None:
    names = [key for key, _ in written_pairs(node)] or node.items
    ranks = [alphabetical(name.text) for name in names]
    misplaced = first_misplaced(ranks)
    if misplaced is None:
        return
    late, early = misplaced
    places = names if node.pairs else dashes(names)
    report(
        names[late],
        f"service {service.text} depends on {names[late].text} behind {names[early].text}, not in alphabetical order",
        advice=f"move {names[late].text} before {names[early].text}",
        labels=((names[early], "it belongs before this one"),),
        fix=sorting(places, ranks, f"sort what {service.text} depends on") if places else None,
    )
