"""Programs that stand in for ShellCheck, and the findings of the real one."""

import os
import shutil
import sys

from helpers import result_of

TEXT = "FROM debian:13\nRUN break && make\n"
REAL = shutil.which("shellcheck", path=os.path.dirname(sys.executable)) or shutil.which("shellcheck")


def write_program(folder, code):
    """Write a program called shellcheck; it counts its calls and answers --version itself."""
    folder.mkdir(exist_ok=True)
    path = folder / "shellcheck"
    path.write_text(
        f"#!{sys.executable}\nimport os, subprocess, sys, time\nREAL = {REAL!r}\n"
        f"if '--version' in sys.argv:\n    print('version: 0.11.0')\n    sys.exit()\n"
        f"open({str(folder / 'calls')!r}, 'a').write('x')\n{code}\n"
    )
    path.chmod(0o755)
    return str(path)


PASS = "sys.exit(subprocess.run([REAL, *sys.argv[1:]]).returncode)"


def calls(path):
    """Return how often a program was called but for its version."""
    try:
        return os.path.getsize(os.path.join(os.path.dirname(path), "calls"))
    except FileNotFoundError:
        return 0


def codes(text=TEXT, **options):
    """Return the codes found, and what went wrong."""
    result = result_of(text, "shell-mistake", **options)
    return [each.aliases[0] for each in result.diagnostics], result.problems
