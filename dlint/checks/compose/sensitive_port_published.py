"""Report databases and tools without a login whose ports other machines reach."""

from dlint.checks import INFO, WARNING, Fix, Report, fix, rule
from dlint.checks.compose._ports import bound_to_this_machine, shown
from dlint.model.compose.project import ComposeProject
from dlint.model.compose.topics.exposure import Exposure, find_exposure


@rule("sensitive-port-published", severity=WARNING, looks_at="compose", triggers=("ports",), fix="unsafe")
def check(project: ComposeProject, report: Report) -> None:
    for service in project.services.values():
        exposure = find_exposure(service)
        if exposure is None:
            continue
        first, *others = exposure.ports
        is_here = not project.is_test and not project.is_development and exposure.is_grave
        report(
            first.node,
            _message(exposure),
            advice=_advice(project, exposure),
            labels=tuple((port.node, "this one too") for port in others),
            severity=WARNING if is_here else INFO,
            fix=_fix(project, exposure),
        )


def _message(exposure: Exposure) -> str:
    numbers = " and ".join(_published(port.published) for port in exposure.ports[:3])
    where = f"port{'s' if len(exposure.ports) > 1 else ''} {numbers} of this host"
    label = exposure.label
    if exposure.login == "none":
        return f"whoever reaches {where} is let in: {label} asks for no password here"
    if exposure.login == "default":
        return f"whoever reaches {where} knows the way in: {label} starts with the user and password of its manual"
    return f"every machine that reaches {where} can try passwords of {label}"


def _published(numbers: "tuple[int, int] | None") -> str:
    first, last = numbers or (0, 0)
    return str(first) if first == last else f"{first}-{last}"


def _advice(project: ComposeProject, exposure: Exposure) -> str:
    first, service = exposure.ports[0], exposure.service
    inside = "; the other services need no published port"
    inside += f", they reach it at {service.name}:{first.target[0]}"
    return f"publish it for this machine only: {shown(first)}" + (inside if len(project.services) > 1 else "")


def _fix(project: ComposeProject, exposure: Exposure) -> Fix | None:
    edits = [bound_to_this_machine(port) for port in exposure.ports]
    if any(edit is None for edit in edits) or any(port.node.source is not project.source for port in exposure.ports):
        return None
    return fix("unsafe", "publish for this machine only", *(edit for edit in edits if edit is not None))
