"""Pairs of ENV, LABEL and ARG, and how one of them is taken out."""

from dlint.parser.dockerfile import ast
from dlint.text import Source, Span


def removal(source: Source, instruction: ast.Pairs, index: int) -> Span | None:
    """Return what to delete so that a pair is gone: the whole instruction where it is the only one.

    None where a comment stands in between.
    """
    pairs = instruction.pairs
    pair = pairs[index]
    if len(pairs) == 1:
        end = source.text.find("\n", instruction.end)
        span = Span(instruction.start, len(source.text) if end < 0 else end + 1)
    elif index:
        span = Span(pairs[index - 1].span.end, pair.span.end)
    else:
        span = Span(pair.span.start, pairs[1].span.start)
    return None if "#" in source.text[span.start : pair.span.start] + source.text[pair.span.end : span.end] else span
