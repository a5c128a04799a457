"""What rules about commands that fail share."""

from dlint.checks import ERROR, INFO, WARNING, Severity
from dlint.model.commands import Command
from dlint.model.outcomes import is_expected_to_fail

_LOWER = {ERROR: WARNING, WARNING: INFO, INFO: INFO}


def claim(command: Command, severity: Severity, *, is_certain: bool = True) -> Severity | None:
    """Return how much can be said of a command that fails; None where somebody thought of its failure.

    What may not happen at all is one level less, and so is what depends on a base image that is an argument.
    """
    if is_expected_to_fail(command):
        return None
    image = command.step.stage.chain[-1].instruction.image.value
    is_fixed = is_certain and not command.is_conditional and not image.startswith("$")
    return severity if is_fixed else _LOWER[severity]
