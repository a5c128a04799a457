"""What ShellCheck says, at its places in a Dockerfile."""

from bisect import bisect_right

from dlint.knowledge.shellcheck import SYNTAX, SYNTAX_ERROR
from dlint.model.shell_scripts import ShellScript
from dlint.regex import lazy
from dlint.shellcheck.document import Remark
from dlint.text import Span

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

# What ShellCheck adds for people who run it again and again.
_PHRASES = (" Fix to allow more checks.", " Fix any mentioned problems and try again.")
# Codes that say no more than that something is wrong, and where.
_GENERAL = frozenset({1009, 1072, 1073})
# What the shell of an unknown base image can do, nobody knows: 3000 to 3999 are about that.
_DIALECT = range(3000, 4000)
# Where [[ ]] is no test, there is no more to say about what is in it.
_DOUBLE_BRACKETS = 3010
_OPERATORS = (3014, 3015)
# Assigned nowhere: true only where nothing else can set a variable.
_UNASSIGNED = 2154
_SETS_MORE = lazy(r"(?:^|[;&|({\s])(?:\.|source|eval)\s")
# Flags of the shell's own echo, not of /bin/echo.
_ECHO_FLAGS = (3036, 3037)
# pip install numpy>=2 pandas>=3: another rule says what these are.
_REDIRECTED_TWICE = 2261
# rm -rf "$DIR/*": dangerous where DIR may be empty, and ARG and ENV say what it is.
_EMPTY = 2115
# A cd that may fail: the last one says so with the exit code of the whole script.
_CD = 2164
# Blanks that echo joins: those of continued lines are joined already.
_BLANKS = 2291


class ShellFinding:
    """A remark of ShellCheck and its *span* in the file; *edits* (span, text) would mend it.

    *codes* are all codes that stand for it, its own first: a script that cannot be read is one mistake,
    about which ShellCheck has several things to say.
    """

    __slots__ = ("codes", "edits", "level", "message", "span")

    def __init__(self, remark: Remark, message: str, span: Span, edits: tuple[tuple[Span, str], ...]) -> None:
        self.codes: tuple[int, ...] = (remark.code,)
        self.level = remark.level
        self.message = message
        self.span = span
        self.edits = edits


def place(script: ShellScript, remarks: list[Remark]) -> "Iterator[ShellFinding]":
    """Yield what is certain for this script, at its places in the file."""
    syntax = [remark for remark in remarks if remark.code in SYNTAX]
    if any(remark.code == SYNTAX_ERROR for remark in syntax):
        remarks = [remark for remark in remarks if remark.code not in SYNTAX]
        # What says most: a hint at what is wrong, before where reading ended.
        syntax.sort(key=lambda remark: (remark.code in _GENERAL, remark.level != "error", remark.start))
        finding = _finding(script, syntax[0])
        finding.codes = tuple(dict.fromkeys(remark.code for remark in syntax))
        finding.level = "error"
        yield finding
    brackets = sorted((remark.start, remark.end) for remark in remarks if remark.code == _DOUBLE_BRACKETS)
    for remark in remarks:
        if remark.code in _OPERATORS and _is_inside(remark, brackets):
            continue
        if not _is_doubtful(script, remark):
            yield _finding(script, remark)


def _is_inside(remark: Remark, places: list[tuple[int, int]]) -> bool:
    index = bisect_right(places, (remark.start, remark.end)) - 1
    return index >= 0 and remark.end <= places[index][1]


def _is_doubtful(script: ShellScript, remark: Remark) -> bool:
    """Whether a remark that is right in a script of its own may be wrong in an image build."""
    code, text, place = remark.code, script.text, slice(remark.start, remark.end)
    if code in _DIALECT:
        return script.is_portable or (code in _ECHO_FLAGS and text.text[: remark.start].rstrip().endswith("/echo"))
    if code == _UNASSIGNED:
        name = remark.message.split(" ", 1)[0]
        is_set = f"{name}=" in text.text or f"{name}+=" in text.text
        return not script.is_complete or is_set or bool(_SETS_MORE.search(text.text))
    if code == _REDIRECTED_TWICE:
        return text.text[remark.start : remark.start + 2] == ">="
    if code == _EMPTY:
        return any(name in text.text[place] for name in script.names)
    if code == _CD:
        return not text.text[remark.end :].strip()
    if code == _BLANKS:
        span = text.span(remark.start, remark.end)
        return span.end - span.start != remark.end - remark.start
    return False


def _finding(script: ShellScript, remark: Remark) -> ShellFinding:
    span = script.text.span(remark.start, remark.end)
    edits = _edits(script, remark) if script.is_verbatim else ()
    message = remark.message
    for phrase in _PHRASES:
        message = message.replace(phrase, "")
    if script.dialect == "busybox":
        message = message.replace("In dash,", "In BusyBox sh,")
    return ShellFinding(remark, message or remark.message, _visible(script, remark, span), edits)


def _visible(script: ShellScript, remark: Remark, span: Span) -> Span:
    """Return a span that can be seen: for an empty one the word that begins there, or one character."""
    text = script.text.text
    if span.end > span.start or not text:
        return span
    start = end = min(remark.start, len(text) - 1)
    while end < len(text) and text[end].isalnum():
        end += 1
    return script.text.span(start, max(end, start + 1))


def _edits(script: ShellScript, remark: Remark) -> tuple[tuple[Span, str], ...]:
    """Return the edits of a remark in the file; none where one of them is not about text as it stands there."""
    text = script.text
    edits = []
    for start, end, new, opens in remark.edits:
        if start == end:
            at = text.offset(start) if start < len(text.text) and (opens or not start) else text.end_offset(start)
            span = Span(at, at)
        else:
            span = text.span(start, end)
            if span.end - span.start != end - start:
                return ()
        edits.append((span, new))
    return tuple(edits)
