"""Shell scripts to trees with exact places; see :func:`parse`."""

from dlint.parser.shell.parser import parse

__all__ = ["parse"]
