"""Here-documents of RUN, COPY and ADD: the words that announce them, and their bodies."""

from dlint.parser.dockerfile.ast import Heredoc
from dlint.parser.dockerfile.expansion import ExpansionError, Options, split_words
from dlint.parser.dockerfile.lines import LineReader
from dlint.parser.mapped import MappedText
from dlint.regex import lazy

_HEREDOC = lazy(r"(\d*)<<(-?)\s*([^<]*)\Z")
_LIKELY_INSTRUCTION = lazy(
    r"(?:FROM|RUN|COPY|ADD|CMD|ENTRYPOINT|ENV|ARG|LABEL|WORKDIR|USER|EXPOSE|VOLUME|HEALTHCHECK|SHELL|ONBUILD)\s"
)
_WORDS = Options(raw_quotes=True, raw_escapes=True, keep_unset=True)
_PLAIN = Options(keep_unset=True)
_RAW = Options(raw_quotes=True, keep_unset=True)


def announced(line: MappedText) -> list[Heredoc]:
    """Return the heredocs announced on a line, bodies still empty.

    Raises ExpansionError for a heredoc word that cannot be read.
    """
    try:
        words = split_words(line.text, _WORDS)
    except ExpansionError:
        # BuildKit ignores a line it cannot cut into words.
        return []
    heredocs = []
    for text, start, end in words:
        heredoc = parse_word(text)
        if heredoc:
            name, strip_tabs, is_expanded = heredoc
            word = line.span(start, end)
            heredocs.append(Heredoc(name, word, strip_tabs=strip_tabs, expand=is_expanded))
    return heredocs


def parse_word(text: str) -> tuple[str, bool, bool] | None:
    """Return name, whether tabs are stripped and whether the body is expanded, or None."""
    match = _HEREDOC.match(text)
    if not match or not match[3]:
        return None
    if match[3].isalnum():
        return match[3], bool(match[2]), True
    plain = split_words(match[3], _PLAIN)
    if len(plain) != 1:
        return None
    raw = split_words(match[3], _RAW)
    name = plain[0][0]
    return name, bool(match[2]), _quotes(name) == sum(_quotes(word[0]) for word in raw)


def _quotes(text: str) -> int:
    return text.count("'") + text.count('"')


def read_body(reader: LineReader, heredoc: Heredoc) -> bool:
    """Take the lines of a heredoc from the reader; return whether it was terminated.

    The body of one that is never closed ends before the next line that looks like an
    instruction, so that the rest of the file is still read.
    """
    lines: list[tuple[str, int]] = []
    first = reader.next
    while (taken := reader.take_line()) is not None:
        line, offset = taken
        candidate = line.rstrip("\r\n")
        if heredoc.strip_tabs:
            candidate = candidate.lstrip("\t")
        if candidate == heredoc.name:
            _fill(reader, heredoc, lines, offset)
            heredoc.end = offset + len(line.rstrip("\r"))
            return True
        lines.append((line, offset))
    for index, (line, _) in enumerate(lines):
        if _LIKELY_INSTRUCTION.match(line):
            del lines[index:]
            break
    reader.next = first + len(lines)
    last = reader.starts[reader.next] if reader.next < len(reader.lines) else len(reader.source.text)
    _fill(reader, heredoc, lines, last)
    heredoc.end = last - heredoc.content.endswith("\n")
    return False


def _fill(reader: LineReader, heredoc: Heredoc, lines: list[tuple[str, int]], end: int) -> None:
    heredoc.start = lines[0][1] if lines else end
    heredoc.content = reader.source.text[heredoc.start : end]
    if not heredoc.strip_tabs or "\t" not in heredoc.content:
        heredoc.body = MappedText.whole(heredoc.content, heredoc.start)
        return
    pieces = []
    for line, offset in lines:
        text = line.lstrip("\t")
        stop = offset + len(line)
        feed = reader.source.text[stop : stop + 1]
        pieces.append((text + feed, stop - len(text)))
    heredoc.body = MappedText.join(pieces)
