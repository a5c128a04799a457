"""What values of labels may look like: addresses, times, licences, versions.

Sources: RFC 3986, RFC 3339, RFC 5322 (addresses without names and comments), semver.org 2.0.0, SPDX 3.0 (annex on
licence expressions), git's object names.
"""

from dlint import regex
from dlint.regex import lazy

_URL = lazy(r"[a-zA-Z][a-zA-Z0-9+.-]*:(?://[^\s/?#]+)?[^\s]*\Z")
_TIME = lazy(
    r"\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])[Tt ](?:[01]\d|2[0-3]):[0-5]\d:(?:[0-5]\d|60)(?:\.\d+)?"
    r"(?:[Zz]|[+-](?:[01]\d|2[0-3]):[0-5]\d)\Z"
)
_HASH = lazy(r"(?:[0-9a-f]{7,12}|[0-9a-f]{40}|[0-9a-f]{64})\Z")
_NUMBER = r"(?:0|[1-9]\d*)"
_SEMVER = lazy(
    rf"{_NUMBER}\.{_NUMBER}\.{_NUMBER}(?:-(?:{_NUMBER}|\d*[A-Za-z-][0-9A-Za-z-]*)(?:\.(?:{_NUMBER}|\d*[A-Za-z-][0-9A-Za-z-]*))*)?"
    r"(?:\+[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*)?\Z"
)
_EMAIL = lazy(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?\Z")
_LICENCE_WORD = lazy(r"\(|\)|[^\s()]+")


def problem_with(value: str, kind: str) -> tuple[str, str] | None:
    """Return what a value is not, and an example of what it should be; None if it is of its kind."""
    if kind == "spdx":
        return None if is_licence(value) else ("no SPDX licence expression", "Apache-2.0 OR MIT")
    pattern, what, example = _KINDS.get(kind, (None, "", ""))
    return (what, example) if pattern is not None and not pattern.match(value) else None


_KINDS: "dict[str, tuple[regex.Pattern[str], str, str]]" = {
    "url": (_URL, "no URL", "https://example.org/app"),
    "rfc3339": (_TIME, "no time by RFC 3339", "2026-11-22T18:30:00Z"),
    "hash": (_HASH, "no hash of git", "the output of git rev-parse HEAD"),
    "semver": (_SEMVER, "no semantic version", "1.4.0"),
    "email": (_EMAIL, "no e-mail address", "team@example.org"),
}


def is_licence(text: str) -> bool:
    """Whether a text is an SPDX licence expression."""
    from dlint.knowledge.licences import EXCEPTIONS, LICENCES

    licences = {name.lower() for name in LICENCES}
    exceptions = {name.lower() for name in EXCEPTIONS}
    depth, wanted = 0, "licence"
    for word in _LICENCE_WORD.findall(text):
        lower = word.lower()
        if wanted == "licence":
            if word == "(":
                depth += 1
                continue
            if lower.removesuffix("+") not in licences and not regex.match(
                r"(?:documentref-[\w.-]+:)?licenseref-[\w.-]+\Z", lower
            ):
                return False
            wanted = "operator"
        elif wanted == "exception":
            if lower not in exceptions:
                return False
            wanted = "operator"
        elif word == ")":
            depth -= 1
            if depth < 0:
                return False
        elif lower in ("and", "or"):
            wanted = "licence"
        elif lower == "with":
            wanted = "exception"
        else:
            return False
    return wanted == "operator" and depth == 0
