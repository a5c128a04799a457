"""Report health checks of services that cannot succeed."""

from dlint.checks import ERROR, WARNING, Report, rule
from dlint.model.compose.healthcheck import ServiceHealthcheck
from dlint.model.compose.project import ComposeProject
from dlint.model.compose.service import Service
from dlint.model.compose.topics.probing import host_port, missing_program, wrong_port
from dlint.model.compose.topics.waiting import probe_for
from dlint.model.healthcheck import addresses_in
from dlint.model.probe_tools import needs_shell
from dlint.model.scripts import SH_LIKE

TYPE_CHECKING = False
if TYPE_CHECKING:
    from dlint.model.compose.ports import Port

_HAS_PYTHON = ("python", "pytorch", "conda")


@rule("compose-healthcheck-broken", severity=ERROR, looks_at="compose", triggers=("healthcheck",))
def check(project: ComposeProject, report: Report) -> None:
    for service in project.services.values():
        found = service.healthcheck
        if found is None or found.is_disabled or found.test is None:
            continue
        # The first thing that is wrong: the others are seen once the check can run.
        if not _form(found, report) and not _program(service, found, report):
            _port(service, found, report)


def _form(check: ServiceHealthcheck, report: Report) -> bool:
    """Report what the list says otherwise than it is meant; whether there is something."""
    test, words = check.test, check.words
    if words is None:
        return test is not None and test.kind == "list" and _split_text(test.items[1:], report)
    if not words or words[0].text.rpartition("/")[2] in SH_LIKE:
        return False
    if len(words) == 1 and " " in words[0].text.strip() and words[0].is_known:
        report(
            words[0],
            "no program is called like this whole command line",
            advice="put CMD-SHELL instead of CMD before it, or write each argument as a text of its own",
        )
        return True
    for word in words[1:]:
        lacking = needs_shell(word.text) if word.is_known else None
        if lacking:
            report(
                word,
                f"CMD runs {words[0].text} without a shell that would {lacking}",
                advice='write ["CMD-SHELL", "…"] with the whole line in one text',
            )
            return True
    return False


def _split_text(items: list, report: Report) -> bool:  # type: ignore[type-arg]
    """Report a command for the shell that is cut into several texts, of which it runs the first."""
    if len(items) < 2 or any(item.kind != "text" or not item.is_known for item in items):
        return False
    if len(items[0].text.split()) != 1:
        return False
    report(
        items[1],
        f"CMD-SHELL runs {items[0].text} alone: the shell takes only the first text for its command",
        advice="put CMD instead of CMD-SHELL, or write the whole line as one text",
    )
    return True


def _program(service: Service, check: ServiceHealthcheck, report: Report) -> bool:
    command = missing_program(service, check)
    if command is None or command.program is None:
        return False
    place = service.place(command.program)
    if place is None:
        return False
    image = service.image
    where = image.text if image is not None and service.build is None else f"the image of {service.name}"
    report(
        place,
        f"{command.name} is not in {where}, so the check always fails",
        advice=_advice(service, check, command.name),
    )
    return True


def _advice(service: Service, check: ServiceHealthcheck, name: str) -> str:
    probe = probe_for(service)
    if probe:
        return f"test: {probe}"
    target = service.built.target if service.built else None
    addresses = addresses_in(check.commands)
    address = addresses[0].text if len(addresses) == 1 else None
    published = host_port(service, check)
    if address is not None and published is not None:
        # The other thing that is wrong with it.
        asked, entry = published
        address = address.replace(f":{asked.port}", f":{_inside(asked.port, entry)}", 1)
    if target is not None and target.root.libc == "musl":
        return f'test: ["CMD", "wget", "-q", "--spider", "{address}"]' if address else "use wget, which BusyBox has"
    if target is not None and target.root.family in _HAS_PYTHON and address and "'" not in address:
        code = f"import urllib.request as u; u.urlopen('{address}', timeout=3)"
        return f'ask with Python: test: ["CMD", "python", "-c", "{code}"]'
    return f"install {name} in the image, or ask with a program it has"


def _inside(number: int, entry: "Port") -> int:
    """Return the port of the container that is published as a port of the host."""
    first, last = entry.target
    return first + number - entry.published[0] if last > first and entry.published else first


def _port(service: Service, check: ServiceHealthcheck, report: Report) -> None:
    found = wrong_port(service, check)
    if found is not None:
        address, server = found
        place, port = service.place(address.word), service.place(server.port)
        if place is not None:
            report(
                place,
                f"this asks port {address.port}, and {server.label} listens on {server.port.value}",
                advice=f"ask port {server.port.value}",
                labels=((port, "this is its port"),) if port is not None else (),
            )
        return
    published = host_port(service, check)
    if published is not None:
        asked, entry = published
        place = service.place(asked.word)
        inside = _inside(asked.port, entry)
        if place is not None:
            report(
                place,
                f"port {asked.port} is that of the host; the check runs in the container, where it is port {inside}",
                advice=f"ask port {inside}",
                labels=((entry.node, "published here"),),
                severity=WARNING,
            )
