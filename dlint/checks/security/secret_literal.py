"""Report tokens, keys and passwords that stand in the file itself."""

import math
from bisect import bisect_right

from dlint.checks import ERROR, Report, rule
from dlint.knowledge.secrets import (
    DEFAULT_PASSWORD,
    PASSWORD_ADDRESS,
    PLACEHOLDER,
    SECRET_FORMS,
    SECRET_TRIGGERS,
    is_secret_name,
)
from dlint.model.build import Build
from dlint.parser.dockerfile import ast
from dlint.regex import lazy
from dlint.text import Span

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

_FORMS = tuple((kind, texts, lazy(form)) for kind, texts, form in SECRET_FORMS)
_ADDRESS = lazy(PASSWORD_ADDRESS)
_PLACEHOLDER = lazy(PLACEHOLDER)
_DEFAULT_PASSWORD = lazy(DEFAULT_PASSWORD)
# Bits per character; below it are repetitions and words made of few letters.
_LEAST_ENTROPY = 3.0
# Logins of these are another rule's business.
_STORES = ("git clone", "pip", "uv ")


@rule("secret-literal", severity=ERROR, triggers=SECRET_TRIGGERS)
def check(build: Build, report: Report) -> None:
    named = iter(_named(build))
    value = next(named, None)
    end = 0
    for span, kind in sorted((*_tokens(build.source.text), *_passwords(build))):
        while value is not None and value.end <= span.start:
            value = next(named, None)
        if span.start < end or (value is not None and value.start < span.end):
            continue
        end = span.end
        report(
            span,
            f"{kind} stands here, for everyone who can read this file or pull the image",
            advice="revoke it; pass a new one by a secret mount, or when the container starts",
            hidden=(span,),
        )


def _named(build: Build) -> list[Span]:
    """Return the values of ARG and ENV that their names call secret: secret-in-build-arg-or-env reports them."""
    return [
        pair.value.span
        for step in build.steps(ast.Arg, ast.Env)
        for pair in step.instruction.pairs  # type: ignore[attr-defined]
        if pair.value is not None and is_secret_name(pair.key.value)
    ]


def _tokens(text: str) -> "Iterator[tuple[Span, str]]":
    lower = text.lower()
    for kind, texts, form in _FORMS:
        for match in form.finditer(text) if any(part in lower for part in texts) else ():
            secret = next((group for group in match.groups() if group), match[0])
            if entropy(secret) >= _LEAST_ENTROPY and not _PLACEHOLDER.search(secret):
                start = match.start() if "private" not in kind else match.start(1)
                yield Span(_after_name(text, start, match.end(), secret), match.end()), kind


def _after_name(text: str, start: int, end: int, secret: str) -> int:
    """Return where a token begins: with its prefix, without the name of a variable in front of it."""
    whole = text[start:end]
    separated = whole[: len(whole) - len(secret)]
    return end - len(secret) if any(sign in separated for sign in " =:\"'\n\t") else start


def _passwords(build: Build) -> "Iterator[tuple[Span, str]]":
    text = build.source.text
    stored = _stored_elsewhere(build)
    for match in _ADDRESS.finditer(text):
        password = match[2]
        place = bisect_right(stored, (match.start(), len(text)))
        if match[1].startswith("http") and place and match.start() < stored[place - 1][1]:
            continue
        kinds = sum((any(c.islower() for c in password), any(c.isupper() for c in password),
                     any(c.isdigit() for c in password), not password.isalnum()))  # fmt: skip
        if kinds < 2 or entropy(password) < _LEAST_ENTROPY:
            continue
        if not _PLACEHOLDER.search(password) and not _DEFAULT_PASSWORD.search(password):
            yield Span(match.start(2), match.end(2)), "the password of an address"


def _stored_elsewhere(build: Build) -> list[tuple[int, int]]:
    """Return the places of the RUNs that store addresses, which credential-persisted-in-layer reports."""
    return [
        (step.instruction.start, step.instruction.end)
        for step in build.steps(ast.Run)
        if any(name in step.instruction.line.text for name in _STORES)
    ]


def entropy(text: str) -> float:
    """Return Shannon's entropy of a text in bits per character."""
    counts = {character: text.count(character) for character in set(text)}
    return -sum(count / len(text) * math.log2(count / len(text)) for count in counts.values())
