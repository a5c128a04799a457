"""How rewrites write: in the file's own manner, with whole lines and the comments that belong to them."""

from dlint import regex
from dlint.diagnostic import Edit
from dlint.text import Span

TYPE_CHECKING = False
if TYPE_CHECKING:
    from dlint.model.build import Build
    from dlint.parser.dockerfile.ast import Instruction

_INDENT = "    "


def block(build: "Build", instruction: "Instruction") -> Span:
    """Return an instruction with the comment lines right above it."""
    source = build.source
    start = instruction.start
    for comment in reversed(instruction.comments):
        between = source.text[comment.end : start]
        if between.strip() or between.count("\n") != 1 or _is_about_more(comment.text):
            break
        start = comment.start
    return Span(source.line_starts[source.line_number(start) - 1], instruction.end)


def _is_about_more(text: str) -> bool:
    """Whether a comment heads the file, or says something to a tool about all that stands below it."""
    pattern = r"(?i)(?:syntax|escape|check)\s*=|dc?lint:\s*(?:file-ignore|disable|enable)|hadolint\s+(?:global|shell)"
    return regex.match(pattern, text) is not None


def text_of(build: "Build", span: Span) -> str:
    """Return a part of the Dockerfile."""
    return build.source.text[span.start : span.end]


def has_blank_above(build: "Build", span: Span) -> bool:
    """Whether an empty line, or nothing, stands above whole lines."""
    above = build.source.text[: span.start]
    return above.endswith(("\n\n", "\n\r\n"))


def without_lines(build: "Build", span: Span) -> Edit:
    """Return the edit that takes away whole lines, and an empty line above them."""
    text = build.source.text
    end = span.end
    if text[end : end + 1] == "\r":
        end += 1
    end += text[end : end + 1] == "\n"
    start = span.start
    if has_blank_above(build, span) and (end == len(text) or text[end : end + 1] in "\r\n"):
        start -= 2 if text[:start].endswith("\r\n") else 1
    return Edit(Span(start, end), "")


def indent_of(build: "Build", instruction: "Instruction") -> str:
    """Return how the lines of an instruction that goes on are indented: as its own are, else as those of the file."""
    text = build.source.text
    for each in (instruction, *build.dockerfile.instructions):
        written = text[each.header.start : each.header.end]
        match = regex.search(r"\n([ \t]+)\S", written)
        if match:
            return match[1]
    return _INDENT


def escape_of(build: "Build") -> str:
    """Return what goes on in the next line."""
    return build.dockerfile.escape
