"""Report tokens, keys and passwords that stand in the file itself."""

from bisect import bisect_right

from dlint.checks import ERROR, Report, rule
from dlint.knowledge.secrets import (
    DEFAULT_PASSWORD,
    PASSWORD_ADDRESS,
    PLACEHOLDER,
    SECRET_TRIGGERS,
    is_secret_name,
)
from dlint.model.build import Build
from dlint.model.secret_tokens import LEAST_ENTROPY, entropy, tokens_in
from dlint.parser.dockerfile import ast
from dlint.regex import lazy
from dlint.text import Span

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

_ADDRESS = lazy(PASSWORD_ADDRESS)
_PLACEHOLDER = lazy(PLACEHOLDER)
_DEFAULT_PASSWORD = lazy(DEFAULT_PASSWORD)
# Logins of these are another rule's business.
_STORES = ("git clone", "pip", "uv ")


@rule("secret-literal", severity=ERROR, triggers=SECRET_TRIGGERS)
def check(build: Build, report: Report) -> None:
    named = iter(_named(build))
    value = next(named, None)
    end = 0
    for span, kind in sorted((*tokens_in(build.source.text), *_passwords(build))):
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
        if kinds < 2 or entropy(password) < LEAST_ENTROPY:
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
