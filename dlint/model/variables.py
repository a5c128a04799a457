"""Variables of a build: ARG and ENV scopes, and words expanded in them.

Sources: moby/buildkit, frontend/dockerfile/dockerfile2llb (convert.go, platform.go) and
docs.docker.com/reference/dockerfile.
"""

from dlint.parser.dockerfile import ast
from dlint.parser.dockerfile.expansion import UNKNOWN, ExpansionError, Options, expand
from dlint.regex import lazy
from dlint.text import Source, Span

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

_USE = lazy(r"\$\{?(\w+)")

PLATFORM_ARGUMENTS = (
    "BUILDPLATFORM", "BUILDOS", "BUILDOSVERSION", "BUILDARCH", "BUILDVARIANT",
    "TARGETPLATFORM", "TARGETOS", "TARGETOSVERSION", "TARGETARCH", "TARGETVARIANT", "TARGETSTAGE",
)  # fmt: skip

# BuildKit acts on these itself; they are never undefined.
BUILDKIT_ARGUMENTS = frozenset({"BUILDKIT_SBOM_SCAN_CONTEXT", "BUILDKIT_SBOM_SCAN_STAGE"})


# An environment is a chain of changes, which is joined into one from time to time.
_MAX_CHAIN = 64


class Environment:
    """The variables at one point of a stage. Read only; changes give a new one.

    A value may be UNKNOWN. *is_open* says that the base image may set more than is known here:
    then a name nobody set is unknown rather than unset.
    """

    __slots__ = ("_arguments", "_depth", "_parent", "_values", "is_open")

    def __init__(self, values: dict[str, str], *, is_open: bool = False) -> None:
        self._values = values
        self._arguments: frozenset[str] = frozenset()
        self._parent: Environment | None = None
        self._depth = 0
        self.is_open = is_open

    def set_value(self, name: str) -> str | None:
        """Return the value of ENV, or of ARG with a value; None where neither sets the name."""
        layer: Environment | None = self
        while layer is not None:
            value = layer._values.get(name)
            if value is not None:
                return value
            layer = layer._parent
        return None

    def get(self, name: str) -> str | None:
        """Return the value, UNKNOWN, or None for a variable that is certainly not set."""
        value = self.set_value(name)
        if value is None and self.is_open and not self.declares(name):
            return UNKNOWN
        return value

    def known(self, name: str) -> str | None:
        """Return the value if it is set and certain."""
        value = self.set_value(name)
        return None if value is None or UNKNOWN in value else value

    def declares(self, name: str) -> bool:
        """Whether an ARG of the stage or its local parents has the name."""
        layer: Environment | None = self
        while layer is not None:
            if name in layer._arguments:
                return True
            layer = layer._parent
        return False

    def names(self) -> list[str]:
        """Return the names that have a value, sorted."""
        return sorted(self._joined()._values)

    def with_env(self, pairs: dict[str, str]) -> "Environment":
        """Return the environment after an ENV."""
        return self._changed(pairs, frozenset())

    def with_args(self, pairs: dict[str, str | None]) -> "Environment":
        """Return the environment after an ARG; None stands for an argument without value."""
        values = {name: value for name, value in pairs.items() if value is not None}
        return self._changed(values, frozenset(pairs))

    def _changed(self, values: dict[str, str], arguments: frozenset[str]) -> "Environment":
        parent = self if self._depth < _MAX_CHAIN else self._joined()
        changed = Environment(values, is_open=self.is_open)
        changed._arguments = arguments
        changed._parent = parent
        changed._depth = parent._depth + 1
        return changed

    def _joined(self) -> "Environment":
        """Return the same environment without parents."""
        layers, layer = [], self
        while layer is not None:
            layers.append(layer)
            layer = layer._parent  # type: ignore[assignment]
        values: dict[str, str] = {}
        for layer in reversed(layers):
            values.update(layer._values)
        joined = Environment(values, is_open=self.is_open)
        joined._arguments = frozenset().union(*(layer._arguments for layer in layers))
        return joined


