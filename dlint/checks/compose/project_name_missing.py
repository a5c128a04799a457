"""Report compose files that do not name their project."""

import os

from dlint.checks import INFO, Report, rule
from dlint.model.compose.project import ComposeProject
from dlint.model.compose.topics.written import written_root
from dlint.regex import lazy

_PART_OF_ANOTHER = lazy(r"(?i).*[._-]override\.ya?ml\Z")


@rule("project-name-missing", severity=INFO, default=False, looks_at="compose", aliases=("require-project-name-field",))
def check(project: ComposeProject, report: Report) -> None:
    root = written_root(project)
    if root.get("name") is not None or _PART_OF_ANOTHER.match(project.project_path):
        return
    names = {entry.name for file in project.environment_files for entry in file.entries}
    if "COMPOSE_PROJECT_NAME" in names:
        return
    for key, _ in root.pairs:
        if key.text in ("services", "include"):
            folder = os.path.basename(project.folder)
            report(
                key,
                f"the project has no name: its containers, networks and volumes are called after the folder {folder}",
                advice="add name: at the top of the file",
            )
            return
