"""ShellCheck's part in a run: for which files it is asked, and what comes of it."""

from dlint.engine.errors import UsageError
from dlint.model.shell_scripts import ShellScript, shell_scripts
from dlint.shellcheck.cache import default_folder
from dlint.shellcheck.findings import ShellFinding, place
from dlint.shellcheck.program import INSTALL, anywhere, installed
from dlint.shellcheck.service import ShellCheck
from dlint.text import Source

TYPE_CHECKING = False
if TYPE_CHECKING:
    from dlint.engine.settings import Settings
    from dlint.model.build import Build
    from dlint.shellcheck.document import Document

    Asked = list[tuple[ShellScript, Document]]


class ShellRun:
    """ShellCheck for all files of a run: ask for each, finish once, then read the answers."""

    def __init__(self) -> None:
        self._service: ShellCheck | None = None
        self.unchecked: dict[str, list[str]] = {}
        """Why scripts could not be checked, and where they are."""

    def ask(self, build: "Build", settings: "Settings") -> "Asked | None":
        """Hand the scripts of a file to ShellCheck; return None where it is not to be asked.

        Raises UsageError where it has to be asked and is not there.
        """
        if not settings.selection.entries("shellcheck"):
            return None
        if self._service is None:
            program = _program(settings.value("shellcheck"))
            if program is None:
                return None
            self._service = ShellCheck(program, _cache_folder(settings))
        service = self._service
        return [(script, service.add(script)) for script in shell_scripts(build)]

    def finish(self) -> None:
        """Wait for ShellCheck."""
        if self._service:
            self._service.finish()

    def answers(self, asked: "Asked", source: Source) -> tuple[list[ShellFinding], bool]:
        """Return what ShellCheck found in a file, and whether it could look at all of it."""
        service = self._service
        assert service is not None
        found: list[ShellFinding] = []
        is_whole = True
        for script, document in asked:
            remarks = service.remarks(document)
            if remarks is not None:
                found += place(script, remarks)
                continue
            is_whole = False
            line = source.line_number(script.text.offset(0))
            self.unchecked.setdefault(service.reason(document), []).append(f"{source.path}:{line}")
        return found, is_whole


def _program(mode: str) -> str | None:
    """Return the program for an option's value, None where it is not to be used. Raises UsageError."""
    if mode == "auto":
        return installed()
    program = anywhere()
    if program is None:
        raise UsageError(f"shellcheck is on, but there is no ShellCheck beside dlint or on PATH; {INSTALL}")
    return program


def _cache_folder(settings: "Settings") -> str | None:
    return None if settings.value("no_cache") else settings.value("cache_dir") or default_folder()
