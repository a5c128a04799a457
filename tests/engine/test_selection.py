"""Rules by name, family, alias and group; the more specific selector wins."""

import pytest
from helpers import findings, rules_found

from dlint.checks.registry import ALIASES, FAMILIES, RULES, suggestion

TEXT = """\
FROM python:3.8-slim
RUN apt-get update && apt-get install -y git
RUN pip install scikit-learn
"""


def test_recommended():
    found = rules_found(TEXT)
    assert {"apt-lists-left", "apt-recommends", "base-eol", "ml-framework-unpinned", "pip-cache-in-layer"} <= set(found)
    assert all(RULES[name].default for name in found)


def test_all_is_more():
    assert set(rules_found(TEXT)) < set(rules_found(TEXT, "all"))


@pytest.mark.parametrize(
    ("select", "ignore", "expected"),
    [
        (("apt-recommends",), (), ["apt-recommends"]),
        (("DL3015",), (), ["apt-recommends"]),
        (("size",), (), ["apt-lists-left", "apt-recommends", "pip-cache-in-layer"]),
        (("size",), ("apt-recommends",), ["apt-lists-left", "pip-cache-in-layer"]),
        (("size",), ("DL3015", "DL3042"), ["apt-lists-left"]),
        (("apt-recommends",), ("size",), ["apt-recommends"]),
        (("apt-recommends",), ("apt-recommends",), []),
        (("all",), ("all",), []),
        (("recommended", "apt-package-unpinned"), ("recommended",), ["apt-package-unpinned"]),
        (("size",), ("recommended",), ["apt-lists-left", "apt-recommends", "pip-cache-in-layer"]),
    ],
)
def test_layers(select, ignore, expected):
    assert rules_found(TEXT, *select, ignore=ignore) == expected


def test_extend_select():
    assert rules_found(TEXT, "DL3015", extend_select=("apt-lists-left",)) == ["apt-lists-left", "apt-recommends"]


def test_an_alias_stands_for_its_findings_only():
    """BuildKit says nothing of commands below a SHELL, so its name does not stand for them."""
    text = 'FROM scratch\nCMD python a.py\nENTRYPOINT python b.py\nSHELL ["/bin/bash", "-c"]\nCMD x\n'
    both = findings(text, "shell-form-command")
    buildkit = findings(text, "JSONArgsRecommended")
    assert len(both) == 3
    assert len(buildkit) == 2


def test_severities():
    from helpers import result_of

    options = {"severity": {"size": "info", "DL3015": "error"}}
    found = {item.rule: item.severity.label for item in result_of(TEXT, "size", **options).diagnostics}
    assert found == {"apt-lists-left": "info", "apt-recommends": "error", "pip-cache-in-layer": "info"}


def test_names_are_unique():
    assert not set(RULES) & set(ALIASES)
    assert not set(RULES) & FAMILIES
    assert len({name.replace("-", "").lower() for name in RULES}) == len(RULES)


@pytest.mark.parametrize(
    ("name", "expected"), [("apt-recomends", "apt-recommends"), ("DL3105", "DL3015"), ("sise", "size"), ("dl3015", "DL3015"), ("zzz", None)]
)  # fmt: skip
def test_suggestions(name, expected):
    found = suggestion(name)
    assert found == expected or (expected == "DL3015" and found in ALIASES)


def test_triggers_never_hide_a_finding(monkeypatch):
    """With and without the words that load a rule, every sample gives the same findings."""
    from helpers import result_of
    from samples import samples

    from dlint.engine import run

    texts = [text for text in samples().values() if isinstance(text, str)]
    quick = [[(d.rule, d.location.span) for d in result_of(text, "all").diagnostics] for text in texts]
    monkeypatch.setattr(run, "concerned", lambda text, has_context: set(RULES))
    slow = [[(d.rule, d.location.span) for d in result_of(text, "all").diagnostics] for text in texts]
    assert quick == slow
