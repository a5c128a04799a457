"""Errors people see.

DlintError                something the user can mend; exit code 2
├── UsageError            a wrong option or argument
└── ConfigurationError    problems in configuration files, all of them at once
"""


class DlintError(Exception):
    """An error with a message for people; ``exit_code`` is what the command returns."""

    exit_code = 2


class UsageError(DlintError):
    """A wrong option, argument or name on the command line."""


class ConfigurationError(DlintError):
    """Problems in configuration files; each is a complete text."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems
