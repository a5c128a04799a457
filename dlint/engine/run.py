"""Files to findings: read, parse, model, rules, suppressions."""

import os
import sys

from dlint.checks.registry import concerned
from dlint.diagnostic import Diagnostic
from dlint.engine.conclusion import conclude
from dlint.engine.errors import UsageError
from dlint.engine.result import Begun, FileResult, crash, run_rule
from dlint.model.build import Build
from dlint.model.invocation import read_build_args
from dlint.parser.dockerfile import parse
from dlint.parser.dockerfile.ast import Dockerfile
from dlint.project.contexts import NO_CONTEXT, default_invocation
from dlint.project.discovery import is_compose_path, is_ignore_file
from dlint.project.services import ComposeProjects
from dlint.text import Source

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any

    from dlint.engine.settings import Settings
    from dlint.engine.shell import Asked, ShellRun
    from dlint.engine.suppression import Suppressions

_SHOWN = 3


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

    *files* are their paths, so far as they are known before.
    Between the two ShellCheck works, on the scripts of all files at the same time.
    """

    def __init__(self, files: "Iterable[str]" = ()) -> None:
        self._projects = ComposeProjects(files)
        self._shell: ShellRun | None = None
        self._modes: dict[str, bool] = {}
        """Which values of the option make it worth asking."""
        self.has_shellcheck = False
        """Whether ShellCheck was asked about any file."""

    def begin(self, source: Source, path: str, settings: "Settings", **known: "Any") -> Begun:
        """Read a file and run the rules that need nothing but dlint; see :func:`check_source`."""
        if is_compose_path(path):
            from dlint.engine.compose import begin_project

            return begin_project(self, source, path, settings)
        if is_ignore_file(path):
            from dlint.engine.ignore_file import begin_ignore_file

            return begin_ignore_file(self, source, path, settings)
        return self.begin_dockerfile(source, path, settings, **known)

    def begin_dockerfile(
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
        """Begin with a Dockerfile, under each way in which it is built."""
        unfinished = Unfinished(FileResult(source.path, source), settings)
        value = settings.value
        given = value("context") if context is None else context
        if given and not os.path.isdir(given):
            unfinished.result.error = f"the build context {given} is not a folder"
            return unfinished
        try:
            builds = self.builds(
                source, path, settings, context=given, target=target, build_args=build_args, platform=platform
            )
        except Exception:
            unfinished.result.crashes.append(crash("the reading", source))
            return unfinished
        if builds[0].invocation.target and builds[0].target is None:
            names = ", ".join(stage.name for stage in builds[0].stages if stage.name) or "none with a name"
            unfinished.result.error = f"has no stage {builds[0].invocation.target}; its stages are {names}"
            return unfinished
        return self.begin_builds(unfinished, builds)

    def builds(
        self,
        source: Source,
        path: str,
        settings: "Settings",
        *,
        context: str | None = None,
        target: str | None = None,
        build_args: dict[str, str] | None = None,
        platform: str | None = None,
    ) -> list[Build]:
        """Return a Dockerfile as it is built, in each way in which it is."""
        value = settings.value
        given = value("context") if context is None else context
        dockerfile = parse(source)
        invocation = default_invocation(
            path,
            dockerfile,
            context=given,
            target=target or value("target"),
            build_args=build_args if build_args is not None else read_build_args(value("build_arg")),
            platform=platform or value("platform"),
        )
        builds = [Build(dockerfile, invocation)]
        if target or build_args or platform or value("target") or value("build_arg") or given == NO_CONTEXT:
            return builds
        return self._as_services_build(builds[0], is_context_given=given is not None)

    def _as_services_build(self, build: Build, *, is_context_given: bool) -> list[Build]:
        """Return the builds of compose services, and the given one where none of them builds the last stage."""
        invocations = self._projects.invocations(build.invocation.dockerfile)
        if is_context_given:
            root = os.path.realpath(build.invocation.context or "")
            invocations = [each for each in invocations if each.context and os.path.realpath(each.context) == root]
        builds = [Build(build.dockerfile, invocation) for invocation in invocations]
        contexts = {each.context for each in invocations}
        if len(contexts) == 1 and not is_context_given:
            # Those who build another stage have its context too.
            build = Build(build.dockerfile, build.invocation.within(contexts.pop()))
        indices = [each.target.index if each.target else None for each in builds]
        builds = [each for each, index in zip(builds, indices, strict=True) if index is not None]
        return builds if build.stages and build.stages[-1].index in indices else [build, *builds]

    def begin_builds(
        self, unfinished: "Unfinished", builds: list[Build], families: frozenset[str] | None = None
    ) -> "Unfinished":
        """Run the rules on all builds of one Dockerfile; *families* leaves out all others."""
        settings, result = unfinished.settings, unfinished.result
        unfinished.dockerfile = builds[0].dockerfile
        result.context = builds[0].invocation.context
        for build in builds:
            unfinished.found += _run_rules(build, settings, result, families)
        if len(builds) > 1:
            unfinished.found = _each_once(unfinished.found)
        mode = settings.value("shellcheck")
        if mode not in self._modes:
            self._modes[mode] = mode == "on" or (mode == "auto" and _may_be_there())
        if self._modes[mode] and families is None:
            self._ask(builds[0], unfinished)
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
            unfinished.result.crashes.append(crash("the reading of scripts", build.source))
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


def tell_once(results: list[FileResult]) -> None:
    """Leave out what a file's rules say about another file that is checked itself."""
    checked: set[str] = set()
    for result in results:
        if any(each.location.path != result.path for each in result.diagnostics):
            checked = checked or {os.path.realpath(each.path) for each in results}
            result.diagnostics = [
                each
                for each in result.diagnostics
                if each.location.path == result.path or os.path.realpath(each.location.path) not in checked
            ]


