"""The Python interface: :func:`parse` and :func:`check`."""

import os

from dlint.diagnostic import Diagnostic
from dlint.engine.errors import DlintError
from dlint.engine.options import BY_NAME
from dlint.engine.result import Begun, read_source
from dlint.engine.run import Checks, problem_texts, tell_once
from dlint.engine.settings import SettingsResolver
from dlint.parser.dockerfile import parse as parse_source
from dlint.parser.dockerfile.ast import Dockerfile
from dlint.project.discovery import Discovery
from dlint.text import Source

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable


def parse(text: str | bytes, path: str = "<string>") -> Dockerfile:
    """Return the tree of a Dockerfile's text; never raises for what the text holds."""
    source = Source.from_bytes(text, path) if isinstance(text, bytes) else Source(text, path)
    return parse_source(source)


def check(
    target: "str | bytes | os.PathLike[str] | Iterable[str | os.PathLike[str]]", /, **options: object
) -> list[Diagnostic]:
    """Return the findings in a Dockerfile's text, or in files and folders.

    Bytes and a string with a line feed are the text of a Dockerfile; any other string or path, and an
    iterable of them, names files and folders. *options* are those of the command line
    (``select=("all",)``, ``context="."``, ``today="2026-11-22"``). Configuration files count
    for files, not for text.

    Raises DlintError for wrong values and files that cannot be read, TypeError for unknown options.
    """
    options = _normal(options)
    if isinstance(target, bytes) or (isinstance(target, str) and "\n" in target):
        resolver = SettingsResolver({"isolated": True, **options})
        source = Source.from_bytes(target, "<string>") if isinstance(target, bytes) else Source(target)
        checks = Checks()
        return _results([checks.begin(source, "<string>", resolver.for_file("<string>"))], checks)
    paths = [target] if isinstance(target, str | os.PathLike) else list(target)
    if not paths:
        return []
    resolver = SettingsResolver(options)
    discovery = Discovery(resolver.filters_for)
    files = discovery.find([os.fspath(path) for path in paths])
    if discovery.missing:
        raise DlintError(f"no such file or folder: {', '.join(discovery.missing)}")
    checks = Checks(files)
    begun = []
    for path in files:
        read = read_source(path, path)
        if isinstance(read, str):
            raise DlintError(f"{path}: {read}")
        begun.append(checks.begin(read, path, resolver.for_file(path)))
    return _results(begun, checks)


def _normal(options: "dict[str, object]") -> "dict[str, object]":
    """Return options as the settings want them: one name stands for a list of one."""
    for name, value in options.items():
        if name not in BY_NAME:
            raise TypeError(f"check() got an unknown option {name!r}")
        if isinstance(value, os.PathLike):
            options[name] = os.fspath(value)
        elif BY_NAME[name].kind == "list" and isinstance(value, str):
            options[name] = tuple(part.strip() for part in value.split(","))
    return options


def _results(begun: "list[Begun]", checks: Checks) -> list[Diagnostic]:
    checks.wait()
    results = [unfinished.finish() for unfinished in begun]
    tell_once(results)
    found = []
    for result in results:
        if result.error:
            raise DlintError(f"{result.path}: {result.error}")
        if result.crashes:
            crash = result.crashes[0]
            raise RuntimeError(f"the rule {crash.rule} crashed on {crash.path}\n{crash.traceback}")
        found += result.diagnostics
    if checks.unchecked:
        raise DlintError("\n".join(problem_texts(checks.unchecked)))
    return found
