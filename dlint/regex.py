"""Regular expressions that are compiled when they are first used.

Compiling all patterns of dlint would take as long as checking a file does, and compiling those that
one file needs takes a fifth of a short run. So the command also keeps what came of it
(:mod:`dlint.bundle`): the programs that CPython's matcher runs, for this very interpreter.
"""

import _sre  # type: ignore[import-not-found]
import marshal

TYPE_CHECKING = False
if TYPE_CHECKING:
    import re
    from collections.abc import Callable, Iterator
    from typing import cast

    Match = re.Match
    Pattern = re.Pattern
else:

    def cast(_type: str, value: object) -> object:
        """Stand in for typing.cast, which would cost more to import than the whole module."""
        return value


# The values of re's flags.
IGNORECASE, MULTILINE, DOTALL = 2, 8, 16

Key = tuple[str, int]
"""A pattern and its flags."""
programs: dict[Key, bytes] = {}
"""What compiling gave in earlier runs, marshalled."""
fresh: list[Key] = []
"""What was compiled in this one."""


class _Lazy:
    """Stands in for a pattern; its methods are put in place on first use."""

    def __init__(self, pattern: str, flags: int) -> None:
        self._key = (pattern, int(flags))

    def __getattr__(self, name: str) -> object:
        compiled = _compiled(self._key)
        for method in ("match", "search", "fullmatch", "finditer", "findall", "sub", "split"):
            setattr(self, method, getattr(compiled, method))
        return getattr(compiled, name)


def _compiled(key: Key) -> "Pattern[str]":
    held = programs.get(key)
    if held is not None:
        try:
            return cast("Pattern[str]", _sre.compile(key[0], *marshal.loads(held)))
        except (ValueError, EOFError, TypeError, RuntimeError, OverflowError):
            # Damaged: the matcher looks at every program before it takes it.
            del programs[key]
    fresh.append(key)
    return compile(*key)


def program_of(key: Key) -> bytes:
    """Return what compiling a pattern gives, as :data:`programs` holds it; raises where this Python does otherwise."""
    import re
    from re import _compiler, _parser  # type: ignore[attr-defined]

    pattern, flags = key
    parsed = _parser.parse(pattern, flags)
    state = parsed.state
    names: list[str | None] = [None] * state.groups
    for name, number in state.groupdict.items():
        names[number] = name
    code = [int(word) for word in _compiler._code(parsed, flags)]
    program = (flags | state.flags, code, state.groups - 1, dict(state.groupdict), tuple(names))
    if _sre.compile(pattern, *program) != re.compile(pattern, flags):
        raise ValueError(pattern)
    return marshal.dumps(program)


def lazy(pattern: str, flags: int = 0) -> "Pattern[str]":
    """Return the pattern, to be compiled on first use."""
    return cast("Pattern[str]", _Lazy(pattern, flags))


def compile(pattern: str, flags: int = 0) -> "Pattern[str]":
    """Return a pattern that was put together in this run and is not worth keeping."""
    import re

    return re.compile(pattern, flags)


def escape(text: str) -> str:
    """Return a pattern that matches *text*."""
    import re

    return re.escape(text)


_by_text: dict[str, "Pattern[str]"] = {}


def _lazily(pattern: str) -> "Pattern[str]":
    held = _by_text.get(pattern)
    if held is None:
        held = _by_text[pattern] = _compiled((pattern, 0))
    return held


# As in the module re, for patterns that are written out in the source.


def match(pattern: str, text: str) -> "Match[str] | None":
    """Return the match of *pattern* at the start of *text*."""
    return _lazily(pattern).match(text)


def fullmatch(pattern: str, text: str) -> "Match[str] | None":
    """Return the match of *pattern* with the whole of *text*."""
    return _lazily(pattern).fullmatch(text)


def search(pattern: str, text: str) -> "Match[str] | None":
    """Return the first match of *pattern* in *text*."""
    return _lazily(pattern).search(text)


def finditer(pattern: str, text: str) -> "Iterator[Match[str]]":
    """Return the matches of *pattern* in *text*."""
    return _lazily(pattern).finditer(text)


def split(pattern: str, text: str, maxsplit: int = 0) -> "list[str]":
    """Return *text* taken apart at the matches of *pattern*."""
    return _lazily(pattern).split(text, maxsplit)


def sub(pattern: str, replacement: "str | Callable[[Match[str]], str]", text: str) -> str:
    """Return *text* with *replacement* in place of the matches of *pattern*."""
    return _lazily(pattern).sub(replacement, text)
