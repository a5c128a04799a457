"""Report stages that use curl and wget."""

from dlint.checks import INFO, Report, rule
from dlint.model.build import Build
from dlint.model.commands import Command
from dlint.model.stages import Stage

_TOOLS = ("curl", "wget")


@rule("curl-and-wget", severity=INFO, default=False, aliases=("DL4001", "DS-0014"), triggers=("wget",))
def check(build: Build, report: Report) -> None:
    first: dict[Stage, Command] = {}
    reported = set()
    for command in build.commands(*_TOOLS):
        stage = command.step.stage
        other = next((first[each] for each in stage.chain if each in first), None)
        first.setdefault(stage, other or command)
        if other is None or other.name == command.name or stage in reported:
            continue
        reported.add(stage)
        report(
            command.head(0),
            f"this stage uses {other.name} and {command.name}, which do the same",
            advice=f"use {other.name} here too, and install one of them",
            labels=((other.head(0), f"{other.name} is used here"),),
        )
