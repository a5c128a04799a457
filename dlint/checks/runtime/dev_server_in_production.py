"""Report containers that start a server for development."""

from dlint.checks import WARNING, Location, Report, rule
from dlint.model.build import Build
from dlint.model.programs import python_program
from dlint.model.python_text import started_server
from dlint.model.role import Role, is_for_development
from dlint.model.server import Server, runtime_variable
from dlint.model.start import main_command
from dlint.text import Span

_ADVICE = {
    "flask": "use gunicorn: --bind 0.0.0.0:8000 app:app",
    "django": "use gunicorn: --bind 0.0.0.0:8000 project.wsgi",
    "fastapi dev": "use fastapi run",
    "gradio": "run the program itself: python app.py",
}


@rule(
    "dev-server-in-production", severity=WARNING,
    triggers=("flask", "runserver", "reload", "fastapi", "watch", "gradio", "chainlit", "--debug", "nodemon", "hupper"),
    context_triggers=(".py",),
)  # fmt: skip
def check(build: Build, report: Report) -> None:
    if build.role is Role.DEVELOPMENT or is_for_development(build) or build.invocation.evidence.replaces_start:
        return
    if _watcher(build, report):
        return
    server = build.server
    if server is not None and server.command.program is not None:
        _server(server, report)
    elif server is None:
        _program(build, report)


def _watcher(build: Build, report: Report) -> bool:
    for command in build.started:
        if command.name in ("watchmedo", "watchfiles", "nodemon", "hupper"):
            report(
                command.head(0),
                f"{command.name} restarts the program whenever a file changes",
                advice="start the program itself",
            )
            return True
    return False


def _server(server: Server, report: Report) -> None:
    development = server.development
    if server.name in _ADVICE:
        message = "this server is made for development"
        if server.name == "flask" and development:
            message = "this server is made for development, and its debugger lets visitors run code"
        report(_place(server), message, advice=_ADVICE[server.name])
    elif development is not None:
        report(
            development,
            f"{server.label} watches every file and restarts when one changes",
            advice="leave it out of the image that ships",
        )


def _place(server: Server) -> Span:
    """Return the place of the program and its verb, or of the verb alone where CMD gives it."""
    for index, word in enumerate(server.command.arguments):
        if word.value in ("run", "dev", "runserver"):
            is_given = word.start < (server.command.program or word).start or index > 1
            return word.span if is_given or _is_elsewhere(server, word.start) else server.command.head(index + 1)
    return server.command.head(0)


def _is_elsewhere(server: Server, start: int) -> bool:
    instruction = server.command.step.instruction
    return instruction.json is not None and not instruction.start <= start < instruction.end


def _program(build: Build, report: Report) -> None:
    source, command = python_program(build), main_command(build)
    started = started_server(source) if source else None
    if started is None or command is None or started.debug is None or started.name != "Flask":
        return
    word = next((word for word in command.arguments if word.value.endswith(".py")), None)
    if word is None or runtime_variable(build, command, "FLASK_DEBUG"):
        return
    report(
        word.span,
        f"{word.value} starts Flask's server for development, and its debugger lets visitors run code",
        advice=_ADVICE["flask"],
        labels=((Location(started.source, started.debug), "the debugger is turned on here"),),
    )
