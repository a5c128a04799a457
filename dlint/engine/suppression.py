"""Comments that silence findings: dlint's own, and those of hadolint, BuildKit and ShellCheck.

The foreign ones are honoured as hadolint 2.15 and BuildKit 0.26 do, and never written. ShellCheck sees
its own where it reads them; those that Docker takes out of a script are for dlint.
"""

from bisect import bisect_right

from dlint import regex
from dlint.checks.registry import aliased_rule
from dlint.checks.suppressions import Suppression
from dlint.engine.selection import matches
from dlint.parser.dockerfile.ast import Comment, Dockerfile, From, Instruction, Run
from dlint.regex import lazy
from dlint.text import Source, Span

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from dlint.diagnostic import Diagnostic

    _Regions = dict[str, list[tuple[Comment, Span, str]]]

_OWN = lazy(r"dlint:\s*(ignore|file-ignore|disable|enable)\s*\[([^\]]*)\]\s*(.*)\Z")
_OWN_LOOSE = lazy(r"dlint\b\s*:?\s*(.*)\Z")
_HADOLINT = lazy(
    r"hadolint\s+(ignore|global\s+ignore|stage\s+ignore)\s*=\s*([DLSC0-9]+(?:\s*,\s*[DLSC0-9]+)*)\s*(?:#.*)?\Z"
)
_SHELLCHECK = lazy(r"shellcheck\s+(?:\S+\s+)*?disable=([\w,]+)")
_CHECK = lazy(r"check\s*=\s*(\S+)", regex.IGNORECASE)
# What "skip=all" stands for: every check that BuildKit has.
_ALL_BUILDKIT = "all-buildkit"
_ALL_SHELLCHECK = ("shell-mistake", "shell-remark")
_BUILDKIT_ALIAS = lazy(r"[A-Z][A-Za-z]+\Z")


def _selectors(diagnostic: "Diagnostic") -> "Iterator[str]":
    """Yield the names in a suppression that may stand for a finding."""
    yield diagnostic.rule
    yield diagnostic.family
    yield from diagnostic.aliases
    if has_buildkit_alias(diagnostic):
        yield _ALL_BUILDKIT


def has_buildkit_alias(diagnostic: "Diagnostic") -> bool:
    """Whether a finding is one that BuildKit's own checks report too."""
    return any(_BUILDKIT_ALIAS.match(alias) for alias in diagnostic.aliases)


class _Ranges:
    """The suppressions of one name, to be asked which of them cover a place."""

    def __init__(self, items: list[Suppression], everything: Span) -> None:
        covers = sorted(
            (
                (span.start, max(span.end, span.start + 1), index)
                for index, item in enumerate(items)
                for span in item.covers
            )
        )
        self._items = items
        self._covers = covers
        self._starts = [start for start, _, _ in covers]
        self._whole = [item for item in items if item.covers == (everything,)]
        # The furthest end of all ranges up to each; it says when looking back is over.
        self._furthest: list[int] = []
        for _, end, _ in covers:
            self._furthest.append(max(end, self._furthest[-1] if self._furthest else 0))

    def covering(self, place: int | None) -> "Iterator[Suppression]":
        """Yield what covers an offset; for a place in another file, what covers this whole one."""
        if place is None:
            yield from self._whole
            return
        index = bisect_right(self._starts, place) - 1
        while index >= 0 and self._furthest[index] > place:
            if self._covers[index][1] > place:
                yield self._items[self._covers[index][2]]
            index -= 1


