"""Report services that do not stand in alphabetical order."""

from dlint.checks import INFO, Report, rule
from dlint.checks.style._order import alphabetical, first_misplaced, sorting
from dlint.model.compose.project import ComposeProject
from dlint.model.compose.topics.written import written_pairs, written_root


@rule(
    "services-unordered", severity=INFO, default=False, looks_at="compose", aliases=("services-alphabetical-order",),
    triggers=("services",), fix="safe",
)  # fmt: skip
def check(project: ComposeProject, report: Report) -> None:
    keys = [key for key, _ in written_pairs(written_root(project).get("services"))]
    ranks = [alphabetical(key.text) for key in keys]
    misplaced = first_misplaced(ranks)
    if misplaced is None:
        return
    late, early = misplaced
    report(
        keys[late],
        f"service {keys[late].text} stands behind {keys[early].text}, and the services are not in alphabetical order",
        advice=f"move it above {keys[early].text}, and so on",
        labels=((keys[early], "it belongs before this one"),),
        fix=sorting(keys, ranks, "sort the services"),
    )
