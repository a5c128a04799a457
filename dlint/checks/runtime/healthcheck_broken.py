"""Report health checks that cannot succeed."""

from dlint.checks import ERROR, Fix, Report, fix, rule
from dlint.model.build import Build
from dlint.model.commands import Command
from dlint.model.healthcheck import Healthcheck, find_healthcheck
from dlint.model.probe_tools import is_missing, needs_shell
from dlint.model.scripts import SH_LIKE
from dlint.model.server import exposed_ports
from dlint.model.stages import Stage
from dlint.text import Span

_HAS_PYTHON = ("python", "pytorch", "conda")


@rule("healthcheck-broken", severity=ERROR, triggers=("healthcheck",))
def check(build: Build, report: Report) -> None:
    probe = find_healthcheck(build)
    # The check of a service takes the place of that of its image.
    if probe is None or build.target is None or build.invocation.evidence.healthcheck is not None:
        return
    if probe.instruction.json is not None and _json_form(probe, report):
        return
    # Each program once: a probe may call one many times.
    for command in {command.name: command for command in reversed(probe.commands)}.values():
        if command.program is not None and is_missing(build, build.target, command):
            report(
                command.program.span,
                f"{command.name} is not in the image, so the check always fails",
                advice=_advice(build.target, command),
                fix=_fix(build, probe, command),
            )
            return
    _port(build, probe, report)


def _json_form(probe: Healthcheck, report: Report) -> bool:
    """Report what only a shell would understand; whether there is something."""
    words = probe.instruction.json or ()
    if not words or words[0].value.rpartition("/")[2] in SH_LIKE:
        return False
    if words[0].value in ("CMD", "CMD-SHELL"):
        report(words[0].span, f"{words[0].value} is no program; only compose files want it here", advice="leave it out")
        return True
    if len(words) == 1 and " " in words[0].value.strip():
        report(
            words[0].span,
            "no program is called like this whole command line",
            advice="write the arguments as strings of their own, or leave out the brackets",
        )
        return True
    for word in words[1:]:
        lacking = needs_shell(word.value)
        if lacking:
            report(
                word.span,
                f"there is no shell here to {lacking}",
                advice="leave out the brackets: HEALTHCHECK CMD …",
            )
            return True
    return False


def _advice(target: Stage, command: Command) -> str:
    if target.root.libc == "musl":
        return f"install {command.name}, or use wget, which BusyBox has"
    if target.root.family in _HAS_PYTHON:
        return 'ask with Python: CMD ["python", "-c", "import urllib.request as u; u.urlopen(…, timeout=3)"]'
    return f"install {command.name}, or ask with a program the image has"


def _port(build: Build, probe: Healthcheck, report: Report) -> None:
    server = build.server
    port = server.port.number if server else None
    if server is None or port is None or not server.is_alone or build.invocation.evidence.replaces_start:
        return
    exposed, _ = exposed_ports(build)
    for address in probe.addresses:
        number = str(address.port)
        is_named = address.port in exposed and port not in exposed
        if address.port == port or is_named or any(number in value for value in server.command.values()):
            return
        labels = ((server.port.span, "this is its port"),) if server.port.span else ()
        report(
            address.span,
            f"this asks port {number}, and {server.label} listens on {port}",
            advice=f"ask port {port}",
            labels=labels,
        )
        return


def _fix(build: Build, probe: Healthcheck, command: Command) -> Fix | None:
    """Ask with Python instead, where the probe does nothing but ask one plain address."""
    addresses = probe.addresses
    target = build.target
    if target is None or target.root.family != "python" or command.name not in ("curl", "wget") or len(addresses) != 1:
        return None
    others = [other.name for other in probe.commands if other is not command]
    address = addresses[0].text
    if others not in ([], ["exit"]) or not address.isascii() or any(sign in address for sign in "$'\"\\ `{*"):
        return None
    text = probe.instruction.command
    span = text.span(0, len(text.text.rstrip()))
    code = f"import urllib.request as u; u.urlopen('{address}', timeout=3)"
    return fix("unsafe", "ask with Python", (Span(span.start, span.end), f'["python", "-c", "{code}"]'))
