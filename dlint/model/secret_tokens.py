"""Tokens and keys that stand in a text, told by the form their issuers give them."""

import math

from dlint.knowledge.secrets import PLACEHOLDER, SECRET_FORMS
from dlint.regex import lazy
from dlint.text import Span

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

_FORMS = tuple((kind, texts, lazy(form)) for kind, texts, form in SECRET_FORMS)
_PLACEHOLDER = lazy(PLACEHOLDER)
LEAST_ENTROPY = 3.0
"""Bits per character; below it are repetitions and words made of few letters."""


def tokens_in(text: str) -> "Iterator[tuple[Span, str]]":
    """Yield the place of each token and what it is."""
    lower = text.lower()
    for kind, texts, form in _FORMS:
        for match in form.finditer(text) if any(part in lower for part in texts) else ():
            secret = next((group for group in match.groups() if group), match[0])
            if entropy(secret) >= LEAST_ENTROPY and not _PLACEHOLDER.search(secret):
                start = match.start() if "private" not in kind else match.start(1)
                yield Span(_after_name(text, start, match.end(), secret), match.end()), kind


def _after_name(text: str, start: int, end: int, secret: str) -> int:
    """Return where a token begins: with its prefix, without the name of a variable in front of it."""
    whole = text[start:end]
    separated = whole[: len(whole) - len(secret)]
    return end - len(secret) if any(sign in separated for sign in " =:\"'\n\t") else start


def entropy(text: str) -> float:
    """Return Shannon's entropy of a text in bits per character."""
    counts = {character: text.count(character) for character in set(text)}
    return -sum(count / len(text) * math.log2(count / len(text)) for count in counts.values())
