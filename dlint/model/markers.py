"""Environment markers (PEP 508): whether a dependency is for this platform and Python.

Three answers: yes, no, and None where a name in the marker is not known.
"""

from dlint.model.versions import release
from dlint.regex import lazy

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

    # A text, the lowest and highest version it may be, a set of names, or None for unknown.
    Value = str | tuple[str, str] | frozenset[str] | None

MAX_LENGTH = 4_000
MAX_DEPTH = 40
_TOKEN = lazy(r"\s*(?:([()])|(===|[<>=!~]=|[<>])|'([^']*)'|\"([^\"]*)\"|(not\s+in\b|[A-Za-z_][\w.]*))")
_RELEASE = lazy(r"v?(\d+(?:\.\d+)*)(?:\.\*)?\Z")
# Names of old that mean today's.
_OLD_NAMES = {
    "os.name": "os_name", "sys.platform": "sys_platform", "platform.machine": "platform_machine",
    "platform.python_implementation": "platform_python_implementation",
    "python_implementation": "platform_python_implementation",
}  # fmt: skip
_FLIPPED = {"<": ">", ">": "<", "<=": ">=", ">=": "<="}


class _BadMarker(Exception):
    """The text is no marker."""


def evaluate(marker: str, environment: "Mapping[str, Value]") -> bool | None:
    """Return whether a marker holds, None where that is unknown or the text is no marker."""
    if not marker.strip():
        return True
    if len(marker) > MAX_LENGTH:
        return None
    try:
        return _Reader(_tokens(marker), environment).read()
    except _BadMarker:
        return None


def _tokens(text: str) -> list[tuple[str, str]]:
    found = []
    position, end = 0, len(text.rstrip())
    while position < end:
        match = _TOKEN.match(text, position)
        if match is None:
            raise _BadMarker
        position = match.end()
        bracket, operator, single, double, word = match.groups()
        if bracket:
            found.append(("bracket", bracket))
        elif operator:
            found.append(("operator", operator))
        elif word is None:
            found.append(("text", single if single is not None else double))
        elif word in ("and", "or"):
            found.append(("logic", word))
        elif word == "in" or word.startswith("not"):
            found.append(("operator", " ".join(word.split())))
        else:
            found.append(("name", _OLD_NAMES.get(word, word)))
    return found


class _Reader:
    """``or`` of ``and`` of comparisons and brackets, evaluated while it is read."""

    def __init__(self, tokens: list[tuple[str, str]], environment: "Mapping[str, Value]") -> None:
        self.tokens = tokens
        self.environment = environment
        self.position = 0

    def read(self) -> bool | None:
        result = self._or(0)
        if self.position != len(self.tokens):
            raise _BadMarker
        return result

    def _next(self) -> tuple[str, str]:
        if self.position >= len(self.tokens):
            raise _BadMarker
        self.position += 1
        return self.tokens[self.position - 1]

    def _takes(self, kind: str, text: str) -> bool:
        if self.position < len(self.tokens) and self.tokens[self.position] == (kind, text):
            self.position += 1
            return True
        return False

    def _or(self, depth: int) -> bool | None:
        values = [self._and(depth)]
        while self._takes("logic", "or"):
            values.append(self._and(depth))
        return True if True in values else None if None in values else False

    def _and(self, depth: int) -> bool | None:
        values = [self._one(depth)]
        while self._takes("logic", "and"):
            values.append(self._one(depth))
        return False if False in values else None if None in values else True

    def _one(self, depth: int) -> bool | None:
        if self._takes("bracket", "("):
            if depth > MAX_DEPTH:
                raise _BadMarker
            result = self._or(depth + 1)
            if not self._takes("bracket", ")"):
                raise _BadMarker
            return result
        left, operator, right = self._next(), self._next(), self._next()
        if operator[0] != "operator" or left[0] not in ("name", "text") or right[0] not in ("name", "text"):
            raise _BadMarker
        return self._compare(left, operator[1], right)

    def _compare(self, left: tuple[str, str], operator: str, right: tuple[str, str]) -> bool | None:
        if left[0] == "text" and right[0] == "name" and operator not in ("in", "not in"):
            left, right, operator = right, left, _FLIPPED.get(operator, operator)
        first, second = self._value(left), self._value(right)
        if isinstance(second, frozenset) and isinstance(first, str) and operator in ("in", "not in"):
            return (first in second) == (operator == "in")
        if isinstance(first, frozenset) and isinstance(second, str) and operator in ("==", "!="):
            return (second in first) == (operator == "==")
        if isinstance(first, tuple) and isinstance(second, str):
            answers = {_versions(first[0], operator, second), _versions(first[1], operator, second)}
            # A version between the two ends may be the one that is named.
            if operator in ("==", "!=", "===") and len(answers) == 1 and _is_between(first, second):
                return None
            return answers.pop() if len(answers) == 1 else None
        if isinstance(first, str) and isinstance(second, str):
            return _strings(first, operator, second)
        return None

    def _value(self, token: tuple[str, str]) -> "Value":
        return token[1] if token[0] == "text" else self.environment.get(token[1])


def _strings(first: str, operator: str, second: str) -> bool | None:
    if operator in ("in", "not in"):
        return (first in second) == (operator == "in")
    if _RELEASE.match(first) and _RELEASE.match(second):
        return _versions(first, operator, second)
    if operator in ("==", "==="):
        return first == second
    return first != second if operator == "!=" else None


def _versions(first: str, operator: str, second: str) -> bool | None:
    if operator in ("in", "not in"):
        return (first in second.replace(",", " ").split()) == (operator == "in")
    left, right = release(first), release(second)
    if left is None or right is None:
        return None
    if operator == "~=":
        return left >= right and left[: len(right) - 1] == right[:-1]
    if second.strip().endswith(".*"):
        left = left[: len(right)]
    width = max(len(left), len(right))
    left += (0,) * (width - len(left))
    right += (0,) * (width - len(right))
    return {
        "<": left < right, "<=": left <= right, ">": left > right, ">=": left >= right,
        "==": left == right, "===": left == right, "!=": left != right,
    }.get(operator)  # fmt: skip


def _is_between(ends: tuple[str, str], version: str) -> bool:
    low, named, high = release(ends[0]), release(version), release(ends[1])
    return low is not None and named is not None and high is not None and low < named < high
