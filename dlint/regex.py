"""Regular expressions that are compiled when they are first used.

Compiling all patterns of dlint would take as long as checking a file does.
"""

import re

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import cast
else:

    def cast(_type: str, value: object) -> object:
        """Stand in for typing.cast, which would cost more to import than the whole module."""
        return value


class _Lazy:
    """Stands in for a pattern; its methods are put in place on first use."""

    def __init__(self, pattern: str, flags: int) -> None:
        self._arguments = (pattern, flags)

    def __getattr__(self, name: str) -> object:
        compiled = re.compile(*self._arguments)
        for method in ("match", "search", "fullmatch", "finditer", "findall", "sub", "split"):
            setattr(self, method, getattr(compiled, method))
        return getattr(compiled, name)


def lazy(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """Return the pattern, to be compiled on first use."""
    return cast("re.Pattern[str]", _Lazy(pattern, flags))
