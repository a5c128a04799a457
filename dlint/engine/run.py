"""Files to findings: read, parse, model, rules, suppressions."""

import os
import sys

from dlint.checks import Report
from dlint.checks.registry import concerned
from dlint.diagnostic import Diagnostic, Severity
from dlint.engine.errors import UsageError
from dlint.model.build import Build
from dlint.model.invocation import read_build_args
from dlint.parser.dockerfile import parse
from dlint.parser.dockerfile.ast import Dockerfile
from dlint.project.contexts import default_invocation
from dlint.regex import lazy
from dlint.text import Source

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from dlint.checks.registry import Entry
    from dlint.engine.settings import Settings
    from dlint.engine.shell import Asked, ShellRun
    from dlint.model.weight import Estimate

MAX_FILE_BYTES = 5_000_000
_SHOWN = 3
_UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")
_SUPPRESSION = lazy(r"(?i)dlint|hadolint|check\s*=|shellcheck")


class Crash:
    """A rule that raised: the rule, the file, and the traceback as text."""

    __slots__ = ("path", "rule", "traceback")

    def __init__(self, rule: str, path: str, traceback: str) -> None:
        self.rule = rule
        self.path = path
        self.traceback = traceback


class FileResult:
    """What came of one file. *error* says why it could not be read at all."""

    __slots__ = (
        "context", "crashes", "diagnostics", "error", "estimate", "judged", "path", "problems", "silenced", "source",
    )  # fmt: skip

    def __init__(self, path: str, source: Source | None = None, error: str | None = None) -> None:
        self.path = path
        self.source = source
        self.error = error
        self.context: str | None = None
        """The root of the build context, None where it is unknown."""
        self.diagnostics: list[Diagnostic] = []
        self.silenced: list[Diagnostic] = []
        self.crashes: list[Crash] = []
        self.problems: list[str] = []
        """What went wrong outside of the rules; of a file of many, :class:`Checks` knows."""
        self.estimate: Estimate | None = None
        """What the image will weigh, where that was asked for."""
        self.judged: set[str] = set()
        """Names of the rules that had their say."""


def read_source(path: str, shown_path: str) -> Source | str:
    """Return the source of a file, or why it cannot be read."""
    try:
        size = os.stat(path).st_size
        if not os.path.isfile(path):
            return "is not a regular file"
        if size > MAX_FILE_BYTES:
            return f"is {size / 1e6:.0f} MB; a Dockerfile of more than {MAX_FILE_BYTES / 1e6:.0f} MB is not read"
        with open(path, "rb") as file:
            data = file.read()
    except OSError as error:
        return error.strerror or str(error)
    return source_of(data, shown_path)


def source_of(data: bytes, shown_path: str) -> Source | str:
    """Return the source with these bytes, or why they are no text."""
    if b"\0" in data[:8000] and not data.startswith(_UTF16_MARKS):
        return "is a binary file"
    return Source.from_bytes(data, shown_path)


def check_source(source: Source, path: str, settings: "Settings", **known: "Any") -> FileResult:
    """Return the findings in a Dockerfile that lies at *path*.

    How it is built is what is *known* (context, target, build_args, platform), else what the settings
    say, else guessed from the folders around it. Raises UsageError where ShellCheck has to be there and is not.
    """
    checks = Checks()
    unfinished = checks.begin(source, path, settings, **known)
    checks.wait()
    result = unfinished.finish()
    result.problems += problem_texts(checks.unchecked)
    return result


