"""docs/migrating-from-hadolint.md is complete and true: every code of hadolint, its rule, and who reports what."""

import os
import re

import pytest
from helpers import ROOT, result_of

from dlint.checks.registry import RULES, aliased_rule
from dlint.engine.hadolint import KEYS, LEVELS, THRESHOLDS
from dlint.knowledge.hadolint import SEVERITIES


def read(path):
    with open(os.path.join(ROOT, path), encoding="utf-8") as file:
        return file.read()


PAGE = read("docs/migrating-from-hadolint.md")
ROWS = re.findall(
    r"(?m)^\| (DL\d{4}) \| \[([\w-]+)\]\(\.\./rules/([\w-]+)/([\w-]+)\.md\) \| (on|off) \| (.+) \|$", PAGE
)
CASES = re.findall(r"(?ms)^=== (\w+) (\w+)\n(.*?)(?=^=== |\Z)", read("fixtures/hadolint-codes.txt"))
OPTIONS = (
    'rules.untrusted-registry.trusted-registries=["docker.io"]',
    'rules.label-schema={strict=true,labels={url="url",created="rfc3339",licence="spdx",rev="hash",version="semver",mail="email"}}',
)


def test_every_code_has_a_row():
    assert [row[0] for row in ROWS] == sorted(SEVERITIES)


@pytest.mark.parametrize(("code", "rule", "family", "page", "state", "words"), ROWS, ids=lambda value: value[:24])
def test_rows_are_true(code, rule, family, page, state, words):
    assert aliased_rule(code) == rule == page
    assert (RULES[rule].family, RULES[rule].default) == (family, state == "on")
    assert code in RULES[rule].aliases
    assert words.endswith(".")


def test_every_code_has_a_case():
    """What the rows say was tried: on these files hadolint said what is written there."""
    both = {code for code, verdict, _ in CASES if verdict == "both"}
    assert {code for code, _, _ in CASES} == set(SEVERITIES)
    # hadolint forbids its comments, dlint asks for reasons in its own: no file has both.
    assert set(SEVERITIES) - both == {"DL1001"}


@pytest.mark.parametrize(
    ("code", "verdict", "text"), CASES, ids=[f"{code}-{i}" for i, (code, _, _) in enumerate(CASES)]
)
def test_cases(code, verdict, text):
    found = result_of(text, "all", isolated=False, config=OPTIONS).diagnostics
    assert any(code in each.aliases for each in found) == (verdict in ("both", "dlint"))


def test_every_key_is_explained():
    for key in (*KEYS, *LEVELS, *THRESHOLDS):
        assert re.search(rf"\b{key}\b", PAGE), key
