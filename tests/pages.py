"""The code blocks of rule pages, as cases to run.

A block's info string says what it is. ``dockerfile bad|good|fixed`` is a Dockerfile, ``yaml bad|good|fixed``
a compose file, followed by options (``today=2026-11-22``, ``name=api.Dockerfile``, ``platform=linux/amd64``, ``target=x``). A block
with a file name (``text requirements.txt``) is a companion of the Dockerfile above it; all
companions form its build context. ``size=60MB`` makes a companion a file of that size. A
Dockerfile without companions has an unknown context. A companion called ``dlint.toml`` is the
configuration, and no file of the context.

Lines of carets under a line mark the spans at which the rule must report; they are removed
before linting. They may begin with ``#``.
"""

import os
import re

_FENCE = re.compile(r"(?ms)^```(\S+) ([^\n]+)\n(.*?)^```$")
_CARETS = re.compile(r"\s*#?\s*\^[\^ ]*\Z")
_SIZES = {"B": 1, "kB": 10**3, "MB": 10**6, "GB": 10**9}


class Companion:
    """A file of the context: its text, or its size."""

    def __init__(self, path, text, size):
        self.path = path
        self.text, self.marks = strip_carets(text)
        self.size = size


NAMES = {"dockerfile": "Dockerfile", "yaml": "compose.yaml"}


class Block:
    """One Dockerfile or compose file of a page."""

    def __init__(self, language, kind, text, options, line):
        self.language = language
        self.kind = kind
        self.options = options
        self.line = line
        self.text, self.marks = strip_carets(text)
        self.companions = []
        self.configuration = None

    @property
    def name(self):
        return self.options.get("name", NAMES[self.language])

    def write(self, folder):
        """Lay the block and its companions out in a folder; return the Dockerfile's path."""
        for companion in self.companions:
            path = os.path.join(folder, companion.path)
            os.makedirs(os.path.dirname(path), exist_ok=True)
            with open(path, "w", encoding="utf-8") as file:
                file.write(companion.text)
                if companion.size is not None:
                    file.truncate(companion.size)
        path = os.path.join(folder, self.name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "w", encoding="utf-8") as file:
            file.write(self.text)
        return path

    def expected(self):
        """Return what must be reported: file, line, first column, end column."""
        marks = [(self.name, *mark) for mark in self.marks]
        for companion in self.companions:
            marks += [(companion.path, *mark) for mark in companion.marks]
        return sorted(marks)


def strip_carets(text):
    """Return the text without caret lines, and the marked places: line, column, end column."""
    lines, marks = [], []
    for line in text.split("\n"):
        if _CARETS.match(line):
            for run in re.finditer(r"\^+", line):
                marks.append((len(lines), run.start() + 1, run.end() + 1))
        else:
            lines.append(line)
    return "\n".join(lines), marks


def blocks_of(page):
    """Return the Dockerfiles and compose files of a page with their companions."""
    blocks = []
    for match in _FENCE.finditer(page):
        language, info, text = match[1], match[2].split(), match[3]
        options = dict(word.split("=", 1) for word in info[1:] if "=" in word)
        if language in NAMES and info[0] in ("bad", "good", "fixed"):
            blocks.append(Block(language, info[0], text, options, page.count("\n", 0, match.start()) + 1))
        elif blocks:
            if info[0] == "dlint.toml":
                blocks[-1].configuration = text
                continue
            size = re.match(r"([\d.]+)(B|kB|MB|GB)\Z", options.get("size", ""))
            blocks[-1].companions.append(
                Companion(info[0], text, int(float(size[1]) * _SIZES[size[2]]) if size else None)
            )
    return blocks


def found_marks(diagnostics, folder):
    """Return the places of findings in the form of ``Block.expected``."""
    marks = []
    for diagnostic in diagnostics:
        source, span = diagnostic.location.source, diagnostic.location.span
        start = source.position(span.start)
        end = source.position(span.end)
        # A span over several lines is marked to the end of its first line.
        end_column = end.column if end.line == start.line else len(source.line(start.line)) + 1
        # An empty place is marked by one caret.
        end_column = max(end_column, start.column + 1)
        path = os.path.relpath(os.path.join(os.getcwd(), source.path), folder)
        marks.append((path, start.line, start.column, end_column))
    return sorted(marks)
