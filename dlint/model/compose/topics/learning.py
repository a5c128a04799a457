"""Whether a service trains models or computes with them, and how it is kept from taking every processor."""

import os

from dlint.knowledge.packages import ML_FRAMEWORKS
from dlint.knowledge.threads import CAPPED_IMAGES, NOT_HEAVY, THREAD_VARIABLES
from dlint.model.compose.environment import env_files
from dlint.model.compose.purpose import Reason, known_service_image
from dlint.regex import lazy

TYPE_CHECKING = False
if TYPE_CHECKING:
    from dlint.model.compose.service import Service

_HEAVY = ML_FRAMEWORKS - NOT_HEAVY
_WORD = lazy(
    r"(?i)(?:^|[/._-])(?:inference|infer|predict|prediction|predictor|model[-_]?server|serving|embeddings?|llm)"
    r"(?:$|[/._-])"
)
_MODES = ("MODE", "RUN_MODE", "APP_MODE", "TASK", "ROLE")


def learning(service: "Service") -> Reason | None:
    """Return what says that a service works with models; None where nothing does."""
    return service.once("learning", lambda: _find(service))


def frameworks(service: "Service") -> tuple[str, ...]:
    """Return the frameworks that its image installs or is built on."""
    return service.once("frameworks", lambda: _frameworks(service))


def _find(service: "Service") -> Reason | None:
    job = service.job
    if job is not None and job.is_training:
        return job
    if service.is_model_server:
        image = known_service_image(service)
        what = image.label if image is not None and image.kind == "model-server" else "a model"
        return Reason(f"it serves {what}" if what == "a model" else f"it is {what}", service.image_node or service.key)
    installed = frameworks(service)
    if installed:
        return Reason(f"its image has {installed[0]}", service.image_node or service.key)
    return _by_words(service)


def _frameworks(service: "Service") -> tuple[str, ...]:
    build = service.built
    if build is None or build.target is None:
        return ()
    chain = build.target.chain
    found = {request.name: None for request in build.requests if request.name in _HEAVY and request.step.stage in chain}
    framework = build.target.root.framework
    return tuple(found) or ((framework[0],) if framework else ())


def _by_words(service: "Service") -> Reason | None:
    """Return what its own words say, for services that are built: of others the image tells more."""
    build = service.build
    if build is None:
        return None
    for name in _MODES:
        variable = service.environment.get(name)
        if variable is not None and variable.value and _WORD.search(variable.value):
            return Reason(f"it runs with {name}={variable.value}", variable.node)
    path = build.dockerfile
    file = os.path.basename(path) if path is not None else ""
    if _WORD.search(file):
        return Reason(f"it is built from {file}", build.dockerfile_node or build.node)
    return None


# Threads ---------------------------------------------------------------------------------


def caps_threads(service: "Service") -> bool | None:
    """Whether something says how many threads it may start; None where nobody can see that."""
    names = set(service.environment)
    if names & THREAD_VARIABLES or _has_thread_option(service):
        return True
    image = known_service_image(service)
    if image is not None and image.label in CAPPED_IMAGES:
        return True
    for _, path, _ in env_files(service):
        if not os.path.isfile(os.path.join(service.project.folder, path)):
            return None
    build = service.built
    target = build.target if build else None
    if target is None:
        return False
    return any(target.environment.set_value(name) is not None for name in THREAD_VARIABLES)


def _has_thread_option(service: "Service") -> bool:
    """Whether an option of what it starts has to do with threads: ``--threads 4``, ``-t 4``, ``--num-threads=4``."""
    return any(
        "thread" in word.value or "num_cpu" in word.value or word.value == "-t"
        for command in service.started
        for word in command.arguments
    )
