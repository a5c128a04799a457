"""What there is to judge a rule by besides real files: examples, verdicts, projects, Docker's own checks."""

import os
import re
from importlib import import_module

from cases import FIXTURES, ROOT, read_cases, validity_cases
from pages import blocks_of

from dlint.checks.registry import RULES
from dlint.pages import read_page

CONTEXTS = os.path.join(FIXTURES, "contexts")


def verdicts(kind):
    """Return the cases of one kind of every module in tests/verdicts: (rule, text[, message])."""
    folder = os.path.join(ROOT, "tests", "verdicts")
    modules = [import_module(f"verdicts.{name[:-3]}") for name in sorted(os.listdir(folder)) if name.endswith(".py")]
    return [case for module in modules for case in getattr(module, kind, [])]


def projects():
    """Return title and text of every project in fixtures/contexts."""
    found = {}
    for name in sorted(os.listdir(CONTEXTS)):
        with open(os.path.join(CONTEXTS, name), encoding="utf-8") as file:
            for part in re.split(r"(?m)^=== ", file.read())[1:]:
                title, _, text = part.partition("\n")
                assert title not in found
                found[title] = text
    return found


def evidence(rule):
    """Return how many cases report a rule, and how many are there to show it silent.

    A rule that is BuildKit's own is judged by every file of fixtures/buildkit-checks.txt, and
    ``syntax-error`` by every file of fixtures/validity: Docker says the same of them. A rule that
    looks into contexts is judged by every project, ShellCheck's mistakes by an example of each code.
    """
    kinds = [block.kind for block in blocks_of(read_page(rule).text)]
    reported = kinds.count("bad") + sum(
        case[0].split()[0] == rule for kind in ("REPORTED", "ADVICE") for case in verdicts(kind)
    )
    silent = len(kinds) - kinds.count("bad") + sum(case[0].split()[0] == rule for case in verdicts("SILENT"))
    found = sum(bool(re.search(rf"(?m) {rule}$", text)) for text in projects().values())
    if found:
        reported, silent = reported + found, silent + len(projects()) - found
    aliases = set(RULES[rule].aliases)
    files = read_cases(os.path.join(FIXTURES, "buildkit-checks.txt"))
    if any(mark[3] in aliases for case in files for mark in case.marks):
        hits = sum(any(mark[3] in aliases for mark in case.marks) for case in files)
        reported, silent = reported + hits, silent + len(files) - hits
    if rule == "syntax-error":
        hits = sum(bool(case.marks) for case in validity_cases().values())
        reported, silent = reported + hits, silent + len(validity_cases()) - hits
    if rule == "shell-mistake":
        with open(os.path.join(FIXTURES, "shellcheck-codes.txt"), encoding="utf-8") as file:
            reported += file.read().count("\n== ")
    return reported, silent
