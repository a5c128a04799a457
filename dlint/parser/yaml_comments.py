"""Comments of YAML files, which its parsers drop."""

from dlint.parser.yaml import behind_properties
from dlint.regex import lazy
from dlint.text import BYTE_ORDER_MARK, Source, Span

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

_MAX_EVENTS = 200_000
_COMMENT = lazy(r"(?m)(?:^|(?<=[ \t\ufeff]))#[^\r\n]*")


class Comment:
    """A comment: its place from ``#`` to the end of the line, its text behind ``#``, and whether it stands alone."""

    __slots__ = ("is_alone", "span", "text")

    def __init__(self, span: Span, text: str, *, is_alone: bool) -> None:
        self.span = span
        self.text = text
        self.is_alone = is_alone

    def __repr__(self) -> str:
        return f"Comment({self.span}, {self.text!r}, is_alone={self.is_alone})"


def read_comments(source: Source) -> list[Comment]:
    """Return the comments of a file, in order; a ``#`` in a quoted or block text is none.

    Behind the place where a file is no valid YAML, everything that looks like a comment is one.
    """
    text = source.text
    if "#" not in text:
        return []
    texts = _texts(source)
    comments = []
    place = following = 0
    while (found := _COMMENT.search(text, place)) is not None:
        start = found.start()
        while following < len(texts) and texts[following][1] <= start:
            following += 1
        if following < len(texts) and texts[following][0] <= start:
            place = texts[following][1]
            continue
        before = text[text.rfind("\n", 0, start) + 1 : start]
        is_alone = not before.strip(" \t\r" + BYTE_ORDER_MARK)
        comments.append(Comment(Span(start, found.end()), found[0][1:], is_alone=is_alone))
        place = found.end()
    return comments


def _texts(source: Source) -> list[tuple[int, int]]:
    """Return where the quoted and the block texts stand, the latter without their first line."""
    import yaml

    skipped = len(source.text) - len(source.text.lstrip(BYTE_ORDER_MARK))
    loader: Any = None
    texts = []
    try:
        loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)(source.text[skipped:])
        for _ in range(_MAX_EVENTS):
            if not loader.check_event():
                break
            event = loader.get_event()
            style = getattr(event, "style", None)
            if style not in ('"', "'", "|", ">"):
                continue
            start, end = event.start_mark.index + skipped, event.end_mark.index + skipped
            # Between a tag and its text there may be a comment, too.
            start = behind_properties(source.text, start, end)
            if style in "|>":
                # Behind the sign a comment may stand; what follows the text is none of it.
                start = source.text.find("\n", start, end) + 1 or end
                end = start + len(source.text[start:end].rstrip())
            texts.append((start, end))
    except (yaml.YAMLError, UnicodeError, RecursionError):
        pass
    finally:
        if loader is not None:
            loader.dispose()
    return texts
