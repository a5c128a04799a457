"""Report keys of services that do not stand in the usual order."""

from dlint.checks import INFO, Report, rule
from dlint.checks.style._order import first_misplaced, sorting
from dlint.model.compose.project import ComposeProject
from dlint.model.compose.topics.written import written_pairs, written_services
from dlint.parser.yaml import Node

# The groups are those of dclint 3.1, what they do not name follows by its name.
GROUPS = {
    "core": ("image", "build", "container_name"),
    "dependencies": ("depends_on",),
    "data": ("volumes", "volumes_from", "configs", "secrets"),
    "environment": ("environment", "env_file"),
    "network": ("ports", "networks", "network_mode", "extra_hosts"),
    "running": ("command", "entrypoint", "working_dir", "restart", "healthcheck"),
    "operation": ("logging", "labels"),
    "security": ("user", "isolation"),
}
ORDER = tuple(key for keys in GROUPS.values() for key in keys)


@rule(
    "service-keys-unordered", severity=INFO, default=False, looks_at="compose", aliases=("service-keys-order",),
    triggers=("services",), fix="safe", options={"order": ORDER},
)  # fmt: skip
def check(project: ComposeProject, report: Report) -> None:
    order = report.options["order"]
    assert isinstance(order, list | tuple)
    ranks = {name: (place, "") for place, name in enumerate(order)}
    for service, table in written_services(project):
        _service(service, [key for key, _ in written_pairs(table)], ranks, report)


def _service(service: Node, keys: list[Node], places: dict[str, tuple[int, str]], report: Report) -> None:
    ranks = [places.get(key.text, (len(places), key.text)) for key in keys]
    if any(key.text == "<<" for key in keys):
        # What is merged in is best seen where the author put it.
        ranks = [rank for rank, key in zip(ranks, keys, strict=True) if key.text != "<<"]
        keys = [key for key in keys if key.text != "<<"]
    misplaced = first_misplaced(ranks)
    if misplaced is None:
        return
    late, early = misplaced
    in_order = [key.text for _, key in sorted(zip(ranks, keys, strict=True), key=lambda pair: pair[0])]
    report(
        keys[late],
        f"in service {service.text}, {keys[late].text} stands behind {keys[early].text}",
        advice=f"put its keys in the order {', '.join(in_order)}",
        labels=((keys[early], "it belongs before this"),),
        fix=sorting(keys, ranks, f"sort the keys of {service.text}"),
    )
