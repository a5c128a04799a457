"""Report top-level keys of a compose file that do not stand in the usual order."""

from dlint.checks import INFO, Report, rule
from dlint.checks.style._order import first_misplaced, sorting
from dlint.model.compose.project import ComposeProject
from dlint.model.compose.topics.written import written_pairs, written_root

_EXTENSIONS = "x-*"
ORDER = (_EXTENSIONS, "version", "name", "include", "services", "models", "networks", "volumes", "secrets", "configs")


@rule(
    "top-level-keys-unordered", severity=INFO, default=False, looks_at="compose",
    aliases=("top-level-properties-order",), fix="safe", options={"order": ORDER},
)  # fmt: skip
def check(project: ComposeProject, report: Report) -> None:
    keys = [key for key, _ in written_pairs(written_root(project))]
    order = report.options["order"]
    assert isinstance(order, list | tuple)
    wanted = [*order, *(name for name in ORDER if name not in order)]
    ranks = [_rank(key.text, wanted) for key in keys]
    misplaced = first_misplaced(ranks)
    if misplaced is None:
        return
    late, early = misplaced
    in_order = [key.text for _, key in sorted(zip(ranks, keys, strict=True), key=lambda pair: pair[0])]
    report(
        keys[late],
        f"{keys[late].text} stands behind {keys[early].text}",
        advice=f"put the top-level keys in the order {', '.join(in_order)}",
        labels=((keys[early], "it belongs before this"),),
        fix=sorting(keys, ranks, "sort the top-level keys"),
    )


def _rank(name: str, wanted: list[str]) -> tuple[int, str]:
    """Return the place of a key; extensions are sorted by name, and so is what nobody knows, at the end."""
    if name.startswith("x-") and name not in wanted:
        return wanted.index(_EXTENSIONS), name
    return (wanted.index(name), "") if name in wanted else (len(wanted), name)
