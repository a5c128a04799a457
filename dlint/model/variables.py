"""Variables of a build: ARG and ENV scopes, and words expanded in them.

Sources: moby/buildkit, frontend/dockerfile/dockerfile2llb (convert.go, platform.go) and
docs.docker.com/reference/dockerfile.
"""

import re

from dlint.parser.dockerfile import ast
from dlint.parser.dockerfile.expansion import UNKNOWN, Expansion, ExpansionError, Options, expand
from dlint.text import Source, Span

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

PLATFORM_ARGUMENTS = (
    "BUILDPLATFORM", "BUILDOS", "BUILDOSVERSION", "BUILDARCH", "BUILDVARIANT",
    "TARGETPLATFORM", "TARGETOS", "TARGETOSVERSION", "TARGETARCH", "TARGETVARIANT", "TARGETSTAGE",
)  # fmt: skip

# BuildKit acts on these itself; they are never undefined.
BUILDKIT_ARGUMENTS = frozenset({"BUILDKIT_SBOM_SCAN_CONTEXT", "BUILDKIT_SBOM_SCAN_STAGE"})


class Environment:
    """The variables at one point of a stage. Read only; changes give a new one.

    A value may be UNKNOWN. *is_open* says that the base image may set more than is known here:
    then a name nobody set is unknown rather than unset.
    """

    __slots__ = ("declared", "exported", "is_open", "values")

    def __init__(
        self,
        values: dict[str, str],
        exported: dict[str, str],
        declared: frozenset[str] = frozenset(),
        *,
        is_open: bool = False,
    ) -> None:
        self.values = values
        """Everything a word can refer to: ENV, and ARG with a value."""
        self.exported = exported
        """What ends up in the image: the base image's and ENV."""
        self.declared = declared
        """Names of all ARGs of the stage and its local parents."""
        self.is_open = is_open

    def get(self, name: str) -> str | None:
        """Return the value, UNKNOWN, or None for a variable that is certainly not set."""
        value = self.values.get(name)
        if value is None and self.is_open and name not in self.declared:
            return UNKNOWN
        return value

    def known(self, name: str) -> str | None:
        """Return the value if it is set and certain."""
        value = self.values.get(name)
        return None if value is None or UNKNOWN in value else value

    def with_env(self, pairs: dict[str, str]) -> "Environment":
        """Return the environment after an ENV."""
        return Environment(self.values | pairs, self.exported | pairs, self.declared, is_open=self.is_open)

    def with_args(self, pairs: dict[str, str | None]) -> "Environment":
        """Return the environment after an ARG; None stands for an argument without value."""
        values = self.values | {name: value for name, value in pairs.items() if value is not None}
        return Environment(values, self.exported, self.declared | set(pairs), is_open=self.is_open)


class Variables:
    """Expands words with one escape character and collects what BuildKit would refuse."""

    def __init__(self, escape: str) -> None:
        self.options = Options(escape)
        self.problems: list[ast.Problem] = []

    def expand(self, word: ast.Word, environment: "Environment | dict[str, str]") -> str:
        """Return the word's value; UNKNOWN in it where it cannot be known or expanded."""
        return self.expansion(word.value, word.span, environment).result

    def expansion(self, text: str, span: Span, environment: "Environment | dict[str, str]") -> Expansion:
        """Return the expansion of *text*, with the names found and not found."""
        try:
            return expand(text, environment, self.options)  # type: ignore[arg-type]
        except ExpansionError as error:
            self.problems.append(ast.Problem(str(error), span.start, span.end))
            return Expansion(UNKNOWN, set(), set())


def platform_arguments(platform: str | None) -> dict[str, str]:
    """Return the predefined arguments for FROM: those of *platform*, where one is given."""
    values = dict.fromkeys(PLATFORM_ARGUMENTS, UNKNOWN)
    if platform:
        parts = [*platform.split("/"), "", ""][:3]
        values |= {
            "TARGETPLATFORM": platform,
            "TARGETOS": parts[0],
            "TARGETARCH": parts[1],
            "TARGETVARIANT": parts[2],
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
    text = source.text[word.start : word.end]
    for name in sorted(names):
        match = re.search(rf"\$\{{?({re.escape(name)})(?!\w)", text)
        if match:
            span = Span(word.start + match.start(1), word.start + match.end(1))
        else:
            span = word.span
        yield name, span, name not in expansion.missing
