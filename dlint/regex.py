"""Regular expressions that are compiled when they are first used.

Compiling all patterns of dlint would take as long as checking a file does, and compiling those that
one file needs takes a fifth of a short run. So the command also keeps what came of it
(:mod:`dlint.bundle`): the programs that CPython's matcher runs, for this very interpreter.
"""

import _sre  # type: ignore[import-not-found]
import marshal
import re

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import cast
else:

    def cast(_type: str, value: object) -> object:
        """Stand in for typing.cast, which would cost more to import than the whole module."""
        return value


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


def _compiled(key: Key) -> re.Pattern[str]:
    held = programs.get(key)
    if held is not None:
        try:
            return cast("re.Pattern[str]", _sre.compile(key[0], *marshal.loads(held)))
        except (ValueError, EOFError, TypeError, RuntimeError, OverflowError):
            # Damaged: the matcher looks at every program before it takes it.
            del programs[key]
    fresh.append(key)
    return re.compile(*key)


def program_of(key: Key) -> bytes:
    """Return what compiling a pattern gives, as :data:`programs` holds it; raises where this Python does otherwise."""
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


def lazy(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """Return the pattern, to be compiled on first use."""
    return cast("re.Pattern[str]", _Lazy(pattern, flags))
