"""The environments an image makes for itself."""

import posixpath

from dlint.model.build import Build
from dlint.model.container_paths import Transferred, absolute
from dlint.model.fillings import project_environment
from dlint.text import Span


def made_before(build: Build, item: Transferred, name: str) -> Span | None:
    """Return where the image makes an environment at the place the copy writes to."""
    assert item.destination is not None
    place = posixpath.join(item.destination, name)
    for stage in item.step.stage.chain:
        for step in stage.steps:
            if stage is item.step.stage and step.index >= item.step.index:
                break
            for install in build.installs:
                if install.step is step and project_environment(install) == place:
                    return install.span
            for command in step.commands:
                is_maker = command.name in ("venv", "virtualenv") or (command.name == "uv" and command.has("venv"))
                if is_maker and any(absolute(word.value, step.workdir) == place for word in command.arguments):
                    return command.span
    return None