class Suppressions:
    """The suppression comments of a file, in dlint's own form; each kind of file adds what else it has."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.items: list[Suppression] = []
        self.malformed: list[tuple[Comment, str]] = []
        """Comments that mean to be suppressions and are none, and why."""
        self._everything = Span(0, len(source.text) + 1)

    def filter(self, diagnostics: "list[Diagnostic]") -> "tuple[list[Diagnostic], list[Diagnostic]]":
        """Return the findings that stay and those that are silenced."""
        if not self.items:
            return diagnostics, []
        kept: list[Diagnostic] = []
        silenced: list[Diagnostic] = []
        ranges = self._ranges()
        for diagnostic in diagnostics:
            matching = [
                item
                for name in _selectors(diagnostic)
                if name in ranges and (name == _ALL_BUILDKIT or matches(name, diagnostic))
                for item in ranges[name].covering(self._place(diagnostic))
            ]
            for item in matching:
                item.used = True
            (silenced if matching else kept).append(diagnostic)
        return kept, silenced

    @property
    def raises_errors(self) -> bool:
        """Whether a comment makes findings of BuildKit's own checks fail the build."""
        return False

    def _place(self, diagnostic: "Diagnostic") -> int | None:
        """Return the offset of a finding, None for one in another file."""
        location = diagnostic.location
        return location.span.start if location.source is self.source else None

    def _ranges(self) -> "dict[str, _Ranges]":
        by_name: dict[str, list[Suppression]] = {}
        for item in self.items:
            by_name.setdefault(item.name, []).append(item)
        return {name: _Ranges(items, self._everything) for name, items in by_name.items()}

    def _close(self, open_regions: "_Regions") -> None:
        """End the regions that nothing ended at the end of the file."""
        for name, opened in open_regions.items():
            for comment, span, reason in opened:
                self._add(name, span, (Span(comment.end, self._everything.end),), comment, reason)

    def _own(self, comment: Comment, regions: "_Regions") -> None:
        match = _OWN.match(comment.text)
        if not match:
            self._malformed(comment)
            return
        kind, reason = match[1], match[3].strip()
        text = self.source.text
        begin = text.index("[", comment.start) + 1
        names = list(regex.finditer(r"[^\s,]+", match[2]))
        if not names:
            self.malformed.append((comment, "it names no rule"))
        for found in names:
            span = Span(begin + found.start(), begin + found.end())
            name = found[0]
            if kind == "enable":
                self._enable(comment, name, regions)
            elif kind == "disable":
                regions.setdefault(name, []).append((comment, span, reason))
            else:
                covers = (self._everything,) if kind == "file-ignore" else self._covered(comment)
                self._add(name, span, covers, comment, reason)

    def _malformed(self, comment: Comment) -> None:
        loose = _OWN_LOOSE.match(comment.text)
        rest = loose[1] if loose else ""
        if regex.match(r"(?:ignore|disable|enable|file-ignore|noqa)\b|[\w-]+\s*[\[=]", rest):
            self.malformed.append((comment, "write '# dlint: ignore[rule-name] reason'"))

    def _enable(self, comment: Comment, name: str, regions: "_Regions") -> None:
        for opening, span, reason in regions.pop(name, ()):
            self._add(name, span, (Span(opening.end, comment.start),), opening, reason)

    def _add(self, name: str, span: Span, covers: tuple[Span, ...], comment: Comment, reason: str) -> None:
        self.items.append(Suppression(name, span, covers, comment, reason=reason, is_own=True))

    def _covered(self, comment: Comment) -> tuple[Span, ...]:
        """Return what an ignore covers."""
        raise NotImplementedError


