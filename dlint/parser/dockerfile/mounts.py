"""The ``--mount`` flags of RUN: a line of CSV with keys and values."""

from dlint import regex
from dlint.parser.dockerfile.ast import Flag, Word
from dlint.regex import lazy

_FIELD = lazy(r'"((?:[^"]|"")*)"?([^,]*)|[^,]*')
_TARGETS = ("target", "dst", "destination")
_SOURCES = ("source", "src")


class Mount:
    """One mount: its type and its options, as written, by lower-case key.

    An option without a value (``readonly``) has the value None.
    """

    __slots__ = ("flag", "options")

    def __init__(self, flag: Flag, options: dict[str, Word | None]) -> None:
        self.flag = flag
        self.options = options

    def get(self, *names: str) -> str | None:
        """Return the value of the first option present."""
        for name in names:
            word = self.options.get(name)
            if word is not None:
                return word.value
        return None

    @property
    def type(self) -> str:
        """``bind`` (the default), ``cache``, ``tmpfs``, ``secret`` or ``ssh``."""
        return (self.get("type") or "bind").lower()

    @property
    def target(self) -> str | None:
        """Where it appears in the container."""
        return self.get(*_TARGETS)

    @property
    def source(self) -> str | None:
        """The path mounted, in the build context or in ``from``."""
        return self.get(*_SOURCES)

    @property
    def from_(self) -> str | None:
        """The stage or image that is mounted, None for the build context."""
        return self.get("from")


def read_mounts(flags: tuple[Flag, ...]) -> tuple[Mount, ...]:
    """Return the mounts among the flags of a RUN."""
    return tuple(Mount(flag, _options(flag)) for flag in flags if flag.name == "mount" and flag.value is not None)


def _options(flag: Flag) -> dict[str, Word | None]:
    options: dict[str, Word | None] = {}
    mapped = flag.mapped_value
    if mapped is None:
        return options
    position = 0
    while position <= len(mapped.text):
        match = _FIELD.match(mapped.text, position)
        assert match is not None
        quoted = match[1] is not None
        text = match[1].replace('""', '"') + match[2] if quoted else match[0]
        key, equals, value = text.partition("=")
        start = match.start() + quoted + len(key) + 1
        word = None
        if equals:
            span = mapped.span(min(start, match.end()), match.end())
            word = Word(value, span.start, span.end)
        options[key.strip().lower()] = word
        position = match.end() + 1
    return options


def has_variable_from(flag: Flag) -> bool:
    """Whether ``from=`` of a mount holds a variable, which BuildKit refuses."""
    value = _options(flag).get("from")
    return value is not None and regex.search(r"\$.", value.value) is not None
