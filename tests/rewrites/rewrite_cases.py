"""Cases of rewrites, written down in fixtures/rewrites."""

import os

from helpers import ROOT, write_file

from dlint.model.build import Build
from dlint.model.invocation import Invocation
from dlint.parser.dockerfile import parse
from dlint.text import Source

FOLDER = os.path.join(ROOT, "fixtures", "rewrites")


class Case:
    """One case: the files of its context, and what is said of it."""

    def __init__(self, rewrite, name):
        self.rewrite = rewrite
        self.name = name
        self.files = {}

    @property
    def id(self):
        """A name for the test."""
        return f"{self.rewrite}: {self.name}"


def read_cases(*rewrites):
    """Return the cases of some rewrites."""
    return [case for rewrite in rewrites for case in _read(rewrite)]


def _read(rewrite):
    cases, lines = [], None
    with open(os.path.join(FOLDER, f"{rewrite}.txt"), encoding="utf-8") as file:
        for line in file:
            if line.startswith("==== "):
                cases.append(Case(rewrite, line[5:].strip()))
            elif line.startswith("---- "):
                lines = cases[-1].files.setdefault(line[5:].strip(), [])
            elif lines is not None:
                lines.append(line)
    for case in cases:
        for name, found in case.files.items():
            text = "".join(found)
            case.files[name] = text.rstrip("\n") + "\n" if text.strip() else text.strip()
    return cases


def build_of(folder, text):
    """Return the model of a Dockerfile in a folder."""
    source = Source(text, "Dockerfile")
    return Build(parse(source), Invocation(os.path.join(folder, "Dockerfile"), context=str(folder)))


def write(folder, case):
    """Write the context of a case."""
    for name, text in case.files.items():
        if name not in ("after", "declined", "nothing"):
            write_file(folder, name, text)