class Checks:
    """The files of one run: begin with each, wait once, then finish each.

    Between the two ShellCheck works, on the scripts of all files at the same time.
    """

    def __init__(self) -> None:
        self._shell: ShellRun | None = None
        self._modes: dict[str, bool] = {}
        """Which values of the option make it worth asking."""
        self.has_shellcheck = False
        """Whether ShellCheck was asked about any file."""

    def begin(
        self,
        source: Source,
        path: str,
        settings: "Settings",
        *,
        context: str | None = None,
        target: str | None = None,
        build_args: dict[str, str] | None = None,
        platform: str | None = None,
    ) -> "Unfinished":
        """Read a file and run the rules that need nothing but dlint; see :func:`check_source`."""
        result = FileResult(source.path, source)
        unfinished = Unfinished(result, settings)
        value = settings.value
        given = context or value("context")
        if given and not os.path.isdir(given):
            result.error = f"the build context {given} is not a folder"
            return unfinished
        try:
            dockerfile = parse(source)
            invocation = default_invocation(
                path,
                dockerfile,
                context=context if context is not None else value("context"),
                target=target or value("target"),
                build_args=build_args if build_args is not None else read_build_args(value("build_arg")),
                platform=platform or value("platform"),
            )
            build = Build(dockerfile, invocation)
        except Exception:
            result.crashes.append(_crash("the reading", source))
            return unfinished
        result.context = invocation.context
        if invocation.target and build.target is None:
            names = ", ".join(stage.name for stage in build.stages if stage.name) or "none with a name"
            result.error = f"has no stage {invocation.target}; its stages are {names}"
            return unfinished
        unfinished.dockerfile = dockerfile
        unfinished.found = _run_rules(build, settings, result)
        mode = value("shellcheck")
        if mode not in self._modes:
            self._modes[mode] = mode == "on" or (mode == "auto" and _may_be_there())
        if self._modes[mode]:
            self._ask(build, unfinished)
        return unfinished

    def _ask(self, build: Build, unfinished: "Unfinished") -> None:
        if self._shell is None:
            from dlint.engine.shell import ShellRun

            self._shell = ShellRun()
        try:
            asked = self._shell.ask(build, unfinished.settings)
        except UsageError:
            raise
        except Exception:
            unfinished.result.crashes.append(_crash("the reading of scripts", build.source))
            return
        if asked is not None:
            unfinished.shell, unfinished.asked = self._shell, asked
            self.has_shellcheck = True

    def wait(self) -> None:
        """Wait for ShellCheck."""
        if self._shell:
            self._shell.finish()

    @property
    def unchecked(self) -> dict[str, list[str]]:
        """Why scripts could not be checked, and where they are; known when all files are finished."""
        return self._shell.unchecked if self._shell else {}


def problem_texts(unchecked: dict[str, list[str]]) -> list[str]:
    """Return a sentence for each reason why scripts could not be checked."""
    texts = []
    for reason, places in unchecked.items():
        more = f" and {len(places) - _SHOWN} more" if len(places) > _SHOWN else ""
        what = "the script" if len(places) == 1 else "scripts"
        texts.append(f"ShellCheck did not check {what} at {', '.join(places[:_SHOWN])}{more}: {reason}")
    return texts


class Unfinished:
    """A file whose own rules have run, and whose scripts ShellCheck has."""

    __slots__ = ("asked", "dockerfile", "found", "result", "settings", "shell")

    def __init__(self, result: FileResult, settings: "Settings") -> None:
        self.result = result
        self.settings = settings
        self.dockerfile: Dockerfile | None = None
        self.found: list[Diagnostic] = []
        self.shell: ShellRun | None = None
        self.asked: Asked = []

    def finish(self) -> FileResult:
        """Return the result, when ShellCheck is through with all files."""
        result, settings = self.result, self.settings
        if self.dockerfile is None:
            return result
        source = self.dockerfile.source
        if self.shell:
            self._run_shell_rules(self.shell, source)
        # What one rule knows to be a secret, no finding about the file may show.
        hidden = tuple({span for diagnostic in self.found for span in diagnostic.hidden})
        for diagnostic in self.found if hidden else ():
            diagnostic.hidden = hidden
        found = _wanted(self.found, settings, source)
        if settings.value("no_ignores") or not _SUPPRESSION.search(source.text):
            result.diagnostics = found
        else:
            _suppress(self.dockerfile, found, settings, result)
        if settings.value("severity"):
            for diagnostic in result.diagnostics:
                diagnostic.severity = settings.selection.severity(diagnostic)
        result.diagnostics.sort(key=lambda diagnostic: diagnostic.sort_key)
        return result

    def _run_shell_rules(self, shell: "ShellRun", source: Source) -> None:
        findings, is_whole = shell.answers(self.asked, source)
        for entry in self.settings.selection.entries("shellcheck"):
            if is_whole:
                self.result.judged.add(entry.name)
            self.found += _run_rule(entry, findings, source, self.settings, self.result)


