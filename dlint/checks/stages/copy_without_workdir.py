"""Report folders whose contents are copied over the root of the file system."""

from dlint.checks import WARNING, Report, rule
from dlint.model.build import Build
from dlint.model.container_paths import transfers
from dlint.parser.dockerfile import ast


@rule("copy-without-workdir", severity=WARNING, aliases=("DL3045",), triggers=("copy", "add"))
def check(build: Build, report: Report) -> None:
    with_workdir = {step.stage for step in build.steps(ast.Workdir)}
    for step in build.steps(ast.Copy, ast.Add):
        instruction = step.instruction
        assert isinstance(instruction, ast.Transfer)
        # Whoever sets WORKDIR further down knows of it, and an empty image has no folders to mix with.
        if step.workdir != "/" or step.stage.root.family == "scratch" or not with_workdir.isdisjoint(step.stage.chain):
            continue
        if build.variables.expand(instruction.destination, step.environment) not in (".", "./"):
            continue
        for item in transfers(build, step):
            is_folder = item.is_everything or any(entry.is_folder for entry in build.context.find(item.source))
            if is_folder:
                report(
                    instruction.destination.span,
                    f"the stage sets no WORKDIR, so what is in {item.word.value} is mixed with the system in /",
                    advice="set WORKDIR above",
                )
                break
