"""docs/migrating-from-dclint.md is complete and true: every rule of dclint, ours, and who reports what."""

import os
import re

import pytest
from helpers import ROOT, write_file

import dlint
from dlint.checks.registry import RULES, aliased_rule
from dlint.knowledge import dclint


def read(path):
    with open(os.path.join(ROOT, path), encoding="utf-8") as file:
        return file.read()


PAGE = read("docs/migrating-from-dclint.md")
ROWS = re.findall(
    r"(?m)^\| ([a-z-]+) \| \[([\w-]+)\]\(\.\./rules/([\w-]+)/([\w-]+)\.md\) \| (on|off) \| (.+) \|$", PAGE
)
CASES = re.findall(r"(?ms)^=== ([\w-]+) (\w+)\n(.*?)(?=^=== |\Z)", read("fixtures/dclint-rules.txt"))
NAMES = (*dclint.ALWAYS, *dclint.RULES)
SERVICES = "services:\n  b:\n    image: nginx\n  a:\n    image: nginx\n"
ORDER, TAG, QUOTES = "services-alphabetical-order", "service-image-require-explicit-tag", "require-quotes-in-ports"


def found(text, folder, select="all", **options):
    """Return the findings in a text as a compose file of its own."""
    path = write_file(folder, "compose.yaml", text)
    return dlint.check([path], select=select, today="2026-11-22", **options)


def test_every_rule_has_a_row():
    assert sorted(row[0] for row in ROWS) == sorted(NAMES)
    assert sorted({case[0] for case in CASES}) == sorted(NAMES)


@pytest.mark.parametrize(("name", "rule", "family", "page", "state", "words"), ROWS, ids=lambda value: value[:40])
def test_rows_are_true(name, rule, family, page, state, words):
    assert aliased_rule(name) == rule == page
    assert (RULES[rule].family, RULES[rule].default) == (family, state == "on")
    assert name in RULES[rule].aliases
    assert words.endswith(".")


@pytest.mark.parametrize(
    ("name", "verdict", "text"), CASES, ids=[f"{name}-{index}" for index, (name, _, _) in enumerate(CASES)]
)
def test_cases(name, verdict, text, tmp_path):
    """What the rows say was tried: on these files dclint said what is written there."""
    assert any(name in each.aliases for each in found(text, tmp_path)) == (verdict in ("both", "dlint"))


def test_the_settings_select_what_dclint_has():
    (text,) = re.findall(r"(?s)```toml\n(.*?)```", PAGE)
    names = re.findall(r'"([\w-]+)",', text)
    assert set(names) | {rule for rule, entry in RULES.items() if entry.default} >= {row[1] for row in ROWS}
    assert all(not RULES[name].default for name in names)


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        (SERVICES, [3, 4, 5]),
        (f"# dclint disable-file\n{SERVICES}", []),
        (f"\n# dclint disable-file\n{SERVICES}", []),
        (f"---\n# dclint disable-file\n{SERVICES}", []),
        (f"# other\n# dclint disable-file\n{SERVICES}", [5, 6, 7]),
        (f"# x\n---\n# dclint disable\n{SERVICES}", [6, 7, 8]),
        (f"# dclint disable\n{SERVICES}", []),
        (f"#dclint disable\n{SERVICES}", []),
        (f"# dclint disable {ORDER} {TAG}\n{SERVICES}", []),
        (f"# dclint disable {ORDER}, {TAG}\n{SERVICES}", [5]),
        (f"#  dclint   disable   {ORDER}\n{SERVICES}", [4, 6]),
        (f"# dclint disable {ORDER} because we want\n{SERVICES}", [4, 6]),
        (f"# dclint disable {ORDER}\n# dclint disable {TAG}\n{SERVICES}", [5, 7]),
        (f"# DCLINT disable\n{SERVICES}", [4, 5, 6]),
        (f"# dclint disable-file {ORDER}\n{SERVICES}", []),
        (SERVICES.replace("services:", "services: # dclint disable"), []),
        (f"services:\n  b:\n    image: nginx # dclint disable-line\n  a:\n    # dclint disable-line {TAG}\n    image: nginx\n", [4]),
        ("services:\n  b:\n    image: nginx # because dclint disable-line\n  # dclint disable-line\n\n  a:\n    image: nginx\n", [3, 6, 7]),
        (f"services:\n  b:\n    image: nginx # dclint disable-line {ORDER}\n  # dclint disable-line\n  a:\n    image: nginx\n", [3, 6]),
        ('services:\n  b:\n    image: "nginx" # dclint disable-file\n  a:\n    image: nginx\n', [3, 4, 5]),
        ("# dclint\n" + SERVICES, [4, 5, 6]),
        (SERVICES + "# dclint disable-line", [3, 4, 5]),
    ],
)  # fmt: skip
def test_comments(text, lines, tmp_path):
    """On these files dclint reports the same lines."""
    assert [each.location.start.line for each in found(text, tmp_path, [ORDER, TAG])] == lines


def test_comments_at_a_key_count_for_what_is_below(tmp_path):
    text = "services:\n  a:\n    image: x:1\n    ports: # dclint disable-line\n      - 81:81\n      - 80:80\n"
    names = [QUOTES, "no-unbound-port-interfaces", "service-ports-alphabetical-order"]
    assert {each.rule for each in found(text, tmp_path, names)} == {"port-unquoted"}
    above = text.replace(" # dclint disable-line", "").replace("    ports:", "    # dclint disable-line\n    ports:")
    assert {each.rule for each in found(above, tmp_path, names)} == {"port-unquoted"}


def test_comments_are_about_rules_of_dclint(tmp_path):
    text = "# dclint disable-file\nservices:\n  a:\n    image: postgres:17.6\n    prots: []\n"
    rules = {each.rule for each in found(text, tmp_path)}
    assert {"compose-invalid", "state-not-persisted"} <= rules
    assert "unused-ignore" not in rules


def test_comments_are_left_alone_where_that_is_asked_for(tmp_path):
    config = write_file(tmp_path, "dlint.toml", "no-ignores = true\n")
    assert (
        len(found(f"# dclint disable-file\n{SERVICES}", tmp_path, [ORDER, TAG], config=[config], isolated=False)) == 3
    )
