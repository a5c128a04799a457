"""What ShellCheck is given for a script, and its remarks back on the script's text.

A line that sets what the build sets goes before the script, behind the comments it begins with:
``# shellcheck disable=...`` above the first command counts for the whole script.
"""

from dlint.model.shell_scripts import ShellScript

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

# The prologue hides a shebang from ShellCheck; files that are not there cannot be followed.
NEVER = (1090, 1091, 1128, 2187)
LEVELS = ("error", "warning", "info", "style")
_MAX_CODE = 99_999


class Remark:
    """One thing ShellCheck says about a script; *start* and *end* are indices in its text.

    *edits* (start, end, new text, whether it goes with the text behind it) would mend it.
    """

    __slots__ = ("code", "edits", "end", "level", "message", "start")

    def __init__(
        self, code: int, level: str, message: str, start: int, end: int, edits: "tuple[tuple[int, int, str, bool], ...]"
    ) -> None:
        self.code = code
        self.level = level
        self.message = message
        self.start = start
        self.end = end
        self.edits = edits


class Document:
    """The file ShellCheck reads for a script."""

    __slots__ = ("dialect", "head", "prologue", "text")

    def __init__(self, script: ShellScript) -> None:
        self.dialect = script.dialect
        body = _clean(script.text.text)
        self.head = _leading_comments(body)
        """How many characters of the script stand before the prologue."""
        self.prologue = _prologue(script)
        self.text = f"{body[: self.head]}{self.prologue}{body[self.head :]}\n"

    @property
    def key(self) -> tuple[str, int, str, str]:
        """What makes it different from others."""
        return self.dialect, self.head, self.prologue, self.text

    def remarks(self, comments: "list[dict[str, Any]]") -> list[Remark]:
        """Return ShellCheck's comments about the file as remarks about the script.

        Raises KeyError, TypeError and ValueError for what is no comment.
        """
        starts = [0]
        place = self.text.find("\n")
        while place >= 0:
            starts.append(place + 1)
            place = self.text.find("\n", place + 1)
        place_in = _Places(self, starts)
        return [remark for comment in comments if (remark := _remark(comment, place_in))]


class _Places:
    """Lines and columns of the file to indices of the script."""

    def __init__(self, document: Document, starts: list[int]) -> None:
        self.document = document
        self.starts = starts
        self.last = len(document.text) - len(document.prologue) - 1

    def index(self, line: int, column: int) -> int | None:
        """Return the index in the script, None for a place in the prologue. Raises ValueError for no place."""
        if not 0 < line <= len(self.starts) or column < 1:
            raise ValueError
        offset = self.starts[line - 1] + column - 1
        head, width = self.document.head, len(self.document.prologue)
        if head <= offset < head + width:
            return None
        return min(offset if offset < head else offset - width, self.last)


def _remark(comment: "dict[str, Any]", places: _Places) -> Remark | None:
    code, level, message = comment["code"], comment["level"], comment["message"]
    if not isinstance(code, int) or not 0 < code <= _MAX_CODE or level not in LEVELS or not isinstance(message, str):
        raise ValueError
    start = places.index(comment["line"], comment["column"])
    end = places.index(comment["endLine"], comment["endColumn"])
    if start is None or end is None:
        return None
    return Remark(code, level, " ".join(message.split()), start, max(start, end), _edits(comment.get("fix"), places))


def _edits(fix: "dict[str, Any] | None", places: _Places) -> tuple[tuple[int, int, str, bool], ...]:
    """Return the replacements of a fix; none where one of them cannot be placed."""
    edits = []
    for replacement in fix["replacements"] if fix else ():
        start = places.index(replacement["line"], replacement["column"])
        end = places.index(replacement["endLine"], replacement["endColumn"])
        text = replacement["replacement"]
        if start is None or end is None or end < start or not isinstance(text, str) or not text.isprintable():
            return ()
        edits.append((start, end, text, replacement["insertionPoint"] == "afterEnd"))
    return tuple(edits)


def _leading_comments(body: str) -> int:
    """Return the length of the lines at the beginning that are comments or empty."""
    place = 0
    while place < len(body):
        end = body.find("\n", place) + 1
        line = body[place : end or len(body)].strip()
        if not end or (line and not line.startswith("#")):
            break
        place = end
    return place


def _prologue(script: ShellScript) -> str:
    """Return the line that sets what is set from outside, empty where nothing is.

    A short literal stands for every value: ARG and ENV are mostly one word, and where they are
    several, splitting them is the only use they have.
    """
    parts = []
    if script.names:
        parts.append("export " + " ".join(f"{name}=1" for name in script.names))
    parts += ["set -o pipefail" if option == "pipefail" else f"set -{option}" for option in script.options]
    return "; ".join(parts) + "\n" if parts else ""


def _clean(text: str) -> str:
    """Return the text with one character for everything that is no UTF-8, which ShellCheck would count otherwise."""
    if text.isascii() and "\0" not in text:
        return text
    return "".join("?" if "\ud800" <= c <= "\udfff" or c == "\0" else c for c in text)
