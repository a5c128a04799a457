"""Lines of a Dockerfile to instructions' lines: directives, comments, continuations.

The reading is BuildKit's (moby/buildkit, frontend/dockerfile/parser): a line is cut at the
line feed, blanks at the start of an instruction are dropped, the escape character at the end
of a line joins the next one, and comment lines and empty lines inside are left out.
"""

from dlint.parser.dockerfile.ast import Comment, Directive, Problem
from dlint.parser.mapped import MappedText
from dlint.regex import lazy
from dlint.text import BYTE_ORDER_MARK, Source, Span

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

# What Go's unicode.IsSpace accepts; Python's str.isspace also takes \x1c to \x1f.
BLANKS = (
    "\t\n\v\f\r \x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009"
    "\u200a\u2028\u2029\u202f\u205f\u3000"
)
# The same and its opposite for patterns: a class of categories compiles ten times faster than one of ranges.
BLANK = r"[^\S\x1c-\x1f]"
NO_BLANK = r"[\S\x1c-\x1f]"

# bufio.MaxScanTokenSize: BuildKit reads no line of this many bytes or more.
MAX_LINE_BYTES = 64 * 1024

_DIRECTIVE = lazy(r"([a-zA-Z][a-zA-Z0-9]*)[ \t\v\f\r]*=[ \t\v\f\r]*(.+?)[ \t\v\f\r]*\Z")
_DIRECTIVE_NAMES = ("syntax", "escape", "check")


class LogicalLine:
    """One instruction's text with everything that belongs to it."""

    __slots__ = ("blank_lines", "comments", "first_line", "text")

    def __init__(self, text: MappedText, first_line: int) -> None:
        self.text = text
        self.first_line = first_line
        """The index of its first line in the file, from 0."""
        self.comments: tuple[Comment, ...] = ()
        """The comment block above it."""
        self.blank_lines: tuple[Span, ...] = ()


class LineReader:
    """Reads a source line by line; heredoc bodies are taken with :meth:`take_line`."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.starts = source.line_starts
        self.lines = source.text.split("\n")
        if not self.lines[-1]:
            self.lines.pop()
        self.next = 0
        self.escape = "\\"
        self.directives: list[Directive] = []
        self.comments: list[Comment] = []
        self.problems: list[Problem] = []
        self._in_head = True

    def read(self) -> "Iterator[LogicalLine]":
        """Yield the logical lines in file order."""
        block: list[Comment] = []
        first_offset = 0
        if self.lines and self.lines[0].startswith(BYTE_ORDER_MARK):
            self.lines[0] = self.lines[0][1:]
            first_offset = 1
        while self.next < len(self.lines):
            index = self.next
            self.next += 1
            line = self.lines[index]
            stripped = line.lstrip(BLANKS)
            if not stripped:
                # An empty line is no comment, so no directive follows it either.
                self._in_head = False
                continue
            offset = self.starts[index] + len(line) - len(stripped) + (0 if index else first_offset)
            if stripped[0] == "#":
                self._comment_line(stripped, offset, block)
                continue
            self._in_head = False
            if len(line) >= MAX_LINE_BYTES // 4:
                self._check_length(index)
            yield self._join(index, stripped, offset, block)
            block = []

    def take_line(self) -> "tuple[str, int] | None":
        """Return the next line without its line feed and its offset, or None at the end."""
        if self.next >= len(self.lines):
            return None
        index = self.next
        self.next += 1
        return self.lines[index], self.starts[index]

    def _comment_line(self, text: str, offset: int, block: list[Comment]) -> None:
        text = text.rstrip("\r")
        if self._in_head and self._directive(text, offset):
            return
        comment = Comment(text[1:].strip(BLANKS), offset, offset + len(text), inside=False)
        self.comments.append(comment)
        if comment.text:
            block.append(comment)
        else:
            # An empty "#" line cuts the block off from the instruction below.
            block.clear()

    def _directive(self, text: str, offset: int) -> bool:
        body = text[1:].lstrip(BLANKS)
        match = _DIRECTIVE.match(body)
        name = match[1].lower() if match else ""
        if not match or name not in _DIRECTIVE_NAMES:
            # A shebang may stand above the directives; BuildKit then reads syntax and check.
            self._in_head = text.startswith("#!") and self.next == 1
            return False
        value_start = offset + len(text) - len(body) + match.start(2)
        directive = Directive(name, match[2], offset, offset + len(text), value_start)
        # Below a shebang BuildKit finds syntax and check, but does not act on escape.
        if not self.lines[0].startswith("#!"):
            if any(earlier.name == name for earlier in self.directives):
                self._problem(f"only one {name} directive is allowed", directive.span)
            elif name == "escape":
                self._set_escape(directive)
        self.directives.append(directive)
        return True

    def _set_escape(self, directive: Directive) -> None:
        if directive.value in ("\\", "`"):
            self.escape = directive.value
        else:
            advice = "use a backslash or a backtick"
            self._problem(f"invalid escape character {directive.value!r}", directive.value_span, advice)

    def _join(self, index: int, text: str, offset: int, block: list[Comment]) -> LogicalLine:
        if text[-1] == "\r":
            text = text.rstrip("\r")
        body = self._continued(text)
        if body is None:
            logical = LogicalLine(MappedText(text, (0,), (offset,)), index)
        else:
            pieces = [(body, offset)]
            blanks = self._continuation_lines(pieces)
            logical = LogicalLine(MappedText.join(pieces), index)
            logical.blank_lines = blanks
        logical.comments = tuple(block)
        return logical

    def _continuation_lines(self, pieces: "list[tuple[str, int]]") -> "tuple[Span, ...]":
        blanks: list[Span] = []
        while self.next < len(self.lines):
            index = self.next
            self.next += 1
            line, offset = self.lines[index], self.starts[index]
            if line and line[-1] == "\r":
                line = line.rstrip("\r")
            stripped = line.lstrip(BLANKS)
            if not stripped:
                blanks.append(Span(offset, offset + len(line)))
                continue
            if stripped[0] == "#":
                place = offset + len(line) - len(stripped)
                text = stripped[1:].strip(BLANKS)
                self.comments.append(Comment(text, place, offset + len(line), inside=True))
                continue
            if len(line) >= MAX_LINE_BYTES // 4:
                self._check_length(index)
            body = self._continued(line)
            pieces.append((line if body is None else body, offset))
            if body is None:
                break
        return tuple(blanks)

    def _continued(self, line: str) -> str | None:
        """Return the line without its continuation character, or None if it has none."""
        text = line.rstrip(" \t")
        if not text.endswith(self.escape):
            return None
        # An escaped escape character does not continue the line.
        if len(text) > 1 and text[-2] == self.escape:
            return None
        return text[:-1]

    def _check_length(self, index: int) -> None:
        line = self.lines[index]
        if len(line.encode("utf-8", "surrogateescape")) >= MAX_LINE_BYTES:
            start = self.starts[index]
            self._problem(f"line is longer than {MAX_LINE_BYTES - 1} bytes", Span(start, start + 1))

    def _problem(self, message: str, span: Span, advice: str | None = None) -> None:
        self.problems.append(Problem(message, span.start, span.end, advice))
