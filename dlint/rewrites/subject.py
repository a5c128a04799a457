"""One Dockerfile as the planning sees it: what lies there, or what the steps so far have made of it."""

import os

from dlint.drafts import drafts
from dlint.engine.result import FileResult, read_source
from dlint.engine.run import Checks, problem_texts
from dlint.model.build import Build

TYPE_CHECKING = False
if TYPE_CHECKING:
    from dlint.engine.settings import Settings


class Subject:
    """A Dockerfile, how it is built, and what dlint finds in it; all of it new after each step."""

    def __init__(self, path: str, shown: str, settings: "Settings") -> None:
        self.path = path
        self.shown = shown
        self.settings = settings
        self.builds: list[Build] = []
        """Each way it is built; none where it cannot be read."""
        self.result = FileResult(shown)
        self.look()

    @property
    def key(self) -> str:
        """What its draft goes by."""
        return os.path.realpath(self.path)

    def look(self) -> None:
        """Read and check what there is now."""
        source = read_source(self.path, self.shown)
        if isinstance(source, str):
            self.builds, self.result = [], FileResult(self.shown, error=source)
            return
        checks = Checks([self.path])
        begun = checks.begin(source, self.path, self.settings)
        checks.wait()
        self.result = begun.finish()
        self.result.problems += problem_texts(checks.unchecked)
        is_read = not self.result.error and not self.result.crashes
        self.builds = checks.builds(source, self.path, self.settings) if is_read else []

    def text_of(self, path: str) -> bytes | None:
        """Return a file as it is after the steps so far; None where there is none."""
        draft = drafts.get(os.path.realpath(path))
        if draft is not None:
            return draft
        try:
            with open(path, "rb") as file:
                return file.read()
        except OSError:
            return None