def problem_texts(unchecked: dict[str, list[str]]) -> list[str]:
    """Return a sentence for each reason why scripts could not be checked."""
    texts = []
    for reason, places in unchecked.items():
        more = f" and {len(places) - _SHOWN} more" if len(places) > _SHOWN else ""
        what = "the script" if len(places) == 1 else "scripts"
        texts.append(f"ShellCheck did not check {what} at {', '.join(places[:_SHOWN])}{more}: {reason}")
    return texts


class Unfinished(Begun):
    """A file whose own rules have run, and whose scripts ShellCheck has."""

    def __init__(self, result: FileResult, settings: "Settings") -> None:
        super().__init__(result, settings)
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
        dockerfile = self.dockerfile

        def suppressions() -> "Suppressions":
            from dlint.engine.suppression import DockerfileSuppressions

            return DockerfileSuppressions(dockerfile)

        conclude(self.found, source, settings, result, suppressions)
        return result

    def _run_shell_rules(self, shell: "ShellRun", source: Source) -> None:
        findings, is_whole = shell.answers(self.asked, source)
        for entry in self.settings.selection.entries("shellcheck"):
            if is_whole:
                self.result.judged.add(entry.name)
            self.found += run_rule(entry, findings, source, self.settings, self.result)


def _may_be_there() -> bool:
    """Whether it is worth loading what knows where ShellCheck is; mostly there is none."""
    name = "shellcheck.exe" if os.name == "nt" else "shellcheck"
    return any(
        os.access(os.path.join(os.path.dirname(path), name), os.X_OK)
        for path in (sys.executable, *sys.argv[:1])
        if path
    )


def _run_rules(
    build: Build, settings: "Settings", result: FileResult, families: frozenset[str] | None
) -> list[Diagnostic]:
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
            if name in names and (families is None or entry.family in families):
                found += run_rule(entry, build, build.source, settings, result)
    return found


def _each_once(found: list[Diagnostic]) -> list[Diagnostic]:
    """Return the findings without those that another way of building has already given."""
    seen = {(each.rule, each.location, each.aliases): each for each in reversed(found)}
    return [each for each in found if seen[each.rule, each.location, each.aliases] is each]


def _weigh(build: Build, result: FileResult) -> None:
    """Estimate what the image will weigh."""
    from dlint.model.weight import estimate

    try:
        result.estimate = estimate(build)
    except Exception:
        result.crashes.append(crash("the estimate", build.source))