class DockerfileSuppressions(Suppressions):
    """All suppression comments of a Dockerfile."""

    def __init__(self, dockerfile: Dockerfile) -> None:
        super().__init__(dockerfile.source)
        self.dockerfile = dockerfile
        self._starts = [instruction.start for instruction in dockerfile.instructions]
        self._read()

    @property
    def raises_errors(self) -> bool:
        """Whether ``# check=error=true`` makes a finding of BuildKit's own checks fail the build."""
        directive = self.dockerfile.directive("check")
        parts = directive.value.split(" ")[0].lower().split(";") if directive else []
        return any(regex.fullmatch(r"error\s*=\s*(?:1|t|true)", part.strip()) for part in parts)

    def _read(self) -> None:
        self._directive()
        open_regions: _Regions = {}
        comments = [*self.dockerfile.comments, *_in_scripts(self.dockerfile)]
        for comment in sorted(comments, key=lambda comment: comment.start):
            if comment.text.startswith("dlint"):
                self._own(comment, open_regions)
            elif comment.text.startswith("hadolint") and not comment.inside:
                self._hadolint(comment)
            elif comment.text.startswith("shellcheck"):
                self._shellcheck(comment)
        self._close(open_regions)
        for instruction in self.dockerfile.instructions:
            self._check_comments(instruction)

    def _covered(self, comment: Comment) -> tuple[Span, ...]:
        """Return what an ignore covers: the next instruction, or the next line inside one."""
        source = self.source
        if comment.inside:
            number = source.line_number(comment.start) + 1
            while number <= source.line_count:
                line = source.line(number).strip()
                if line and not line.startswith("#"):
                    return (source.line_span(number),)
                number += 1
            return ()
        following = self._next_instruction(comment)
        return (following.span,) if following else ()

    def _next_instruction(self, comment: Comment) -> Instruction | None:
        index = bisect_right(self._starts, comment.start)
        return self.dockerfile.instructions[index] if index < len(self._starts) else None

    # hadolint --------------------------------------------------------------------------

    def _hadolint(self, comment: Comment) -> None:
        match = _HADOLINT.match(comment.text)
        if not match:
            return
        kind = match[1].split()[0]
        covers: tuple[Span, ...]
        if kind == "global":
            covers = (self._everything,)
        else:
            below = self._directly_below(comment)
            if below is None:
                return
            if kind == "ignore":
                covers = (below.span,)
            elif isinstance(below, From):
                covers = (Span(below.end, self._stage_end(below)),)
            else:
                return
        for name in regex.split(r"\s*,\s*", match[2]):
            self.items.append(Suppression(name, comment.span, covers, comment, reason="", is_own=False))

    def _directly_below(self, comment: Comment) -> Instruction | None:
        line_number = self.dockerfile.source.line_number
        following = self._next_instruction(comment)
        if following and line_number(following.start) == line_number(comment.start) + 1:
            return following
        return None

    def _stage_end(self, start: From) -> int:
        for instruction in self.dockerfile.instructions:
            if isinstance(instruction, From) and instruction.start > start.start:
                return instruction.start
        return self._everything.end

    # ShellCheck ------------------------------------------------------------------------

    def _shellcheck(self, comment: Comment) -> None:
        match = _SHELLCHECK.match(comment.text)
        for name in match[1].split(",") if match else ():
            names = _ALL_SHELLCHECK if name == "all" else (f"SC{name.removeprefix('SC')}",)
            self.items += [
                Suppression(each, comment.span, self._covered(comment), comment, reason="", is_own=False)
                for each in names
            ]

    # BuildKit --------------------------------------------------------------------------

    def _directive(self) -> None:
        directive = self.dockerfile.directive("check")
        if directive:
            comment = Comment(directive.value, directive.start, directive.end, inside=False)
            self._skips(directive.value.split(" ")[0], (self._everything,), comment)

    def _check_comments(self, instruction: Instruction) -> None:
        for comment in instruction.comments:
            match = _CHECK.match(comment.text)
            if match:
                self._skips(match[1], (instruction.span,), comment)
                return

    def _skips(self, value: str, covers: tuple[Span, ...], comment: Comment) -> None:
        for part in value.split(";"):
            key, _, names = part.partition("=")
            if key.strip().lower() != "skip":
                continue
            for name in names.split(","):
                name = name.strip()
                if name == "all":
                    name = _ALL_BUILDKIT
                elif not aliased_rule(name):
                    continue
                self.items.append(Suppression(name, comment.span, covers, comment, reason="", is_own=False))


def _in_scripts(dockerfile: Dockerfile) -> "Iterator[Comment]":
    """Yield the comments about dlint in the heredocs of RUN, where the shell reads them as its own."""
    for instruction in dockerfile.walk():
        for heredoc in instruction.heredocs if isinstance(instruction, Run) else ():
            offset = heredoc.start
            for line in heredoc.content.split("\n"):
                written = line.strip()
                if written.startswith("#") and written[1:].lstrip().startswith("dlint"):
                    start = offset + line.index("#")
                    yield Comment(written[1:].strip(), start, start + len(written), inside=True)
                offset += len(line) + 1
