"""Run the command line: ``python -m dlint``."""

from dlint.cli import entry

entry()
