"""Installations and what they install, whatever the package manager."""

from dlint.model.commands import Arguments, Command
from dlint.model.stages import Step
from dlint.parser.shell.ast import Word
from dlint.text import Span


class Package:
    """One thing to install, as named on the command line.

    *name* is normalised (PEP 503 for Python); *version* is the specifier as written, ``""``
    without one, and None where a variable hides it. *is_pinned* is None where it is unknown.
    *marker* is the condition behind a semicolon.
    """

    __slots__ = ("extras", "is_local", "is_pinned", "is_url", "marker", "name", "version", "word")

    def __init__(
        self,
        name: str,
        version: str | None,
        word: Word,
        *,
        is_pinned: bool | None,
        is_url: bool = False,
        is_local: bool = False,
        extras: tuple[str, ...] = (),
    ) -> None:
        self.name = name
        self.version = version
        self.word = word
        self.is_pinned = is_pinned
        self.is_url = is_url
        self.is_local = is_local
        self.extras = extras
        self.marker = ""

    @property
    def span(self) -> Span:
        """The place of the argument."""
        return self.word.span

    def __repr__(self) -> str:
        return f"Package({self.name!r}, {self.version!r})"


class Install:
    """One install command.

    *manager* is the tool (``pip``, ``uv``, ``conda``, ``apt``, ``apk``, ``dnf``, ``zypper``,
    ``npm``, ``yarn``, ``pnpm``, ``gem``, ``go``, ``poetry``, ``pdm``, ``pipenv``), *verb* what
    it is told to do. *files* are requirement, environment and constraint files it reads.
    """

    __slots__ = ("arguments", "command", "constraints", "files", "manager", "packages", "tool", "verb")

    def __init__(
        self,
        manager: str,
        verb: str,
        command: Command,
        arguments: Arguments,
        packages: tuple[Package, ...] = (),
        files: tuple[Word, ...] = (),
        constraints: tuple[Word, ...] = (),
    ) -> None:
        self.manager = manager
        self.tool = command.name
        """The program itself: ``apt-get``, ``mamba``, ``microdnf``."""
        self.verb = verb
        self.command = command
        self.arguments = arguments
        self.packages = packages
        self.files = files
        self.constraints = constraints

    @property
    def step(self) -> Step:
        """The step that runs it."""
        return self.command.step

    @property
    def is_conditional(self) -> bool:
        """Whether it may not run."""
        return self.command.is_conditional

    @property
    def span(self) -> Span:
        """The program and its verb: ``pip install``, ``apt-get install``."""
        for index, word in enumerate(self.command.arguments):
            if word.value == self.verb.rpartition(" ")[2]:
                return self.command.head(index + 1)
        return self.command.head(0)

    def names(self) -> frozenset[str]:
        """Return the names of the packages."""
        return frozenset(package.name for package in self.packages)

    def __repr__(self) -> str:
        return f"<Install {self.manager} {self.verb} {list(self.packages)}>"


def verb_of(words: tuple[Word, ...], value_options: frozenset[str] = frozenset()) -> tuple[str, tuple[Word, ...]]:
    """Return the first operand and the words after it."""
    index = 0
    while index < len(words):
        value = words[index].value
        if not value.startswith("-"):
            return value, words[index + 1 :]
        index += 2 if value in value_options else 1
    return "", ()


def takes_cpu_wheels(install: Install) -> bool:
    """Whether wheels come from an index without CUDA, so that sizes of the usual ones do not hold."""
    given = [value for _, value, _, _ in install.arguments.options]
    given += [install.command.setting(name) for name in ("PIP_INDEX_URL", "PIP_EXTRA_INDEX_URL", "UV_INDEX_URL")]
    return any("/cpu" in (value or "") for value in given)
