"""What ShellCheck says, at its places in a Dockerfile."""

from dlint.knowledge.shellcheck import SYNTAX, SYNTAX_ERROR
from dlint.model.shell_scripts import ShellScript
from dlint.regex import lazy
from dlint.shellcheck.document import Remark
from dlint.text import Span

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

# Codes that say no more than that something is wrong, and where.
_GENERAL = frozenset({1009, 1072, 1073})
# What the shell of an unknown base image can do, nobody knows: 3000 to 3999 are about that.
_DIALECT = range(3000, 4000)
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

    def __init__(self, remark: Remark, span: Span, edits: tuple[tuple[Span, str], ...]) -> None:
        self.codes = (remark.code,)
        self.level = remark.level
        self.message = remark.message
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
    for remark in remarks:
        if not _is_doubtful(script, remark):
            yield _finding(script, remark)


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
    return ShellFinding(remark, _visible(script, remark, span), edits)


def _visible(script: ShellScript, remark: Remark, span: Span) -> Span:
    """Return a span of at least one character, where there is one to mark."""
    if span.end > span.start or not script.text.text:
        return span
    index = min(remark.start, len(script.text.text) - 1)
    return script.text.span(index, index + 1)


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
