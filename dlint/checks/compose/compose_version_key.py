"""Report the top-level key ``version`` of a compose file."""

from dlint.checks import WARNING, Report, fix, rule
from dlint.checks.compose._lines import whole_lines
from dlint.model.compose.project import ComposeProject
from dlint.model.compose.topics.orchestrator import SWARM, find_runner


@rule(
    "compose-version-key", severity=WARNING, looks_at="compose", aliases=("no-version-field",), triggers=("version",),
    fix="safe",
)  # fmt: skip
def check(project: ComposeProject, report: Report) -> None:
    runner = find_runner(project)
    if runner is not None and runner.name == SWARM:
        # docker stack deploy reads it, and older ones refuse a file without it.
        return
    for file in project.files:
        for key, value in file.root.pairs if file.root is not None else []:
            if key.text == "version":
                report(
                    key,
                    f"version: {value.text} has no effect; Compose reads every file by the same specification",
                    advice="delete the line",
                    fix=fix("safe", "delete the line", (whole_lines(key, value), "")),
                )
