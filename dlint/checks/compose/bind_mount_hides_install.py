"""Report folders of the host that hide what an image has installed."""

from dlint.checks import INFO, WARNING, Fix, Location, Report, fix, rule
from dlint.checks.compose._edits import add_below
from dlint.model.compose.project import ComposeProject
from dlint.model.compose.service import Service
from dlint.model.compose.topics.hidden_files import Hidden, hidden_files


@rule("bind-mount-hides-install", severity=WARNING, looks_at="compose", triggers=("volumes AND build",), fix="unsafe")
def check(project: ComposeProject, report: Report) -> None:
    for service in project.services.values():
        for hidden in hidden_files(service):
            build = service.built
            assert build is not None
            report(
                hidden.mount.node,
                _message(service, hidden),
                advice=_advice(hidden),
                labels=((Location(build.source, hidden.span), "made here"),),
                severity=WARNING if hidden.is_environment else INFO,
                fix=_fix(service, hidden) if hidden.is_environment else None,
            )


def _message(service: Service, hidden: Hidden) -> str:
    source, path = hidden.mount.source, hidden.path
    if not hidden.is_environment:
        return f"{source} hides the models that the image of {service.name} has in {path}"
    if hidden.is_replaced:
        return f"{source} hides the {path} of the image, and {service.name} gets that of this machine"
    return f"{source} hides the {path} of the image, so what is installed there is missing in {service.name}"


def _advice(hidden: Hidden) -> str:
    if not hidden.is_environment:
        return "leave the mount out, or the download; both are not needed"
    advice = f"keep the image's own with a volume: add - {hidden.path} to volumes"
    return advice + (", or make it elsewhere (UV_PROJECT_ENVIRONMENT=/opt/venv)" if "venv" in hidden.path else "")


def _fix(service: Service, hidden: Hidden) -> Fix | None:
    key = service.key_at("volumes")
    if key is None or not service.node.span.start <= key.span.start < service.node.span.end:
        return None
    edit = add_below(service, key, f"- {hidden.path}")
    return fix("unsafe", f"keep {hidden.path} of the image", edit) if edit is not None else None
