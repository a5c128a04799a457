"""Report COPY of files that the ignore file leaves out."""

import posixpath

from dlint.checks import WARNING, Location, Report, rule
from dlint.model.build import Build
from dlint.model.invocation import is_local_source
from dlint.parser.dockerfile import ast
from dlint.parser.dockerfile.expansion import UNKNOWN


@rule("copy-ignored-file", severity=WARNING, aliases=("CopyIgnoredFile",), looks_at="context", triggers=("copy", "add"))
def check(build: Build, report: Report) -> None:
    ignore_file = build.context.ignore_file
    if ignore_file is None or ignore_file.has_exceptions:
        return
    for step in build.steps(ast.Copy, ast.Add):
        instruction = step.instruction
        assert isinstance(instruction, ast.Transfer)
        if instruction.flag("from"):
            continue
        for word in instruction.sources:
            text = build.variables.expand(word, step.environment) if "$" in word.value else word.value
            if UNKNOWN in text or not is_local_source(text):
                continue
            path = posixpath.normpath(text).lstrip("/")
            if path in (".", ""):
                pattern = next((p for p in ignore_file.patterns if p.text in ("*", "**", "**/*")), None)
                outcome = "this copies nothing"
            elif any(sign in path for sign in "*?["):
                # What is left of a wildcard is known only where the files are.
                continue
            else:
                pattern = ignore_file.deciding(path)
                outcome = "the build stops here"
            if pattern is not None:
                report(
                    word.span,
                    f"{word.value} is left out of the build context, so {outcome}",
                    advice="remove the pattern, or the COPY",
                    labels=((Location(ignore_file.source, pattern.span), "this pattern leaves it out"),),
                )
