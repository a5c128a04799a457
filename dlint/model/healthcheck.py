"""The health check of an image: its probe and its times.

Source: docs.docker.com/reference/dockerfile, HEALTHCHECK (defaults), and docker/cli for durations.
"""

from dlint.model.commands import Command
from dlint.model.stages import Step
from dlint.parser.dockerfile import ast
from dlint.regex import lazy
from dlint.text import Span

TYPE_CHECKING = False
if TYPE_CHECKING:
    from dlint.model.build import Build
    from dlint.parser.shell.ast import Word

_DURATION = lazy(r"(\d+(?:\.\d+)?)(ns|us|ms|s|m|h)")
_SECONDS = {"ns": 1e-9, "us": 1e-6, "ms": 1e-3, "s": 1.0, "m": 60.0, "h": 3600.0}
_LOCAL_URL = lazy(r"(https?)://(?:localhost|127\.0\.0\.1|0\.0\.0\.0|\[::1?\])(?::(\d{1,5}))?(?=[/?#'\"\s]|\Z)")


class LocalAddress:
    """An address of the container itself in a probe: its port, its text, and its place."""

    __slots__ = ("port", "span", "text", "word")

    def __init__(self, port: int, text: str, word: "Word", span: Span) -> None:
        self.port = port
        self.text = text
        self.word = word
        self.span = span


class Healthcheck:
    """A HEALTHCHECK with a command; times are in seconds, and Docker's defaults where none is given."""

    __slots__ = ("instruction", "step")

    def __init__(self, step: Step, instruction: ast.Healthcheck) -> None:
        self.step = step
        self.instruction = instruction

    @property
    def commands(self) -> tuple[Command, ...]:
        """The commands of the probe."""
        return self.step.commands

    @property
    def interval(self) -> float | None:
        """The seconds between two probes; None where a variable or a mistake hides them."""
        return self._seconds("interval", 30.0)

    @property
    def start_period(self) -> float | None:
        """The seconds in which a failing probe does not count."""
        return self._seconds("start-period", 0.0)

    @property
    def retries(self) -> int | None:
        """How many probes in a row have to fail."""
        flag = self.instruction.flag("retries")
        if flag is None:
            return 3
        text = flag.value or ""
        # Docker reads 0 as its default.
        return (int(text[:9]) or 3) if text.isascii() and text.isdigit() else None

    def _seconds(self, name: str, default: float) -> float | None:
        flag = self.instruction.flag(name)
        return default if flag is None else seconds(flag.value or "", default)

    @property
    def addresses(self) -> list[LocalAddress]:
        """The addresses of the container itself that the probe asks."""
        return addresses_in(self.commands)


def addresses_in(commands: tuple[Command, ...]) -> list[LocalAddress]:
    """Return the addresses of the container itself that commands ask."""
    found = []
    for command in commands:
        for word in command.arguments:
            match = _LOCAL_URL.search(word.value)
            if match and command.name not in ("sh", "bash", "dash", "ash"):
                port = int(match[2]) if match[2] else 443 if match[1] == "https" else 80
                end = word.value.find("'", match.start())
                text = word.value[match.start() : end if end > 0 else None].partition('"')[0]
                found.append(LocalAddress(port, text, word, word.span))
    return found


def seconds(text: str, default: float) -> float | None:
    """Return a duration as Docker writes it (``1m30s``) in seconds; zero stands for the default."""
    if text == "0":
        return default
    end = 0
    total = 0.0
    for match in _DURATION.finditer(text):
        if match.start() != end:
            return None
        end = match.end()
        total += float(match[1]) * _SECONDS[match[2]]
    return (total or default) if text and end == len(text) else None


def find_healthcheck(build: "Build") -> Healthcheck | None:
    """Return the health check that counts in the target, None if it has none of its own or switches it off."""
    step = build.final(ast.Healthcheck)
    if step is None or not isinstance(step.instruction, ast.Healthcheck):
        return None
    return Healthcheck(step, step.instruction) if step.instruction.kind.value.upper() == "CMD" else None
