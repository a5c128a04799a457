"""Ignore files of build contexts (.dockerignore), with places.

Source: moby/patternmatcher, ignorefile/ignorefile.go and patternmatcher.go.
"""

import posixpath

from dlint import regex
from dlint.globs import compile_tokens, tokens
from dlint.parser.dockerfile.lines import BLANKS
from dlint.text import BYTE_ORDER_MARK, Source, Span

TYPE_CHECKING = False
if TYPE_CHECKING:
    from dlint.globs import Matcher


class IgnorePattern:
    """One line of an ignore file: the cleaned pattern, without ``!``."""

    __slots__ = ("_matcher", "is_exception", "problem", "span", "text", "written")

    def __init__(self, written: str, text: str, span: Span, *, is_exception: bool) -> None:
        self.written = written
        """As it stands in the file, blanks around it removed."""
        self.text = text
        self.span = span
        self.is_exception = is_exception
        self.problem: str | None = None
        self._matcher: Matcher | None = None
        if _has_bad_class(text):
            self.problem = "a bracket is never closed"
        elif is_exception and not text:
            self.problem = "'!' without a pattern"

    def matches(self, path: str) -> bool:
        """Whether the pattern matches this very path (slashes, relative to the root)."""
        if self._matcher is None:
            try:
                self._matcher = compile_tokens(tokens(self.text, docker=True))
            except ValueError:
                self._matcher = lambda path: False
        return self._matcher(path)

    def __repr__(self) -> str:
        return f"IgnorePattern({self.written!r})"


class IgnoreFile:
    """A parsed ignore file; the last pattern that matches a path or a folder above it decides."""

    __slots__ = ("_decisions", "_untouched", "has_exceptions", "patterns", "source")

    def __init__(self, source: Source) -> None:
        self.source = source
        self._decisions: dict[str, IgnorePattern | None] = {}
        self._untouched: dict[str, bool] = {"": True}
        """Folders of which no pattern matches them or a folder above."""
        self.patterns: tuple[IgnorePattern, ...] = tuple(_patterns(source))
        self.has_exceptions = any(pattern.is_exception for pattern in self.patterns)

    def ignores(self, path: str) -> bool:
        """Whether a path is left out of the context."""
        return self.deciding(path) is not None

    def deciding(self, path: str) -> IgnorePattern | None:
        """Return the pattern that leaves a path out, None if it stays in."""
        if path not in self._decisions:
            self._decisions[path] = self._decide(path)
        return self._decisions[path]

    def _decide(self, path: str) -> IgnorePattern | None:
        # Below a folder that nothing matches, only the path itself has to be looked at.
        parents = [] if self._is_untouched(path.rpartition("/")[0]) else _parents(path)
        decision: IgnorePattern | None = None
        for pattern in self.patterns:
            if pattern.problem or pattern.is_exception != (decision is not None):
                continue
            if pattern.matches(path) or any(pattern.matches(parent) for parent in parents):
                decision = None if pattern.is_exception else pattern
        return decision

    def _is_untouched(self, folder: str) -> bool:
        if folder not in self._untouched:
            self._untouched[folder] = self._is_untouched(folder.rpartition("/")[0]) and not any(
                pattern.matches(folder) for pattern in self.patterns
            )
        return self._untouched[folder]


def _parents(path: str) -> list[str]:
    parts = path.split("/")[:-1]
    return ["/".join(parts[: index + 1]) for index in range(len(parts))]


def _patterns(source: Source) -> "list[IgnorePattern]":
    found = []
    for line, start in zip(source.text.split("\n"), source.line_starts, strict=False):
        text = line
        if start == 0 and text.startswith(BYTE_ORDER_MARK):
            text, start = text[1:], 1
        if text.startswith("#"):
            continue
        written = text.strip(BLANKS)
        if not written:
            continue
        offset = start + len(text) - len(text.lstrip(BLANKS))
        is_exception = written.startswith("!")
        body = written[1:].strip(BLANKS) if is_exception else written
        cleaned = posixpath.normpath(body) if body else ""
        # normpath keeps two leading slashes, which Go's filepath.Clean does not.
        cleaned = regex.sub(r"\A//+", "/", cleaned)
        if len(cleaned) > 1 and cleaned.startswith("/"):
            cleaned = cleaned[1:]
        found.append(IgnorePattern(written, cleaned, Span(offset, offset + len(written)), is_exception=is_exception))
    return found


def _has_bad_class(text: str) -> bool:
    """Whether Go's filepath.Match would call the pattern malformed."""
    position = 0
    while position < len(text):
        if text[position] == "\\":
            position += 1
            if position == len(text):
                return True
        elif text[position] == "[":
            close = text.find("]", position + 2)
            if close < 0:
                return True
            position = close
        position += 1
    return False
