"""Text that was put together from pieces of a file and still knows where each came from.

Joined continuation lines, heredoc bodies without their tabs and decoded JSON strings are
all read by parsers that should not care; every offset they find is mapped back here.
"""

from bisect import bisect_right

from dlint.text import Span

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable


class MappedText:
    """A text and, for runs of its characters, the offset of the first one in the file.

    ``starts[i]`` is the index in *text* where run *i* begins, ``offsets[i]`` the offset of
    that character in the file. Inside a run characters follow each other in the file too.
    """

    __slots__ = ("offsets", "starts", "text")

    def __init__(
        self, text: str, starts: "tuple[int, ...] | list[int]", offsets: "tuple[int, ...] | list[int]"
    ) -> None:
        self.text = text
        self.starts = starts
        self.offsets = offsets

    @classmethod
    def whole(cls, text: str, offset: int) -> "MappedText":
        """Return *text* as one run that begins at *offset* of the file."""
        return cls(text, (0,), (offset,))

    @classmethod
    def join(cls, pieces: "Iterable[tuple[str, int]]") -> "MappedText":
        """Return the pieces, given as text and offset, one after the other."""
        texts, starts, offsets, length = [], [], [], 0
        for text, offset in pieces:
            texts.append(text)
            starts.append(length)
            offsets.append(offset)
            length += len(text)
        return cls("".join(texts), starts or (0,), offsets or (0,))

    def offset(self, index: int) -> int:
        """Return the offset in the file of the character at *index*."""
        starts = self.starts
        if len(starts) == 1:
            return self.offsets[0] + index
        run = bisect_right(starts, index) - 1
        return self.offsets[run] + index - starts[run]

    def end_offset(self, index: int) -> int:
        """Return the offset just after the character before *index*.

        At the seam of two runs this is the end of the first, not the start of the second.
        """
        return self.offset(index - 1) + 1 if index > 0 else self.offset(0)

    def span(self, start: int, end: int) -> Span:
        """Return the place in the file of ``text[start:end]``."""
        first = self.offset(start)
        return Span(first, max(first, self.end_offset(end)))

    def slice(self, start: int, end: int) -> "MappedText":
        """Return ``text[start:end]``, mapped to the same places."""
        starts = self.starts
        if len(starts) == 1:
            return MappedText(self.text[start:end], (0,), (self.offsets[0] + start,))
        first = bisect_right(starts, start) - 1
        last = max(first, bisect_right(starts, end - 1) - 1)
        offsets = list(self.offsets[first : last + 1])
        offsets[0] += start - starts[first]
        moved = [0, *(place - start for place in starts[first + 1 : last + 1])]
        return MappedText(self.text[start:end], moved, offsets)

    def like(
        self, text: str, starts: "tuple[int, ...] | list[int]", offsets: "tuple[int, ...] | list[int]"
    ) -> "MappedText":
        """Return another text that was put together from the same file."""
        return MappedText(text, starts, offsets)

    def compose(self, inner: "MappedText") -> "MappedText":
        """Return *inner*, whose offsets are indices of this text, mapped to the file."""
        pieces = []
        bounds = [*inner.starts[1:], len(inner.text)]
        for start, place, end in zip(inner.starts, inner.offsets, bounds, strict=True):
            part = self.slice(place, place + end - start)
            edges = [*part.starts[1:], len(part.text)]
            for begin, offset, stop in zip(part.starts, part.offsets, edges, strict=True):
                pieces.append((part.text[begin:stop], offset))
        return self.like(inner.text, *_runs(pieces))


def _runs(pieces: "list[tuple[str, int]]") -> "tuple[list[int], list[int]]":
    starts, offsets, length = [], [], 0
    for text, offset in pieces:
        starts.append(length)
        offsets.append(offset)
        length += len(text)
    return starts or [0], offsets or [0]
