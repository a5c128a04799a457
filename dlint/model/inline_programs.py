"""Programs that are written inside a command."""

from dlint.model.commands import Command


def inline_program(command: Command) -> str | None:
    """Return the program that an interpreter is given with ``-c`` or in a heredoc, None if there is none."""
    for index, word in enumerate(command.arguments):
        if word.value == "-c":
            return command.arguments[index + 1].value if index + 1 < len(command.arguments) else None
        if not word.value.startswith("-"):
            return None
    documents = [redirection.document for redirection in command.redirections if redirection.document]
    return documents[-1].body().text if documents else None