def _may_be_there() -> bool:
    """Whether it is worth loading what knows where ShellCheck is; mostly there is none."""
    name = "shellcheck.exe" if os.name == "nt" else "shellcheck"
    return any(
        os.access(os.path.join(os.path.dirname(path), name), os.X_OK)
        for path in (sys.executable, *sys.argv[:1])
        if path
    )


def _run_rules(build: Build, settings: "Settings", result: FileResult) -> list[Diagnostic]:
    """Return what the rules that are on find, but for those about suppressions and those of ShellCheck."""
    if settings.value("estimate"):
        _weigh(build, result)
    found: list[Diagnostic] = []
    has_context = build.invocation.context is not None
    names = concerned(build.source.text, has_context=has_context)
    for looks_at in ("dockerfile", "context") if has_context else ("dockerfile",):
        chosen = settings.selection.by_name(looks_at)
        result.judged.update(chosen)
        for name, entry in chosen.items():
            if name in names:
                found += _run_rule(entry, build, build.source, settings, result)
    return found


def _weigh(build: Build, result: FileResult) -> None:
    """Estimate what the image will weigh."""
    from dlint.model.weight import estimate

    try:
        result.estimate = estimate(build)
    except Exception:
        result.crashes.append(_crash("the estimate", build.source))


def _wanted(found: list[Diagnostic], settings: "Settings", source: Source) -> list[Diagnostic]:
    """Return the findings that neither the selection nor per-file-ignores leave out."""
    found = [diagnostic for diagnostic in found if settings.selection.wants(diagnostic)]
    ignored = settings.ignores_in(source.path)
    if not ignored:
        return found
    from dlint.engine.selection import matches

    return [diagnostic for diagnostic in found if not any(matches(name, diagnostic) for name in ignored)]


def _suppress(dockerfile: Dockerfile, found: list[Diagnostic], settings: "Settings", result: FileResult) -> None:
    """Take out what comments silence, and let the rules about such comments look at them."""
    from dlint.checks.suppressions import SuppressionSubject
    from dlint.engine.suppression import Suppressions, has_buildkit_alias

    suppressions = Suppressions(dockerfile)
    result.diagnostics, result.silenced = suppressions.filter(found)
    if suppressions.raises_errors:
        for diagnostic in filter(has_buildkit_alias, result.diagnostics):
            diagnostic.severity = Severity.ERROR
    judged = result.judged - {crash.rule for crash in result.crashes}
    if settings.ignores_in(dockerfile.source.path):
        # What was left out for the file might have needed its comment.
        judged = set()
    subject = SuppressionSubject(suppressions.items, suppressions.malformed, frozenset(judged))
    for entry in settings.selection.entries("suppressions"):
        own = _run_rule(entry, subject, dockerfile.source, settings, result)
        kept, silenced = suppressions.filter(_wanted(own, settings, dockerfile.source))
        result.diagnostics += kept
        result.silenced += silenced


def _run_rule(
    entry: "Entry", subject: object, source: Source, settings: "Settings", result: FileResult
) -> list[Diagnostic]:
    """Run one rule; one that raises is noted, and the others go on."""
    try:
        rule = entry.load()
        report = Report(rule, source, settings.today, settings.rule_options(rule.name, rule.options))
        rule.check(subject, report)
    except Exception:
        result.crashes.append(_crash(entry.name, source))
        return []
    return report.diagnostics


def _crash(what: str, source: Source) -> Crash:
    import traceback

    return Crash(what, source.path, traceback.format_exc())
