"""Shell patterns, as far as they are needed to see which files a command may mean."""

from dlint.regex import lazy

_BRACKET = lazy(r"\[[^\]]*\]")
_WILDCARD = lazy(r"[*?\[]")


def is_pattern(text: str) -> bool:
    """Whether a word has wildcards."""
    return _WILDCARD.search(text) is not None


def may_match(text: str, pattern: str) -> bool:
    """Whether a pattern may stand for a text; a star takes slashes too, and brackets any character."""
    pattern = _BRACKET.sub("?", pattern)
    place = index = 0
    star, behind = -1, 0
    while place < len(text):
        if index < len(pattern) and pattern[index] == "*":
            star, behind = index, place
            index += 1
        elif index < len(pattern) and pattern[index] in ("?", text[place]):
            index += 1
            place += 1
        elif star >= 0:
            # Let the last star take one character more.
            behind += 1
            index, place = star + 1, behind
        else:
            return False
    return not pattern[index:].strip("*")
