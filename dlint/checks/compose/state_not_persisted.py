"""Report data and models that are lost with their container."""

from dlint.checks import ERROR, INFO, WARNING, Report, rule
from dlint.checks.compose._volumes import volume_fix
from dlint.model.compose.project import ComposeProject
from dlint.model.compose.service import Service
from dlint.model.compose.topics.model_cache import ModelCache, lost_cache
from dlint.model.compose.topics.state import State, lost_state, mount_of_older_layout


@rule("state-not-persisted", severity=WARNING, looks_at="compose", fix="unsafe")
def check(project: ComposeProject, report: Report) -> None:
    for service in project.services.values():
        _older_layout(service, report)
        if project.is_test:
            continue
        state = lost_state(service)
        cache = lost_cache(service) if state is None else None
        if state is not None:
            _state(project, service, state, report)
        elif cache is not None:
            _cache(project, service, cache, report)


def _state(project: ComposeProject, service: Service, state: State, report: Report) -> None:
    if not state.path.startswith("/"):
        advice = "name a folder of a volume: --backend-store-uri sqlite:////mlflow/mlflow.db, and mount one at /mlflow"
        fix = None
    else:
        name = f"{service.name}-data"
        advice = f"keep them in a volume: volumes: [{name}:{state.path}]"
        fix = volume_fix(service, name, state.path)
    if state.what in ("data", "history"):
        advice = advice.replace("keep them", "keep it")
    report(
        service.image_node if service.build is None and service.image_node is not None else service.key,
        f"the {state.what} of {state.label} in {state.path} {'is' if state.what in ('data', 'history') else 'are'} "
        f"lost with its container, at the next docker compose down: no volume is mounted there",
        advice=advice,
        severity=INFO if project.is_development or state.is_rebuilt else WARNING,
        fix=fix,
    )


def _cache(project: ComposeProject, service: Service, cache: ModelCache, report: Report) -> None:
    name = f"{service.name}-models"
    report(
        cache.node,
        (
            f"{service.name} downloads {cache.model} again in every new container"
            if cache.model
            else f"the models that {service.name} downloads are lost with its container"
        )
        + f": no volume is mounted at {cache.path}",
        advice=f"keep them in a volume: volumes: [{name}:{cache.path}]",
        severity=INFO if project.is_development else WARNING,
        fix=volume_fix(service, name, cache.path),
    )


def _older_layout(service: Service, report: Report) -> None:
    mount = mount_of_older_layout(service)
    image = service.image
    if mount is None or image is None or service.image_node is None:
        return
    report(
        mount.node,
        f"{image.text} does not start with a mount at {mount.target}: since PostgreSQL 18 the image keeps its data "
        "in a folder of its release below /var/lib/postgresql",
        advice="mount it at /var/lib/postgresql; data of an older release has to be moved with pg_upgrade or pg_dump"
        + ("" if image.tag and image.tag[0].isdigit() else ", or name that release as the tag"),
        labels=((service.image_node, "this is PostgreSQL 18 or later"),),
        severity=ERROR,
    )
