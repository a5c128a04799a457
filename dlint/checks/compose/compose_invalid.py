"""Report everything for which Docker Compose refuses a project, unless another rule is about it."""

from dlint.checks import ERROR, Location, Report, rule
from dlint.model.compose.project import ComposeProject
from dlint.model.compose.refused.validity import faults_of

# dclint's names for the kinds of fault.
_ALIASES = {
    "invalid": "invalid-schema",
    "container-name": "service-container-name-regex",
    "same-container-name": "no-duplicate-container-names",
}


@rule(
    "compose-invalid", severity=ERROR, looks_at="compose",
    aliases=("invalid-yaml", "invalid-schema", "no-duplicate-container-names", "service-container-name-regex"),
)  # fmt: skip
def check(project: ComposeProject, report: Report) -> None:
    for problem in project.problems:
        labels = tuple((Location(source, span), text) for source, span, text in problem.labels)
        report(
            problem.span, problem.message, advice=problem.advice, source=problem.source, labels=labels,
            alias="invalid-yaml" if "no valid YAML" in problem.message else "invalid-schema",
        )  # fmt: skip
    for fault in faults_of(project):
        if fault.kind in _ALIASES:
            report(fault.node, fault.message, advice=fault.advice, labels=fault.labels, alias=_ALIASES[fault.kind])
