"""Cases in text files: a Dockerfile each, with carets and a message where an error belongs.

A block begins with ``=== name``. A line whose first sign is ``^`` marks the span above it; the
text behind the carets is a part of the message.
"""

import os
import re

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
FIXTURES = os.path.join(ROOT, "fixtures")
_CARETS = re.compile(r"\s*(\^+) ?(.*)\Z")


class Case:
    """One block: *marks* are (line, first column, end column, message part)."""

    def __init__(self, name, lines):
        self.name = name
        self.marks = []
        kept = []
        for line in lines:
            match = _CARETS.match(line)
            if match:
                self.marks.append((len(kept), match.start(1) + 1, match.end(1) + 1, match[2]))
            else:
                kept.append(line)
        while kept and not kept[-1]:
            kept.pop()
        self.text = "\n".join(kept) + "\n"


def read_cases(path):
    """Return the cases of a file."""
    cases, name, lines = [], None, []
    with open(path, encoding="utf-8") as file:
        text = file.read()
    for line in [*text.split("\n"), "=== "]:
        if line.startswith("=== "):
            if name is not None:
                cases.append(Case(name, lines))
            name, lines = line[4:], []
        elif name is not None:
            lines.append(line)
    return cases


def validity_cases():
    """Return all cases of ``fixtures/validity`` by file and name."""
    folder = os.path.join(FIXTURES, "validity")
    return {
        f"{file.removesuffix('.txt')}: {case.name}": case
        for file in sorted(os.listdir(folder))
        for case in read_cases(os.path.join(folder, file))
    }
