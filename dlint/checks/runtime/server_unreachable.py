"""Report servers that cannot be reached from outside their container."""

from dlint.checks import ERROR, WARNING, Fix, Location, Report, fix, rule
from dlint.knowledge.servers import EVERYWHERE, SERVER_TRIGGERS
from dlint.model.build import Build
from dlint.model.programs import python_program
from dlint.model.python_text import started_server
from dlint.model.role import Role, is_for_development
from dlint.model.server import Server, exposed_ports, runtime_variable
from dlint.model.start import main_command
from dlint.text import Span


@rule("server-unreachable", severity=ERROR, triggers=(*SERVER_TRIGGERS, ".py"), fix="unsafe")
def check(build: Build, report: Report) -> None:
    if build.role is Role.DEVELOPMENT or is_for_development(build) or build.invocation.evidence.replaces_start:
        return
    server = build.server
    if server is None:
        _program(build, report)
    elif not server.is_alone:
        return
    elif server.is_loopback:
        _loopback(build, server, report)
    elif not _published_port(build, server, report):
        _port(build, server, report)


def _is_published(build: Build) -> bool:
    return bool(exposed_ports(build)[0] or build.invocation.evidence.ports)


def _loopback(build: Build, server: Server, report: Report) -> None:
    program = server.command.program
    span = server.host.span or (program.span if program else None)
    # Platforms set PORT, and gunicorn then listens everywhere.
    is_told_later = server.name == "gunicorn" and server.host.span is None
    if span is None or (is_told_later and not _is_published(build)):
        return
    option = _option(server)
    where = f"{server.host.value}:{server.port.value}" if server.port.value else server.host.value
    report(
        span,
        f"{server.label} listens on {where}, which only the container itself can reach",
        advice=f"let it listen everywhere: {option}",
        severity=ERROR if _is_published(build) and not is_told_later else WARNING,
        fix=_replaced(build, span, server.host.value or "") if server.host.span else _appended(server, option),
        labels=build.invocation.evidence.labels("ports", "published here"),
    )


def _option(server: Server) -> str:
    """Return what makes a server listen everywhere, as it is written on a command line or in an ENV."""
    facts = server.facts
    if server.name == "django":
        return f"{EVERYWHERE}:{server.port.value or 8000}"
    if facts.opening:
        return facts.opening[0]
    if facts.binds:
        return f"{next(name for name in facts.binds if name.startswith('--'))} {EVERYWHERE}:{server.port.value or 8000}"
    if facts.hosts:
        plain = [name for name in facts.hosts if name.startswith("--") and "." not in name] or facts.hosts
        return f"{plain[0]} {EVERYWHERE}"
    return f"ENV {facts.host_variables[0]}={EVERYWHERE}" if facts.host_variables else f"its address {EVERYWHERE}"


def _replaced(build: Build, span: Span, host: str) -> Fix | None:
    """Put another address in place of the one that is written."""
    text = build.source.text[span.start : span.end]
    if text.count(host) != 1:
        return None
    start = span.start + text.index(host)
    return fix("unsafe", "listen on every address", (Span(start, start + len(host)), EVERYWHERE))


def _appended(server: Server, option: str) -> Fix | None:
    """Add the option behind the last argument."""
    command = server.command
    last = command.arguments[-1] if command.arguments else None
    if last is None or option.startswith(("ENV ", "its ")) or command.has("--"):
        return None
    instruction = command.step.instruction
    if instruction.json is not None:
        if instruction.json[-1].end != last.span.end or command.wrappers not in ((), ("python",)):
            return None
        words = ", ".join(f'"{word}"' for word in option.split())
        return fix("unsafe", "listen on every address", (Span(last.span.end, last.span.end), f", {words}"))
    if not command.can_be_edited(last):
        return None
    return fix("unsafe", "listen on every address", (Span(last.span.end, last.span.end), f" {option}"))


def _published_port(build: Build, server: Server, report: Report) -> bool:
    """Report services that publish another port than the server's; whether there is one."""
    evidence, port, program = build.invocation.evidence, server.port.number, server.command.program
    if port is None or program is None or not evidence.ports or evidence.hides_ports or port in evidence.ports:
        return False
    who = " and ".join(evidence.services) or "the service"
    numbers = ", ".join(map(str, evidence.ports[:5]))
    report(
        server.port.span or program.span,
        f"{who} publishes port {numbers} of the container, and {server.label} listens on {port}",
        advice=f"publish port {port}, or let it listen on {evidence.ports[0]}",
        severity=WARNING,
        labels=evidence.labels("ports", "published here"),
    )
    return True


def _port(build: Build, server: Server, report: Report) -> None:
    port = server.port.number
    exposed, is_complete = exposed_ports(build)
    if port is None or not exposed or not is_complete or port in exposed:
        return
    numbers = ", ".join(map(str, exposed))
    word = next(iter(exposed.values()))
    label = (server.port.span, "this is its port") if server.port.span else None
    text, number = build.source.text[word.start : word.end], str(next(iter(exposed)))
    report(
        word,
        f"EXPOSE names {numbers}, and {server.label} listens on {port}",
        advice=f"write EXPOSE {port}, or let it listen on {numbers}",
        severity=WARNING,
        labels=(label,) if label else (),
        fix=fix("unsafe", "name the port it listens on", (word, text.replace(number, str(port))))
        if len(exposed) == 1 and text.count(number) == 1
        else None,
    )


def _program(build: Build, report: Report) -> None:
    """Report a Python program of the context that starts a server by a literal call."""
    source, command = python_program(build), main_command(build)
    started = started_server(source) if source else None
    if started is None or command is None or started.host is None:
        return
    word = next((word for word in (command.program, *command.arguments) if word and word.value.endswith(".py")), None)
    if word is None or any(runtime_variable(build, command, name) for name in started.variables):
        return
    where = f"{started.host}:{started.port}" if started.port else started.host
    argument = "server_name" if started.name == "Gradio" else "host"
    report(
        word.span,
        f"{word.value} starts {started.name} on {where}, which only the container itself can reach",
        advice=f'give it {argument}="{EVERYWHERE}"'
        + (f", or set ENV {started.variables[0]}={EVERYWHERE}" if started.name == "Gradio" else ""),
        severity=ERROR if _is_published(build) else WARNING,
        labels=((Location(started.source, started.span), "no address is given here"),),
    )
