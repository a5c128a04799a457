"""What the rules about the whole context share."""

from dlint.model.build import Build
from dlint.model.container_paths import Transferred, transfers
from dlint.parser.dockerfile import ast


def copies_of_everything(build: Build) -> list[Transferred]:
    """Return every COPY and ADD that takes the whole context, in stages the target needs."""
    return [
        item
        for step in build.steps(ast.Copy, ast.Add)
        if step.stage in build.reachable
        for item in transfers(build, step)
        if item.is_everything
    ]