class Variables:
    """Expands words with one escape character."""

    def __init__(self, escape: str) -> None:
        self.options = Options(escape)

    def expand(self, word: ast.Word, environment: "Environment | dict[str, str]") -> str:
        """Return the word's value; UNKNOWN in it where it cannot be known or expanded."""
        try:
            return expand(word.value, environment, self.options).result  # type: ignore[arg-type]
        except ExpansionError:
            return UNKNOWN

    def problem(self, word: ast.Word, environment: "Environment | dict[str, str]") -> ast.Problem | None:
        """Return why BuildKit would refuse to expand a word."""
        try:
            expand(word.value, environment, self.options)  # type: ignore[arg-type]
        except ExpansionError as error:
            return ast.Problem(str(error), word.start, word.end)
        return None


def platform_arguments(platform: str | None) -> dict[str, str]:
    """Return the predefined arguments for FROM: those of *platform*, where one is given."""
    values = dict.fromkeys(PLATFORM_ARGUMENTS, UNKNOWN)
    # A lone word may be a system or an architecture, and the builder fills in the rest.
    if platform and "/" in platform:
        system, architecture, variant = [*platform.split("/"), ""][:3]
        values |= {
            "TARGETPLATFORM": platform,
            "TARGETOS": system,
            "TARGETARCH": architecture,
            "TARGETVARIANT": variant,
        }
    return values


def expandable_words(instruction: ast.Instruction) -> "Iterator[ast.Word]":
    """Yield the words BuildKit expands in an instruction of a stage, ARG defaults excepted."""
    if isinstance(instruction, ast.Env | ast.Label):
        for pair in instruction.pairs:
            yield pair.key
            if pair.value:
                yield pair.value
    elif isinstance(instruction, ast.Transfer):
        for flag in instruction.flags:
            if flag.name in ("chown", "chmod", "checksum") and flag.value:
                yield ast.Word(flag.value, flag.value_start, flag.end)
        yield from (source for source in instruction.sources if "<<" not in source.value)
        yield instruction.destination
    elif isinstance(instruction, ast.Workdir | ast.User | ast.StopSignal):
        yield instruction.value
    elif isinstance(instruction, ast.Volume):
        yield from instruction.words
    elif isinstance(instruction, ast.Run):
        for mount in instruction.mounts:
            for key, word in mount.options.items():
                if word and key != "from":
                    yield word


def unmatched_names(
    word: ast.Word,
    environment: "Environment | dict[str, str]",
    options: Options,
    source: Source,
    *,
    with_defaults: bool = False,
) -> "Iterator[tuple[str, Span, bool]]":
    """Yield the variables in a word that are certainly not set: name, first place, provided for.

    Those with a provision for that case, such as ``${NAME:-default}``, come *with_defaults* only.
    """
    try:
        expansion = expand(word.value, environment, options)  # type: ignore[arg-type]
    except ExpansionError:
        return
    names = expansion.unmatched if with_defaults else expansion.missing
    if not names:
        return
    places: dict[str, Span] = {}
    for match in _USE.finditer(source.text, word.start, word.end):
        places.setdefault(match[1], Span(match.start(1), match.end(1)))
    for name in sorted(names):
        yield name, places.get(name, word.span), name not in expansion.missing


def used_names(
    word: ast.Word, environment: "Environment | dict[str, str]", options: Options, source: Source
) -> "Iterator[tuple[str, Span, bool]]":
    """Yield the variables a word asks for: name, first place, and whether it is certainly not set.

    Those that are not set but provided for, such as ``${NAME:-default}``, are left out.
    """
    try:
        expansion = expand(word.value, environment, options)  # type: ignore[arg-type]
    except ExpansionError:
        return
    places: dict[str, Span] = {}
    for match in _USE.finditer(source.text, word.start, word.end):
        places.setdefault(match[1], Span(match.start(), match.end() + (match[0][1] == "{")))
    for name in sorted(expansion.matched | expansion.missing):
        yield name, places.get(name, word.span), name in expansion.missing
