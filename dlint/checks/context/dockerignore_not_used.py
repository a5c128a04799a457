"""Report ignore files that no build reads."""

import os

from dlint.checks import WARNING, Location, Report, rule
from dlint.checks.context._everything import copies_of_everything
from dlint.model.build import Build
from dlint.model.context import read_text
from dlint.text import Span


@rule("dockerignore-not-used", severity=WARNING, looks_at="context", triggers=("copy", "add"))
def check(build: Build, report: Report) -> None:
    root = build.context.root
    folder = os.path.dirname(os.path.abspath(build.invocation.dockerfile))
    copies = copies_of_everything(build)
    if root is None or not copies:
        return
    if os.path.abspath(root) != folder:
        beside = read_text(os.path.join(folder, ".dockerignore"))
        if (
            beside is not None
            and build.context.ignore_file is not None
            and build.context.ignore_file.source.path == beside.path
        ):
            return
        if beside is not None:
            report(
                copies[0].word.span,
                f"{beside.path} has no effect: the build context is another folder",
                advice=f"move it to the root of the context, or call it "
                f"{os.path.basename(build.invocation.dockerfile)}.dockerignore",
                labels=((Location(beside, Span(0, min(1, len(beside.text)))), "not read"),),
            )
            return
    name = os.path.basename(build.invocation.dockerfile)
    for misnamed in (
        f"{name}.ignore",
        f".dockerignore.{name}",
        f"{name}.dockerignore.txt",
        ".dockerignore.txt",
        "dockerignore",
        ".dockerignores",
    ):
        wrong = read_text(os.path.join(folder, misnamed))
        if wrong is not None:
            report(
                copies[0].word.span,
                f"{wrong.path} has no effect: nothing reads a file of that name",
                advice=f"call it .dockerignore, or {name}.dockerignore",
            )
            return
