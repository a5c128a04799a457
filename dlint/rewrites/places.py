"""Where in a text something new can be put."""


def with_comments(text: str, start: int) -> int:
    """Return where the line of an offset begins, or the comment block that stands directly above it."""
    begin = text.rfind("\n", 0, start) + 1
    while begin:
        above = text.rfind("\n", 0, begin - 1) + 1
        if not text[above:begin].lstrip().startswith("#"):
            break
        begin = above
    return begin
