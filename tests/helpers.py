"""What most tests need: text in, findings out."""

import os
import re
import subprocess
import sys
import tempfile

from dlint.engine.run import check_source
from dlint.engine.settings import SettingsResolver
from dlint.parser.dockerfile import parse as parse_source
from dlint.text import Source

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))


def source_of(text, path="Dockerfile"):
    """Return a Source with exactly these characters or bytes."""
    return Source.from_bytes(text if isinstance(text, bytes) else text.encode("utf-8", "surrogateescape"), path)


def parse(text):
    """Return the tree of a text."""
    return parse_source(source_of(text))


def build_of(text, **known):
    """Return the Build of a text."""
    from dlint.model.build import Build
    from dlint.model.invocation import Invocation

    return Build(parse(text), Invocation("Dockerfile", **known))


def is_compose(text):
    """Whether a text is a compose file, and no Dockerfile."""
    return isinstance(text, str) and re.search(r"(?m)^services:", text) is not None


def result_of(text, *select, path="<unknown>", context="", **options):
    """Return the FileResult of a text under the rules in *select*; its context is unknown unless given.

    A text with a line ``services:`` is a compose file, in a folder of its own.
    """
    if is_compose(text) and path == "<unknown>":
        with tempfile.TemporaryDirectory() as folder:
            return result_of(text, *select, path=os.path.join(folder, "compose.yaml"), **options)
    known = {name: options.pop(name) for name in ("target", "platform", "build_args") if name in options}
    values = {"select": select or ("recommended",), "isolated": True, "today": "2026-11-22", **options}
    settings = SettingsResolver(values).for_file(path)
    return check_source(source_of(text), path, settings, context=context, **known)


def findings(text, *select, **options):
    """Return what is found as (rule, line, column), in order."""
    result = result_of(text, *select, **options)
    assert not result.crashes, result.crashes[0].traceback
    return [(found.rule, *place(found)) for found in result.diagnostics]


def rules_found(text, *select, **options):
    """Return the names of the rules that report something."""
    return sorted({found[0] for found in findings(text, *select, **options)})


def place(diagnostic):
    """Return line and column of a finding."""
    location = diagnostic.location
    return tuple(location.source.position(location.span.start))


def write(folder, **files):
    """Write files below a folder; ``__`` in a name stands for a dot, given names may hold slashes."""
    for name, text in files.items():
        write_file(folder, name.replace("__", "."), text)


def write_file(folder, name, text):
    """Write one file below a folder and return its path."""
    path = os.path.join(str(folder), name)
    os.makedirs(os.path.dirname(path), exist_ok=True)
    mode = "wb" if isinstance(text, bytes) else "w"
    with open(path, mode, **({} if mode == "wb" else {"encoding": "utf-8", "newline": ""})) as file:
        file.write(text)
    return path


def run(*arguments, cwd, stdin=None, env=None, prefix=(), **more):
    """Run the dlint command as a process of its own; return its CompletedProcess with text output."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("DLINT_", "GITHUB_"))}
    for name in ("NO_COLOR", "FORCE_COLOR", "CLICOLOR_FORCE", "COLUMNS", "SOURCE_DATE_EPOCH"):
        environment.pop(name, None)
    environment |= {"PYTHONPATH": ROOT, "PYTHONUTF8": "1", "DLINT_SHELLCHECK": "off", "DLINT_NO_CACHE": "1"}
    environment |= env or {}
    return subprocess.run(
        [*prefix, sys.executable, "-m", "dlint", *arguments],
        cwd=cwd,
        input=stdin,
        env=environment,
        capture_output=True,
        check=False,
        **({"text": True} | more),
    )
