"""The rule pages: Markdown files that are documentation, help and test in one.

They lie in ``rules/`` beside the package in a checkout, and in ``dlint/_rules/`` in a wheel.
"""

import os

from dlint import regex
from dlint.checks.registry import RULES

_PACKAGE = os.path.dirname(os.path.abspath(__file__))
FOLDERS = (os.path.join(_PACKAGE, "_rules"), os.path.join(os.path.dirname(_PACKAGE), "rules"))


class Page:
    """The page of one rule."""

    __slots__ = ("name", "text")

    def __init__(self, name: str, text: str) -> None:
        self.name = name
        self.text = text

    def section(self, heading: str) -> str:
        """Return the text below a heading, "" where there is none."""
        match = regex.compile(rf"(?ms)^## {regex.escape(heading)}\n(.*?)(?=^## |\Z)").search(self.text)
        return match[1].strip() if match else ""

    @property
    def why(self) -> str:
        """The section *Why* as plain text."""
        return _plain(self.section("Why"))

    @property
    def plain(self) -> str:
        """The page as plain text."""
        return _plain(self.text)


def page_path(name: str) -> str | None:
    """Return where the page of a rule lies: in a wheel, or in a checkout; None if nowhere."""
    entry = RULES.get(name)
    if entry is None:
        return None
    for folder in FOLDERS:
        path = os.path.join(folder, entry.family, f"{name}.md")
        if os.path.isfile(path):
            return path
    return None


def read_page(name: str) -> Page | None:
    """Return the page of a rule, None if it has none."""
    path = page_path(name)
    if path is None:
        return None
    with open(path, encoding="utf-8") as file:
        return Page(name, file.read())


def _plain(text: str) -> str:
    text = regex.sub(r"(?m)^```.*\n", "", text)
    text = regex.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", text)
    return regex.sub(r"(?m)^#+ ", "", text.replace("`", "")).strip()
